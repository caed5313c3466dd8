"""Packing and pick-up: everybody once, in the order of the walk, no more of them than needed."""

from __future__ import annotations

import pytest

from app.community.sheets.keys import Key, ordered
from app.community.sheets.packing import packing_sheet, pickup_sheet
from app.platform.i18n import speaking
from app.platform.money import Money
from app.platform.sheets import Part, Place
from tests.community.sheets.people import OCCASION, cny, everybody, joined


def cells(sheet, title):
    """What a column shows, from the top."""
    place = [column.title for column in sheet.columns].index(title)
    return [row.cells[place] for row in sheet.rows()]


def test_sections_follow_the_keys_and_nobody_is_lost():
    sheet = packing_sheet(everybody(), OCCASION, by=(Key.LEADER, Key.POINT))

    numbers = [[row.cells[1] for row in section.rows()] for section in sheet.sections]
    assert [section.title for section in sheet.sections] == [
        "小鱼 · 北门",
        "阿文 · 南门",
        "No leader · 北门",
    ]
    assert numbers == [[1, 1, 3], [2], [4]]


def test_the_second_building_stands_before_the_tenth():
    buildings = ["10栋", "2栋", "", "1栋", "A10", "A9"]
    rows = [joined(n, "Ada", building=building) for n, building in enumerate(buildings)]

    arranged = [row.building for row in ordered(rows, (Key.BUILDING,))]

    assert arranged == ["1栋", "2栋", "10栋", "A9", "A10", ""]


@pytest.mark.parametrize("key", list(Key))
def test_every_key_sorts_and_makes_sections(key):
    sheet = packing_sheet(everybody(), OCCASION, by=(key,))

    titles = [section.title for section in sheet.sections]
    assert sorted(cells(sheet, "№")) == [1, 1, 2, 3, 4]
    assert len(titles) == len(set(titles))
    assert all(titles)


def test_the_rows_of_one_person_make_one_block_with_their_notes_said_once():
    sheet = packing_sheet(everybody(), OCCASION)

    ada = sheet.sections[0].blocks[0]
    assert [row.cells[1] for row in ada.rows] == [1, 1]
    assert ada.notes == ("Buyer: 请放门口", "Note: 加急")


def test_what_is_cancelled_is_struck_and_counted_in_no_sum():
    sheet = packing_sheet(everybody(), OCCASION)
    quantity = [column.title for column in sheet.columns].index("Quantity")

    struck = [row.cells[1] for row in sheet.rows() if row.is_struck]
    by_leader = [sheet.sums(section.rows())[quantity] for section in sheet.sections]
    assert struck == [3]
    assert by_leader == [2, 2, 1]
    assert sheet.sums(sheet.rows())[quantity] == 5


def test_what_fell_short_shows_both_counts_and_says_what_they_mean():
    sheet = packing_sheet(everybody(), OCCASION)

    assert Part(2, 3) in cells(sheet, "Quantity")
    assert any("2 of 3" in remark for remark in sheet.remarks)


def test_marks_that_do_not_occur_are_not_explained():
    assert packing_sheet([joined(1, "Ada")], OCCASION).remarks == ()


def test_open_balances_add_up():
    sheet = packing_sheet(everybody(), OCCASION)
    to_pay = [column.title for column in sheet.columns].index("To pay")

    assert sheet.sums(sheet.rows())[to_pay] == cny(50)


def test_paper_does_not_repeat_what_the_section_says():
    sheet = packing_sheet(everybody(), OCCASION, by=(Key.POINT, Key.BUILDING, Key.SKU))

    printed = [column.title for column in sheet.columns if column.place is not Place.FILE]
    assert "SKU" not in printed
    assert set(cells(sheet, "Place")) == {"501"}


def test_a_file_has_every_key_in_a_column_of_its_own():
    sheet = packing_sheet(everybody(), OCCASION, by=(Key.SKU,))

    filed = [column.title for column in sheet.columns if column.place is not Place.PAPER]
    assert {"Leader", "Group", "Pick-up point", "Building", "Room", "SKU", "№"} <= set(filed)
    assert len(filed) == len(set(filed))


def test_the_counter_sees_a_masked_name_and_four_digits_only():
    sheet = pickup_sheet(everybody(), OCCASION)

    shown = " ".join(str(cell) for row in sheet.rows() for cell in row.cells)
    assert set(cells(sheet, "Name")) == {"A**", "B**", "C**", "D**"}
    assert set(cells(sheet, "Phone")) == {"0001", "0002", "0003", "0004"}
    assert "静安区" not in shown
    assert "Ada" not in shown


def test_the_counter_has_room_to_sign():
    signature = pickup_sheet(everybody(), OCCASION).columns[-1]

    assert signature.place is Place.PAPER
    assert signature.least_mm > 30


def test_a_sheet_is_made_in_the_language_being_spoken():
    with speaking("zh-Hans"):
        sheet = packing_sheet(everybody(), OCCASION)

    assert sheet.title == "打包单"
    assert sheet.facts == (("预售", "京都染坊复刻衬衫"),)
    assert sheet.sections[-1].title == "无团长"


def test_nobody_makes_an_empty_sheet():
    sheet = packing_sheet([], OCCASION)

    assert sheet.sections == ()
    assert Money.zero("CNY") in sheet.sums(sheet.rows())

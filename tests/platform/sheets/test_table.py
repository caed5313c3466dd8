"""What a sheet takes in, and what it adds up."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from app.platform.money import MixedCurrencies, Money
from app.platform.sheets.table import Block, Part, Row, Section, in_sections, plain
from tests.platform.sheets.example import HOSTILE, row, sheet


def test_sums_leave_out_what_is_struck():
    shown = sheet(row(pieces=2), row(pieces=5, is_struck=True), row(pieces=Part(1, 3)))

    sums = shown.sums(shown.rows())

    assert sums == (None, None, None, None, Money(256100, "CNY"), 3, None, None)


def test_sums_of_nothing_are_nothing_in_the_currency_of_the_sheet():
    assert sheet().sums([])[4] == Money.zero("CNY")


def test_two_currencies_are_never_added():
    shown = sheet(row(), row(paid=Money(1, "JPY")))

    with pytest.raises(MixedCurrencies):
        shown.sums(shown.rows())


@pytest.mark.parametrize(
    ("place", "cell"),
    [
        (1, "1"),
        (1, True),
        (1, 1.0),
        (2, 13800000012),
        (4, 1280.5),
        (6, datetime(2026, 11, 29, 17, 15)),  # noqa: DTZ001 - an instant without a zone is none
        (6, date(2026, 11, 29)),
        (7, datetime(2026, 11, 29, 17, 15)),  # noqa: DTZ001
        (0, "x"),
    ],
)
def test_a_cell_that_does_not_fit_its_column_is_refused(place, cell):
    cells = list(row().cells)
    cells[place] = cell

    with pytest.raises(TypeError):
        sheet(Row(tuple(cells)))


def test_a_row_of_another_length_is_refused():
    with pytest.raises(TypeError, match="7 cells for 8 columns"):
        sheet(Row(row().cells[:-1]))


def test_the_clock_of_a_sheet_is_the_shops():
    assert f"{sheet().local(sheet().printed_at):%Y-%m-%d %H:%M}" == "2026-11-30 01:15"


def test_blocks_under_one_title_make_one_section():
    first, second, third = (Block((row(number),)) for number in (1, 2, 3))

    sections = in_sections([("A", first), ("A", second), ("B", third)])

    assert sections == (Section("A", (first, second)), Section("B", (third,)))


@pytest.mark.parametrize("text", HOSTILE)
def test_plain_text_can_be_written_anywhere(text):
    shown = plain(text)

    assert "\r" not in shown
    assert shown.encode("utf-8")
    assert not [mark for mark in shown if ord(mark) < 32 and mark not in "\n\t"]


def test_plain_text_keeps_what_people_write():
    assert plain("👩‍👩‍👧 é ﷽ 𠮷\tx\n") == "👩‍👩‍👧 é ﷽ 𠮷\tx\n"

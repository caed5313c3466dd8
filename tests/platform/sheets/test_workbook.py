"""XLSX: read back by another program, it is exactly what went in."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from app.platform.i18n import speaking
from app.platform.money import Money
from app.platform.sheets import Block, Part, Row, Section, to_xlsx
from app.platform.sheets.table import plain
from app.platform.sheets.workbook import MOST_CHARACTERS, fitting
from tests.platform.sheets.example import COLUMNS, HOSTILE, row, sheet


def read(content, name=None):
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return book.get_sheet_by_name(name or book.sheet_names[0]).to_python()


def parts_of(content):
    """Every file inside the workbook, as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def first_worksheet(content):
    return parts_of(content)["xl/worksheets/sheet1.xml"]


def test_numbers_are_numbers_and_days_are_days():
    titles, cells = read(to_xlsx(sheet(row())))

    assert titles == ["№", "Name", "Phone", "Paid", "Pieces", "Paid at", "Due on"]
    assert cells[:5] == [1, "林小满", "13800000012", 1280.5, 2]
    assert cells[5:] == [datetime(2026, 11, 30, 1, 15), date(2026, 12, 1)]  # noqa: DTZ001


@pytest.mark.parametrize("text", ["13800000012", "+8613800000012", "00123", "1e5", "2026-01-02"])
def test_a_phone_number_and_a_code_stay_text(text):
    cells = read(to_xlsx(sheet(row(phone=text))))[1]

    assert cells[2] == text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(-(10**14), 10**14), min_size=1, max_size=20))
def test_amounts_come_back_to_the_cent(minors):
    rows = [row(paid=Money(minor, "CNY")) for minor in minors]

    cells = [line[3] for line in read(to_xlsx(sheet(*rows)))[1:]]

    assert [Decimal(repr(cell)).quantize(Decimal("0.01")) for cell in cells] == [
        Money(minor, "CNY").decimal() for minor in minors
    ]


@pytest.mark.parametrize(
    ("currency", "pattern"), [("CNY", "#,##0.00"), ("JPY", "#,##0"), ("KWD", "#,##0.000")]
)
def test_amounts_are_shown_with_the_decimals_of_their_currency(currency, pattern):
    content = to_xlsx(sheet(row(paid=Money(5, currency)), currency=currency))

    assert f'formatCode="{pattern}"' in parts_of(content)["xl/styles.xml"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=60), min_size=1, max_size=10))
def test_any_text_comes_back_as_it_was(texts):
    cells = [line[1] for line in read(to_xlsx(sheet(*(row(name=text) for text in texts))))[1:]]

    assert cells == [plain(text) for text in texts]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_neither_formula_nor_link(text):
    content = to_xlsx(sheet(row(name=text), title=text, facts=(("Campaign", text),)))

    everything = "".join(parts_of(content).values())
    assert read(content)[1][1] == fitting(text)
    assert not re.search(r"<(f|hyperlink)[ >/]", everything)


def test_what_no_cell_can_hold_ends_in_an_ellipsis():
    cut = fitting("🙏" * 20_000)

    assert cut.endswith("🙏…")
    assert MOST_CHARACTERS - 2 <= len(cut.encode("utf-16-le")) // 2 <= MOST_CHARACTERS
    assert fitting("x" * MOST_CHARACTERS) == "x" * MOST_CHARACTERS


def test_a_struck_row_is_crossed_out_and_counted_in_no_sum():
    content = to_xlsx(sheet(row(pieces=2), row(pieces=7, is_struck=True)))

    assert "<strike/>" in parts_of(content)["xl/styles.xml"]
    assert read(content, "Sums")[-1][1:] == [1280.5, 2]


def test_what_fell_short_is_the_number_there_is():
    content = to_xlsx(sheet(row(pieces=Part(2, 3))))

    assert read(content)[1][4] == 2
    assert read(content, "Sums")[-1][2] == 2


def test_sums_stand_by_section_and_in_all_under_the_head():
    north = Section("North gate", (Block((row(), row(2))),))
    south = Section("South gate", (Block((row(3, paid=Money(1, "CNY")),)),))

    with speaking("zh-Hans"):
        lines = read(to_xlsx(sheet(north, south)), "汇总")

    assert lines == [
        ["", "Packing sheet", ""],
        ["Campaign", "京都染坊复刻衬衫", ""],
        ["打印时间", "2026-11-30 01:15", ""],
        ["", "", ""],
        ["", "Paid", "Pieces"],
        ["North gate", 2561.0, 4],
        ["South gate", 0.01, 2],
        ["合计", 2561.01, 6],
    ]


def test_without_sums_there_is_one_worksheet_and_nothing_above_the_titles():
    rows = (Row(row().cells[:4]), Row(row(2).cells[:4]))

    content = to_xlsx(sheet(*rows, columns=COLUMNS[:4]))

    assert CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names == ["Packing sheet"]
    assert read(content)[0] == ["№", "Name", "Phone"]


def test_the_titles_stay_in_sight_and_on_every_printed_page():
    content = to_xlsx(sheet(row(), row(2)))

    worksheet = first_worksheet(content)
    assert 'topLeftCell="A2" activePane="bottomLeft" state="frozen"' in worksheet
    assert '<autoFilter ref="A1:G3"/>' in worksheet
    assert "$1:$1" in parts_of(content)["xl/workbook.xml"]


def test_columns_are_as_wide_as_their_text_within_reason():
    content = to_xlsx(sheet(row(name="京都染坊复刻衬衫", phone="x" * 500)))

    widths = [float(width) for width in re.findall(r' width="([\d.]+)"', first_worksheet(content))]
    assert widths[1] >= 16
    assert max(widths) < 46


@pytest.mark.parametrize("title", ["a/b\\c:d*e?f[g]h", "'quoted'", "长" * 60, "\n", ""])
def test_any_title_names_a_worksheet(title):
    name = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(sheet(title=title)))).sheet_names[0]

    assert 1 <= len(name) <= 31
    assert not re.search(r"[\[\]:*?/\\]", name)

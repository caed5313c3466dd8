"""CSV: what Excel shows is what was meant, and nothing in it computes."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.platform.money import Money
from app.platform.sheets import Part, to_csv
from app.platform.sheets.separated import defused
from app.platform.sheets.table import plain
from tests.platform.sheets.example import HOSTILE, row, sheet

COMPUTES = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def read(content, delimiter=","):
    return list(
        csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=delimiter)
    )


def test_it_begins_with_the_mark_that_tells_excel_the_encoding():
    assert to_csv(sheet()).startswith(b"\xef\xbb\xbf")


def test_titles_and_cells_come_back_without_what_is_only_for_paper():
    rows = read(to_csv(sheet(row(), row(2, "Ada", is_struck=True, pieces=Part(1, 2)))))

    assert rows == [
        ["№", "Name", "Phone", "Paid", "Pieces", "Paid at", "Due on"],
        ["1", "林小满", "13800000012", "1280.50", "2", "2026-11-30 01:15", "2026-12-01"],
        ["2", "Ada", "13800000012", "1280.50", "1", "2026-11-30 01:15", "2026-12-01"],
    ]


def test_an_empty_cell_is_empty_and_a_negative_amount_a_number():
    rows = read(to_csv(sheet(row(paid=Money(-500, "CNY"), paid_at=None, due_on=date(2026, 1, 2)))))

    assert rows[1][3:] == ["-5.00", "2", "", "2026-01-02"]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_no_cell_of_anybodys_text_computes_whatever_separates(text, delimiter):
    rows = read(to_csv(sheet(row(name=text, phone=text))), delimiter)

    assert [cell for line in rows for cell in line if COMPUTES.match(cell)] == []


@given(st.text())
def test_defused_text_loses_nothing_but_gains_apostrophes(text):
    safe = defused(text)

    assert not COMPUTES.match(safe)
    assert safe.replace("'", "") == plain(text).replace("'", "")


@pytest.mark.parametrize("text", ["林小满", "A-12", "1 = 1", "a+b", "12:30", "（两件）", ""])
def test_harmless_text_is_left_alone(text):
    assert defused(text) == text


def test_a_text_of_several_lines_stays_one_cell():
    rows = read(to_csv(sheet(row(name='He said "hi", then left\r\nand came back'))))

    assert rows[1][1] == 'He said "hi", then left\nand came back'
    assert len(rows) == 2

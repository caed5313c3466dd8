"""Every sheet of a campaign, written in every form and both languages, and read back."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from app.community.sheets.kuaituantuan import kuaituantuan_sheet
from app.community.sheets.packing import packing_sheet, pickup_sheet
from app.community.sheets.rows import StatementRow
from app.community.sheets.statement import statement_sheet
from app.platform.i18n import speaking
from app.platform.sheets import Kind, Place, to_csv, to_pdf, to_xlsx
from tests.community.sheets.people import AT, OCCASION, cny, everybody, joined
from tests.platform.sheets.reading import texts_of

ROOT = Path(__file__).parents[3]
SHEETS = (packing_sheet, pickup_sheet, kuaituantuan_sheet)
MEASURED = """
from pathlib import Path
from app.community.sheets.packing import packing_sheet
from app.platform.sheets import to_pdf, to_xlsx
from tests.community.sheets.people import OCCASION, joined

rows = [
    joined(number // 2, f"Person {number}", sku=f"KY-{number % 40}", leader=f"L{number % 20}")
    for number in range(10_000)
]
sheet = packing_sheet(rows, OCCASION)
to_xlsx(sheet), to_pdf(sheet)
status = Path("/proc/self/status").read_text()
print(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))
"""


def crowd(count=40):
    return [
        joined(n, f"Person{n:03}", buyer=f"Person{n:03}", address="x", phone=f"1390000{n:04}")
        for n in range(1, count + 1)
    ]


def typed(text, kind):
    """A cell of the CSV as the workbook holds it."""
    if kind in (Kind.COUNT, Kind.MONEY):
        return float(text)
    return datetime.fromisoformat(text) if kind is Kind.INSTANT else text


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("make", SHEETS)
def test_each_person_is_printed_once(make, language):
    with speaking(language):
        words = " ".join(texts_of(to_pdf(make(crowd(), OCCASION)))).split()

    phones = [(f"1390000{number:04}", f"{number:04}") for number in range(1, 41)]
    assert {words.count(whole) + words.count(tail) for whole, tail in phones} == {1}


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
@pytest.mark.parametrize("make", SHEETS)
def test_workbook_and_csv_hold_the_same_rows(make, language):
    with speaking(language):
        sheet = make(everybody(), OCCASION)
        workbook, separated = to_xlsx(sheet), to_csv(sheet)

    kinds = [sheet.columns[place].kind for place in sheet.places(Place.BOTH, Place.FILE)]
    titles, *texts = csv.reader(io.StringIO(separated.decode("utf-8-sig"), newline=""))
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    assert book.get_sheet_by_index(0).to_python() == [
        titles,
        *([typed(text, kind) for text, kind in zip(line, kinds, strict=True)] for line in texts),
    ]
    assert len(texts) == len(list(sheet.rows()))


def test_a_statement_adds_up_in_every_form():
    rows = [
        StatementRow(
            at=AT,
            campaign="衬衫",
            group="一群",
            number=number,
            buyer="林**",
            paid=cny(100),
            refunded=cny(0),
            commission=cny(8),
            terms="8 %",
            is_confirmed=number % 2 == 0,
            state="",
        )
        for number in range(1, 6)
    ]
    sheet = statement_sheet(rows, OCCASION)

    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(sheet)))
    total = book.get_sheet_by_name("Sums").to_python()[-1]
    text = texts_of(to_pdf(sheet))[0]
    assert total == ["Total", 500, 0, 16, 24]
    assert [amount for amount in ("¥500.00", "¥16.00", "¥24.00") if amount not in text] == []
    assert to_csv(sheet).decode("utf-8-sig").count("\r\n") == 6


def test_a_sheet_for_paper_shows_no_more_than_its_columns_for_paper():
    sheet = packing_sheet([joined(1, "Ada", address="A secret place")], OCCASION)

    filed = [column.title for column in sheet.columns if column.place is Place.FILE]
    assert "Address" in filed
    assert "A secret place" not in "".join(texts_of(to_pdf(sheet)))


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc")
def test_ten_thousand_rows_take_a_bounded_amount_of_memory():
    result = subprocess.run(
        [sys.executable, "-c", MEASURED], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert int(result.stdout) < 250 * 1024

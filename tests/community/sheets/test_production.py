"""The four counts of each SKU and what follows from them."""

from __future__ import annotations

from app.community.sheets.production import production_sheet
from app.community.sheets.rows import ProducedRow
from tests.community.sheets.people import OCCASION


def produced(sku, ordered, received, passed, packed):
    return ProducedRow(
        sku=sku, title="京都衬衫", ordered=ordered, received=received, passed=passed, packed=packed
    )


def test_what_is_missing_and_what_is_to_pack_follow_from_the_counts():
    rows = [produced("KY-M", 50, 48, 45, 40), produced("KY-S", 30, 35, 34, 30)]

    sheet = production_sheet(rows, OCCASION)

    assert [row.cells[3:] for row in sheet.rows()] == [
        (50, 48, 45, 40, 5, 5),
        (30, 35, 34, 30, 0, 4),
    ]
    assert sheet.sums(sheet.rows())[3:] == (80, 83, 79, 70, 5, 9)


def test_skus_stand_in_the_order_they_were_given():
    sheet = production_sheet([produced("B", 1, 0, 0, 0), produced("A", 1, 0, 0, 0)], OCCASION)

    assert [row.cells[0] for row in sheet.rows()] == ["B", "A"]

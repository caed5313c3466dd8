"""A month's commission adds up, and what may still change is summed apart."""

from __future__ import annotations

from datetime import timedelta

from app.community.sheets.rows import StatementRow
from app.community.sheets.statement import statement_sheet
from tests.community.sheets.people import AT, OCCASION, cny


def earned(number, yuan, *, campaign="衬衫", is_confirmed=True, days=0):
    return StatementRow(
        at=AT + timedelta(days=days),
        campaign=campaign,
        group="一群",
        number=number,
        buyer="A**",
        paid=cny(10 * yuan),
        refunded=cny(0),
        commission=cny(yuan),
        terms="10 %",
        is_confirmed=is_confirmed,
        state="已确认" if is_confirmed else "待确认",
    )


def sums_of(sheet, rows):
    by_title = dict(zip([each.title for each in sheet.columns], sheet.sums(rows), strict=True))
    return by_title["Paid"], by_title["Confirmed commission"], by_title["Pending commission"]


def test_confirmed_and_pending_commission_are_summed_apart():
    sheet = statement_sheet([earned(1, 8), earned(2, 5, is_confirmed=False)], OCCASION)

    assert sums_of(sheet, sheet.rows()) == (cny(130), cny(8), cny(5))


def test_a_refund_lowers_what_was_earned():
    sheet = statement_sheet([earned(1, 8), earned(1, -8, days=2)], OCCASION)

    assert sums_of(sheet, sheet.rows()) == (cny(0), cny(0), cny(0))


def test_each_campaign_has_its_section_in_the_order_things_happened():
    rows = [earned(3, 1, days=1), earned(9, 1, campaign="茶"), earned(1, 1)]

    sheet = statement_sheet(rows, OCCASION)

    numbers = {each.title: [row.cells[3] for row in each.rows()] for each in sheet.sections}
    assert numbers == {"衬衫": [1, 3], "茶": [9]}

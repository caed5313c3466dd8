"""docs/pricing.md is true: its worked tables are run here."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from app.orders.pricing import Basket, Discount, Line, quote
from app.orders.rules import line_refundable, share_of_line, split_over_captures
from app.platform.money import parse_money
from app.shop.rules import Rate

DOCUMENT = Path(__file__).parents[2] / "docs" / "pricing.md"


def yuan(text):
    return parse_money(text, "CNY")


def chapter(title):
    return DOCUMENT.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]


def tables_of(title):
    """The tables under a heading, each a list of rows keyed by column."""
    section = DOCUMENT.read_text(encoding="utf-8").split(f"### {title}\n")[1].split("\n#")[0]
    blocks = [block for block in section.split("\n\n") if block.lstrip().startswith("|")]
    return [rows_of(block) for block in blocks]


def rows_of(block):
    header, _rule, *lines = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in block.strip().splitlines()
    ]
    return [dict(zip(header, line, strict=True)) for line in lines]


def examples(title):
    (rows,) = tables_of(title)
    return pytest.mark.parametrize("row", [pytest.param(r, id=" ".join(r.values())) for r in rows])


RATES = tuple(
    Rate(row["zone"], int(row["up to g"]), yuan(row["fee"]).minor)
    for row in tables_of("The rate table of the worked examples")[0]
)
(FREE_OVER,) = re.findall(r"^Free from (\S+\d)\.$", chapter("Delivery"), re.MULTILINE)
BARE = Basket(
    currency="CNY",
    lines=(),
    rates=RATES,
    free_over=yuan(FREE_OVER),
    zone="mainland",
)
ORDERS = re.findall(r"^### (Worked: .+)$", chapter("An order"), re.MULTILINE)


@examples("Worked: sharing an amount by largest remainder")
def test_worked_shares(row):
    shares = yuan(row["amount"]).allocate([int(weight) for weight in row["weights"].split()])

    assert shares == tuple(yuan(share) for share in row["expected shares"].split())


@examples("Worked: percentages")
def test_worked_percentages(row):
    assert yuan(row["amount"]).percent(Decimal(row["percent"])) == yuan(row["expected"])


@examples("Worked: one merchant's parcel")
def test_worked_parcels(row):
    way = row["way"]
    basket = replace(
        BARE,
        lines=(line({"line": 1, "merchant": 1, "unit price": row["goods"], "quantity": 1} | row),),
        zone=None if way == "unknown" else way,
        pickup=frozenset({1} if way == "pickup" else ()),
    )

    (parcel,) = quote(basket).shipping

    missing = row["expected missing for free"]
    assert parcel.fee == yuan(row["expected fee"])
    assert parcel.state == row["expected state"]
    assert parcel.missing_for_free == (None if missing == "none" else yuan(missing))


@pytest.mark.parametrize("title", ORDERS)
def test_worked_orders(title):
    lines, *discounts, parcels, sums = tables_of(title)

    priced = quote(
        replace(
            BARE,
            lines=tuple(line(row) for row in lines),
            pickup=frozenset(int(row["merchant"]) for row in parcels if row["way"] == "pickup"),
            discounts=tuple(discount(row) for table in discounts for row in table),
        )
    )

    for quoted, row in zip(priced.lines, lines, strict=True):
        assert quoted.subtotal == yuan(row["expected subtotal"])
        assert quoted.discount == yuan(row["expected discount"])
        assert quoted.total == yuan(row["expected total"])
    assert [parcel.fee for parcel in priced.shipping] == [
        yuan(row["expected fee"]) for row in parcels
    ]
    assert priced.goods == yuan(sums[0]["expected goods"])
    assert priced.discount == yuan(sums[0]["expected discount"])
    assert priced.shipping_total == yuan(sums[0]["expected shipping"])
    assert priced.total == priced.due_now == yuan(sums[0]["expected total"])
    assert priced.can_be_paid


@examples("Worked: units of a line")
def test_worked_units(row):
    amount = share_of_line(
        total=yuan(row["line total"]).minor,
        quantity=int(row["quantity"]),
        units=int(row["units"]),
        before=int(row["before"]),
    )

    assert amount == yuan(row["expected"]).minor


@examples("Worked: what a line can still give back")
def test_worked_remainders_of_a_line(row):
    left = line_refundable(
        total=yuan(row["line total"]).minor, already=yuan(row["paid back"]).minor
    )

    assert left == yuan(row["expected"]).minor


@examples("Worked: spreading a refund over payments")
def test_worked_refunds_over_payments(row):
    amount = yuan(row["refund"]).minor
    payments = list(enumerate(yuan(left).minor for left in row["payments' remainders"].split()))

    if row["expected parts"] == "refused":
        with pytest.raises(ValueError, match="captures"):
            split_over_captures(amount, payments)
        return
    parts = dict(split_over_captures(amount, payments))

    expected = [yuan(part).minor for part in row["expected parts"].split()]
    assert [parts.get(payment, 0) for payment, _left in payments] == expected


def line(row):
    return Line(
        variant_id=int(row["line"]),
        merchant_id=int(row["merchant"]),
        unit_price=yuan(row["unit price"]),
        quantity=int(row["quantity"]),
        weight_g=int(row["weight g"]),
    )


def discount(row):
    lines = row["lines"]
    wanted = None if lines == "all" else frozenset(int(number) for number in lines.split())
    return Discount(row["discount"], yuan(row["amount"]), wanted)

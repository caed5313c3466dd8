"""Tax is in a price or on it, exact to the cent: the tables of docs/pricing.md, and what holds for
any basket.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.orders.pricing import Basket, Discount, Line, quote
from app.orders.tax import part_of
from app.platform.errors import Invalid
from app.platform.money import Money
from app.shop.places import Place
from app.shop.rules import Rate
from app.shop.taxes import STEPS, Tax, TaxClass, Taxes, TaxRate, TaxTable, fit_taxes
from tests.orders.test_pricing_document import examples, yuan


def tax_of(row):
    return Tax(int(Decimal(row["percent"]) * STEPS), is_included=row["how"] == "included")


def basket(prices, *, taxes, discount="0.00", merchants=None):
    return Basket(
        currency="CNY",
        lines=tuple(
            Line(
                variant_id=number,
                merchant_id=(merchants or {}).get(number, 1),
                unit_price=yuan(price),
                quantity=1,
            )
            for number, price in enumerate(prices, start=1)
        ),
        discounts=(Discount("off", yuan(discount)),),
        pickup=frozenset({1, 2}),
        taxes=taxes,
    )


@examples("Worked: the tax in a price")
def test_worked_taxes(row):
    taxes = Taxes({"usual": tax_of(row)}, usual="usual")

    priced = quote(basket([row["price"].removeprefix("¥")], taxes=taxes))

    assert Money.total((tax.amount for tax in priced.taxes), "CNY") == yuan(row["expected tax"])
    assert priced.total == yuan(row["expected total"])


@examples("Worked: tax shared out to lines")
def test_worked_shares_of_tax(row):
    taxes = Taxes({"usual": tax_of(row)}, usual="usual")

    priced = quote(basket(row["prices"].split(), taxes=taxes, discount=row["discount"]))

    amounts = [line.tax.amount if line.tax else None for line in priced.lines]
    assert amounts == [yuan(share) for share in row["expected taxes"].split()]
    assert priced.total == yuan(row["expected total"])


@examples("Worked: tax on delivery")
def test_worked_taxes_on_delivery(row):
    sent = replace(
        basket(["80.00"], taxes=Taxes({"post": tax_of(row)}, delivery="post")),
        pickup=frozenset(),
        rates=(Rate("mainland", 1000, yuan(row["fee"]).minor),),
        zone="mainland",
    )

    (parcel,) = quote(sent).shipping

    assert parcel.fee == yuan(row["expected fee"])
    assert (parcel.tax.amount if parcel.tax else yuan("0")) == yuan(row["expected tax"])


@examples("Worked: which rate counts")
def test_worked_places(row):
    rates = [rate.split() for rate in row["rates"].split(", ")]
    table = TaxTable(
        (TaxClass("usual", {"en": "Usual"}),),
        tuple(TaxRate("usual", place, Tax(int(p) * STEPS, True)) for place, p in rates),
    )
    country, _hyphen, code = row["address"].partition("-")

    tax = table.at(Place(country, code)).on_goods("")

    assert ("none" if tax is None else str(tax.percent // STEPS)) == row["expected"]


def test_goods_of_a_class_that_is_gone_are_of_the_first_one_and_one_without_a_rate_is_untaxed():
    classes = (TaxClass("usual", {"en": "Usual"}), TaxClass("free", {"en": "Free"}))
    taxes = TaxTable(classes, (TaxRate("usual", "*", Tax(13000, is_included=True)),)).at(Place())

    assert taxes.on_goods("gone") == taxes.on_goods("") == Tax(13000, is_included=True)
    assert taxes.on_goods("free") is None


@examples("Worked: tax paid back")
def test_worked_taxes_paid_back(row):
    total, tax, before, amount = (
        yuan(row[name]).minor for name in ("total", "tax", "before", "amount")
    )

    back = part_of(tax, total=total, amount=amount, before=before)

    assert back == yuan(row["expected"]).minor


CLASSES = st.sampled_from(["", "usual", "reduced", "unknown"])
TAX = st.builds(Tax, st.integers(0, 100_000), st.booleans())


@st.composite
def taxed_baskets(draw):
    amounts = st.integers(0, 10**7).map(lambda minor: Money(minor, "CNY"))
    lines = tuple(
        Line(
            variant_id=number,
            merchant_id=draw(st.integers(1, 2)),
            unit_price=draw(amounts),
            quantity=draw(st.integers(1, 9)),
            tax_class=draw(CLASSES),
        )
        for number in range(1, draw(st.integers(1, 6)) + 1)
    )
    by_class = draw(st.dictionaries(st.sampled_from(["usual", "reduced", "post"]), TAX))
    return Basket(
        currency="CNY",
        lines=lines,
        rates=(Rate("mainland", 1000, draw(st.integers(0, 9999))),),
        zone="mainland",
        discounts=(Discount("off", draw(amounts)),),
        taxes=Taxes(by_class, "usual", "post", frozenset({"usual", "reduced", "post"})),
    )


@settings(max_examples=60)
@given(taxed_baskets())
def test_the_parts_sum_to_the_total_and_no_tax_is_lost(any_basket):
    priced = quote(any_basket)
    untaxed = quote(replace(any_basket, taxes=Taxes()))

    parts = sum(line.total.minor for line in priced.lines)
    parts += sum(parcel.fee.minor for parcel in priced.shipping)
    taxes = [line.tax for line in priced.lines if line.tax]
    taxes += [parcel.tax for parcel in priced.shipping if parcel.tax]
    added = sum(tax.amount.minor for tax in taxes if not tax.is_included)
    assert parts == priced.total.minor == untaxed.total.minor + added
    assert sum(t.amount.minor for t in priced.taxes) == sum(t.amount.minor for t in taxes)
    assert all(tax.amount.minor >= 0 for tax in taxes)
    assert all(line.tax.amount <= line.total for line in priced.lines if line.tax)


@settings(max_examples=60)
@given(taxed_baskets())
def test_a_rate_is_reckoned_on_the_sum_of_a_merchants_goods(any_basket):
    priced = quote(any_basket)

    sums: dict[tuple[int, Tax], list[int]] = {}
    for line in priced.lines:
        tax = any_basket.taxes.on_goods(line.line.tax_class)
        if tax is not None and line.tax is not None:
            known = sums.setdefault((line.line.merchant_id, tax), [0, 0])
            known[0] += line.reduced.minor
            known[1] += line.tax.amount.minor
    assert all(tax.of(Money(net, "CNY")).minor == got for (_m, tax), (net, got) in sums.items())


@given(
    tax=st.integers(0, 10**6),
    more=st.integers(0, 10**7),
    cuts=st.lists(st.floats(0, 1), max_size=5),
)
def test_whatever_is_paid_back_in_parts_gives_back_all_of_the_tax(tax, more, cuts):
    total = tax + more
    at = [0, *sorted(int(cut * total) for cut in cuts), total]

    parts = [
        part_of(tax, total=total, amount=end - start, before=start) for start, end in pairwise(at)
    ]

    assert sum(parts) == tax
    assert min(parts) >= 0


@pytest.mark.parametrize(
    ("table", "field"),
    [
        (TaxTable((TaxClass("a", {}),)), "classes"),
        (TaxTable((TaxClass("a", {"en": "A"}), TaxClass("a", {"en": "A"}))), "classes"),
        (TaxTable((), (TaxRate("a", "CN", Tax(0, True)),)), "rates"),
        (
            TaxTable(
                (TaxClass("a", {"en": "A"}),),
                (TaxRate("a", "here", Tax(0, True)),),
            ),
            "rates",
        ),
    ],
)
def test_a_senseless_table_is_refused(table, field):
    with pytest.raises(Invalid) as refused:
        fit_taxes(table)

    assert field in refused.value.errors

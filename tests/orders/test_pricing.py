"""What docs/pricing.md promises holds for any basket."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.orders.postage import parcel_fee
from app.orders.pricing import Basket, Discount, Line, quote
from app.orders.rules import share_of_line, split_over_captures
from app.platform.money import MixedCurrencies, Money, parse_money
from app.shop.rules import Rate

NOTHING = Money.zero("CNY")
RATES = (
    Rate("mainland", 1000, 1200),
    Rate("mainland", 3000, 2000),
    Rate("mainland", 10000, 4500),
    Rate("remote", 1000, 2500),
    Rate("remote", 10000, 8800),
)
BARE = Basket(
    currency="CNY",
    lines=(),
    rates=RATES,
    free_over=Money(50000, "CNY"),
    zone="mainland",
)


def yuan(text):
    return parse_money(text, "CNY")


def line(variant_id, *, merchant_id=1, price="10", quantity=1, weight_g=0):
    return Line(
        variant_id=variant_id,
        merchant_id=merchant_id,
        unit_price=yuan(price),
        quantity=quantity,
        weight_g=weight_g,
    )


amounts = st.integers(min_value=0, max_value=10**9).map(lambda minor: Money(minor, "CNY"))
variants = st.integers(min_value=1, max_value=12)
line_lists = st.lists(
    st.builds(
        Line,
        variant_id=variants,
        merchant_id=st.integers(min_value=1, max_value=3),
        unit_price=amounts,
        quantity=st.integers(min_value=1, max_value=99),
        weight_g=st.integers(min_value=0, max_value=20_000),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda line: line.variant_id,
).map(tuple)
discount_lists = st.lists(
    st.builds(
        Discount,
        key=st.sampled_from("ABCDEF"),
        amount=amounts,
        variant_ids=st.none() | st.frozensets(variants, max_size=4),
    ),
    max_size=4,
    unique_by=lambda discount: discount.key,
).map(tuple)
baskets = st.builds(
    Basket,
    currency=st.just("CNY"),
    lines=line_lists,
    rates=st.just(RATES),
    free_over=st.none() | amounts,
    zone=st.sampled_from([None, "mainland", "remote", "overseas"]),
    pickup=st.frozensets(st.integers(min_value=1, max_value=3)),
    discounts=discount_lists,
)


@given(baskets)
def test_the_parts_sum_to_the_total(basket):
    priced = quote(basket)

    lines = sum(
        (quoted.line.unit_price.minor * quoted.line.quantity - quoted.discount.minor)
        for quoted in priced.lines
    )
    assert priced.total.minor == lines + sum(parcel.fee.minor for parcel in priced.shipping)
    assert priced.total == priced.goods - priced.discount + priced.shipping_total
    assert [quoted.line for quoted in priced.lines] == list(basket.lines)


@given(baskets)
def test_no_line_and_no_parcel_costs_less_than_nothing(basket):
    priced = quote(basket)

    assert all(NOTHING <= quoted.discount <= quoted.subtotal for quoted in priced.lines)
    assert all(parcel.fee >= NOTHING for parcel in priced.shipping)


@given(baskets)
def test_discounts_are_shared_out_whole_or_until_their_lines_are_free(basket):
    priced = quote(replace(basket, discounts=basket.discounts[:1]))

    for given_discount in basket.discounts[:1]:
        meant = [
            quoted
            for quoted in priced.lines
            if given_discount.variant_ids is None
            or quoted.line.variant_id in given_discount.variant_ids
        ]
        worth = Money.total((quoted.subtotal for quoted in meant), "CNY")
        assert priced.discount == min(given_discount.amount, worth)
        assert priced.discount == Money.total((quoted.discount for quoted in meant), "CNY")


@given(baskets, st.randoms(use_true_random=False))
def test_order_of_lines_and_discounts_changes_nothing(basket, random):
    shuffled = replace(
        basket,
        lines=tuple(random.sample(basket.lines, len(basket.lines))),
        discounts=tuple(random.sample(basket.discounts, len(basket.discounts))),
    )

    first, second = quote(basket), quote(shuffled)

    assert {quoted.line.variant_id: quoted for quoted in first.lines} == {
        quoted.line.variant_id: quoted for quoted in second.lines
    }
    assert set(first.shipping) == set(second.shipping)
    assert first.fingerprint == second.fingerprint


@given(baskets)
def test_a_merchants_parcel_does_not_depend_on_other_merchants(basket):
    basket = replace(basket, discounts=())
    alone = basket.lines[0].merchant_id

    own = quote(replace(basket, lines=tuple(x for x in basket.lines if x.merchant_id == alone)))

    assert own.shipping == quote(basket).shipping[:1]


@given(st.integers(0, 100_000), st.integers(0, 100_000), st.sampled_from(["mainland", "remote"]))
def test_a_heavier_parcel_never_costs_less(weight_g, more_g, region):
    light, heavy = parcel_fee(RATES, region, weight_g), parcel_fee(RATES, region, weight_g + more_g)

    assert light is not None
    assert heavy is not None
    assert light <= heavy


@given(baskets)
def test_only_a_quote_with_every_fee_known_can_be_paid(basket):
    priced = quote(basket)

    shipped = {x.merchant_id for x in basket.lines} - basket.pickup
    reachable = basket.zone in {"mainland", "remote"}
    assert priced.can_be_paid == (reachable or not shipped)


def test_an_empty_basket_costs_nothing_and_cannot_be_paid():
    priced = quote(BARE)

    assert priced.total == NOTHING
    assert not priced.can_be_paid


BOUGHT = replace(BARE, lines=(line(1, price="398", weight_g=850), line(2, merchant_id=2)))


def test_the_same_terms_have_the_same_fingerprint_in_every_process():
    assert quote(BOUGHT).fingerprint == "6ae7f5a192d07d1a98e4faa59cded0ec"


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"lines": (line(1, price="399"), BOUGHT.lines[1])}, id="price"),
        pytest.param(
            {"lines": (replace(BOUGHT.lines[0], quantity=2), BOUGHT.lines[1])}, id="units"
        ),
        pytest.param({"lines": BOUGHT.lines[:1]}, id="a line gone"),
        pytest.param({"lines": (*BOUGHT.lines, line(3, price="0"))}, id="a line more"),
        pytest.param({"zone": "remote"}, id="fee"),
        pytest.param({"pickup": frozenset({1})}, id="way"),
        pytest.param({"discounts": (Discount("A", yuan("0.01")),)}, id="discount"),
    ],
)
def test_any_changed_term_changes_the_fingerprint(changed):
    assert quote(replace(BOUGHT, **changed)).fingerprint != quote(BOUGHT).fingerprint


def test_a_weight_that_changes_no_fee_changes_no_fingerprint():
    heavier = replace(BOUGHT, lines=(replace(BOUGHT.lines[0], weight_g=900), BOUGHT.lines[1]))

    assert quote(heavier).fingerprint == quote(BOUGHT).fingerprint


@pytest.mark.parametrize("change", [{"quantity": 0}, {"quantity": -1}, {"weight_g": -1}])
def test_a_line_without_sense_is_refused(change):
    with pytest.raises(ValueError, match="a line has units"):
        replace(line(1), **change)


def test_prices_and_discounts_below_nothing_are_refused():
    with pytest.raises(ValueError, match="below nothing"):
        replace(line(1), unit_price=-yuan("1"))
    with pytest.raises(ValueError, match="does not add"):
        Discount("A", -yuan("1"))


def test_one_variant_on_two_lines_is_refused():
    with pytest.raises(ValueError, match="one line"):
        quote(replace(BARE, lines=(line(1), line(1))))


def test_another_currency_in_the_basket_is_refused():
    foreign = replace(line(1), unit_price=Money(1000, "USD"))

    with pytest.raises(MixedCurrencies):
        quote(replace(BARE, lines=(line(2), foreign)))
    with pytest.raises(MixedCurrencies):
        quote(replace(BARE, lines=(line(1),), discounts=(Discount("A", Money(1, "USD")),)))


@given(st.integers(0, 10**12), st.lists(st.integers(1, 5), min_size=1, max_size=10))
def test_units_refunded_in_any_steps_give_back_exactly_the_line(total, steps):
    quantity, before, given_back = sum(steps), 0, 0
    for units in steps:
        share = share_of_line(total=total, quantity=quantity, units=units, before=before)
        assert share >= 0
        given_back, before = given_back + share, before + units

    assert given_back == total


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6), st.data())
def test_a_refund_is_spread_whole_and_within_each_capture(remainders, data):
    assume(sum(remainders) > 0)
    amount = data.draw(st.integers(1, sum(remainders)))

    parts = split_over_captures(amount, list(enumerate(remainders)))

    assert sum(part for _payment, part in parts) == amount
    assert len({payment for payment, _part in parts}) == len(parts)
    assert all(0 < part <= remainders[payment] for payment, part in parts)


@given(st.lists(st.integers(0, 10**9), max_size=6), st.integers(1, 10**9))
def test_more_than_was_captured_is_never_given_back(remainders, excess):
    with pytest.raises(ValueError, match="captures"):
        split_over_captures(sum(remainders) + excess, list(enumerate(remainders)))

"""What a promotion takes off, and which of several is taken: the tables of docs/pricing.md, and
what holds for any bag.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cart.promotions import choose
from app.marketing.codes import Person, meant
from app.marketing.models import PromotionKind
from app.marketing.rules import Goods, Offer, Reason, Refusal, Saving, Terms, weigh
from app.orders.pricing import Basket, Line, quote
from app.platform.money import Money
from app.shop.rules import Rate
from tests.conftest import MONDAY
from tests.marketing.cast import goods, minor, offered
from tests.orders.test_pricing_document import examples, yuan

CODES = ("WELCOME10", "双十一")


def basket_of(lines):
    return Basket(
        currency="CNY",
        lines=tuple(
            Line(
                variant_id=each.variant_id,
                merchant_id=each.merchant_id,
                unit_price=each.unit_price,
                quantity=each.quantity,
                weight_g=900,
            )
            for each in lines
        ),
        rates=(Rate("mainland", 1000, 1200), Rate("mainland", 5000, 2000)),
        free_over=yuan("500.00"),
        zone="mainland",
    )


def weighed(offer, lines):
    return weigh(offer, lines, currency="CNY", now=MONDAY)


@examples("Worked: what a promotion takes off")
def test_worked_promotions(row):
    result = weighed(offered(row["promotion"]), goods(row["goods (price × units)"]))

    expected = row["expected"]
    if expected.endswith("missing"):
        assert isinstance(result, Refusal)
        assert result.missing == yuan(expected.split()[0])
    elif expected == "too_few":
        assert isinstance(result, Refusal)
        assert result.reason is Reason.TOO_FEW
    else:
        assert isinstance(result, Saving)
        assert sum(amount.minor for amount in result.amounts.values()) == yuan(expected).minor


@examples("Worked: which of several is taken")
def test_worked_choices(row):
    sentences = [sentence.strip() for sentence in row["promotions"].split(";")]
    lines = goods("600.00×1")
    offers = [offered(sentence, id_=place) for place, sentence in enumerate(sentences, start=1)]

    priced = choose(basket_of(lines), [weighed(offer, lines) for offer in offers])

    taken = {each.offer.name["en"] for each in priced.applied}
    wanted = [name.strip() for name in row["expected taken"].split(",")]
    assert len(taken) == len(wanted)
    assert all(any(name.startswith(each) for name in taken) for each in wanted)
    assert priced.quote.total == yuan(row["expected total"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"starts_at": MONDAY + timedelta(seconds=1)}, Reason.NOT_YET),
        ({"ends_at": MONDAY}, Reason.OVER),
        ({"stopped_at": MONDAY - timedelta(days=1)}, Reason.OVER),
        ({"is_used_up": True}, Reason.USED_UP),
        ({"was_used_by_you": True}, Reason.USED_BY_YOU),
        ({"left": minor("9.99")}, Reason.USED_UP),
        ({"collections": frozenset({7})}, Reason.NOT_THESE),
        ({"merchant_id": 2}, Reason.NOT_THESE),
    ],
)
def test_why_an_offer_does_nothing_is_known(change, reason):
    offer = replace(offered("fixed 10.00"), **change)

    result = weighed(offer, goods("600.00×1"))

    assert isinstance(result, Refusal)
    assert result.reason is reason


def test_an_offer_begins_at_its_first_instant_and_ends_before_its_last():
    offer = replace(offered("fixed 10.00"), ends_at=MONDAY + timedelta(seconds=1))

    assert isinstance(weighed(offer, goods("600.00×1")), Saving)


def test_presale_lines_are_left_out_unless_the_offer_says_otherwise():
    (line,) = goods("600.00×1")
    joined = replace(line, is_presale=True)
    offer = offered("percent 10")

    assert isinstance(weighed(offer, [joined]), Refusal)
    assert isinstance(weighed(replace(offer, with_presales=True), [joined]), Saving)


def test_free_delivery_takes_off_what_would_be_charged():
    lines = goods("100.00×1")

    priced = choose(basket_of(lines), [weighed(offered("free"), lines)])

    (applied,) = priced.applied
    assert applied.on_shipping
    assert applied.amount == yuan("12.00")
    assert priced.quote.total == yuan("100.00")


def test_free_delivery_of_what_is_free_already_is_not_used_up():
    lines = goods("600.00×1")

    priced = choose(basket_of(lines), [weighed(offered("free code"), lines)])

    assert not priced.applied
    fate = priced.of_code("CODE")
    assert isinstance(fate, Refusal)
    assert fate.reason is Reason.NOTHING_LEFT


def test_a_code_that_loses_to_a_better_offer_says_so():
    lines = goods("600.00×1")
    offers = [offered("fixed 120.00", id_=1), offered("percent 10 code", id_=2)]

    priced = choose(basket_of(lines), [weighed(offer, lines) for offer in offers])

    fate = priced.of_code("CODE")
    assert isinstance(fate, Refusal)
    assert fate.reason is Reason.OTHER_IS_BETTER


@pytest.mark.parametrize("typed", ["WELCOME10", " welcome-10 ", "Welcome 10", "ＷＥＬＣＯＭＥ１０"])
def test_a_code_is_meant_however_it_is_written(typed):
    assert meant(typed) == "WELCOME10"


@pytest.mark.parametrize("typed", ["", "ab", "x" * 25, "drop table;", "☃☃☃☃", "\x00" * 5])
def test_what_can_be_no_code_is_none(typed):
    assert meant(typed) == ""


def test_the_same_person_is_known_by_e_mail_or_by_phone():
    one = Person.of("key", "Ada@example.org ", "+86 138 0000 0012")
    other = Person.of("key", "ada@example.org", "13800000012")

    assert one == other
    assert "ada" not in one.email
    assert Person.of("other key", "ada@example.org", "") != one


amounts = st.integers(min_value=1, max_value=10**9)
lines_of_a_bag = st.lists(
    st.builds(
        Goods,
        variant_id=st.integers(1, 10**6),
        merchant_id=st.just(1),
        unit_price=amounts.map(lambda value: Money(value, "CNY")),
        quantity=st.integers(1, 9),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda line: line.variant_id,
)
any_terms = st.builds(
    Terms,
    percent=st.decimals(min_value="0.01", max_value="100", places=2),
    amount=amounts,
    most=st.none() | amounts,
    tiers=st.lists(st.tuples(amounts, amounts), min_size=1, max_size=4).map(tuple),
    buy=st.integers(1, 4),
    get=st.integers(1, 4),
    times=st.none() | st.integers(1, 3),
)


@st.composite
def several_offers(draw):
    made = draw(st.lists(st.tuples(st.sampled_from(PromotionKind), any_terms, st.booleans()),
                         min_size=1, max_size=5))  # fmt: skip
    return [
        Offer(
            id=place, merchant_id=1, name={"en": "an offer"}, kind=kind, terms=terms,
            starts_at=MONDAY, combines=combines,
        )
        for place, (kind, terms, combines) in enumerate(made, start=1)
    ]  # fmt: skip


@given(lines_of_a_bag, several_offers())
def test_for_any_bag_the_price_adds_up_and_nobody_pays_more_for_an_offer(lines, offers):
    basket = basket_of(lines)

    priced = choose(basket, [weighed(offer, lines) for offer in offers])

    total = priced.quote
    assert all(0 <= line.discount.minor <= line.subtotal.minor for line in total.lines)
    assert total.total == total.goods - total.discount + total.shipping_total
    named = sum(each.amount.minor for each in priced.applied if not each.on_shipping)
    assert named == total.discount.minor
    assert total.total <= quote(basket).total


@given(lines_of_a_bag, several_offers())
def test_the_order_in_which_offers_and_lines_come_changes_no_amount(lines, offers):
    forward = choose(basket_of(lines), [weighed(offer, lines) for offer in offers])
    turned = lines[::-1]
    backward = choose(basket_of(turned), [weighed(offer, turned) for offer in offers[::-1]])

    assert forward.quote.fingerprint == backward.quote.fingerprint
    assert {each.offer.id for each in forward.applied} == {
        each.offer.id for each in backward.applied
    }

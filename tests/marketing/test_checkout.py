"""Promotions from the bag to the order: what is shown is what is taken off and counted."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from app.catalog.models import Stock
from app.marketing.commands import promotions
from app.marketing.commands.promotions import Draft
from app.marketing.models import Promotion, PromotionCode, PromotionKind, PromotionUse
from app.marketing.rules import Terms
from app.notifications.models import Message
from app.orders.commands import cancel
from app.orders.models import Order, OrderLine
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.outbox.commands import drain
from tests.cast import house, piece
from tests.checkout.buying import begun, filled, orders
from tests.conftest import MONDAY

TENTH = Terms(percent=Decimal(10))


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def jacket(owner):
    """¥1,280.00, so that it is sent for nothing."""
    return piece(owner, MONDAY)


def promotion(owner, *, code="WELCOME10", **facts):
    """A tenth off with a code, unless said otherwise; returns its id."""
    given: dict[str, Any] = {
        "name": {"en": "Welcome", "zh-Hans": "初次见面"},
        "kind": PromotionKind.PERCENT,
        "terms": TENTH,
        "needs_code": bool(code),
        "starts_at": MONDAY - timedelta(days=1),
    }
    actor = owner.staff()
    made = promotions.create(Draft(**given | facts), actor=actor, now=MONDAY)
    if code:
        promotions.add_code(made, code, label="", max_uses=None, actor=actor, now=MONDAY)
    return made


def bought(client, **fields):
    """Order what lies in the bag; returns the answer."""
    return client.post("/checkout/order", data=filled(client, **fields))


def used(promotion_id):
    db.session.rollback()
    row = db.session.get_one(Promotion, promotion_id)
    return row.used, row.spent


def test_a_code_takes_off_what_every_page_says(client, owner, jacket):
    made = promotion(owner)
    client.post("/bag", data={"variant": jacket})

    answer = client.post("/bag/code", data={"code": " welcome-10 "})

    assert answer.location == "/bag"
    bag = client.get("/bag").text
    assert "Welcome (WELCOME10)" in bag
    assert "¥1,152" in bag
    client.post("/checkout")
    assert "-¥128.00" in client.get("/checkout").text
    bought(client)
    (order,) = orders()
    assert (order.goods_total, order.discount_total, order.total) == (128000, 12800, 115200)
    assert order.terms["promotions"][0]["code"] == "WELCOME10"
    assert used(made) == (1, 12800)


def test_what_applies_by_itself_needs_no_code(client, owner, jacket):
    promotion(owner, code="", kind=PromotionKind.FIXED, terms=Terms(amount=5000))
    begun(client, jacket)

    bought(client)

    assert [order.total for order in orders()] == [123000]


def test_the_last_code_entered_is_the_one_that_counts_and_it_can_be_taken_off(
    client, owner, jacket
):
    promotion(owner)
    promotion(owner, code="HALF", terms=Terms(percent=Decimal(50)))
    client.post("/bag", data={"variant": jacket})

    client.post("/bag/code", data={"code": "welcome10"})
    client.post("/bag/code", data={"code": "half"})
    half = client.get("/bag").text
    client.post("/bag/code", data={"forget": "1"})

    assert "¥640" in half
    assert "HALF" not in client.get("/bag").text


def test_an_unknown_code_is_said_beside_its_field_and_stays_there(client, owner, jacket):
    client.post("/bag", data={"variant": jacket})

    answer = client.post("/bag/code", data={"code": "NOSUCH1"})

    assert answer.status_code == 422
    assert "There is no such code." in answer.text
    assert 'value="NOSUCH1"' in answer.text


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"starts_at": MONDAY + timedelta(days=1)}, "has not begun yet"),
        ({"ends_at": MONDAY}, "is over"),
        ({"min_spend": 200000}, "Applies with ¥720 more"),
        ({"collections": (99,)}, "not for what is in your bag"),
    ],
)
def test_why_a_code_does_nothing_is_said(client, owner, jacket, facts, said):
    promotion(owner, **facts)
    client.post("/bag", data={"variant": jacket})

    client.post("/bag/code", data={"code": "WELCOME10"})

    assert said in client.get("/bag").text


def test_a_code_entered_at_checkout_loses_nothing_that_was_typed(client, owner, jacket):
    promotion(owner)
    begun(client, jacket)

    wrong = client.post("/checkout/code", data={"code": "nosuch1", "name": "Ada Test"})
    right = client.post("/checkout/code", data={"code": "welcome10", "name": "Ada Test"})

    assert wrong.status_code == 422
    assert 'value="Ada Test"' in wrong.text
    assert 'value="nosuch1"' in wrong.text
    assert right.status_code == 200
    assert 'value="Ada Test"' in right.text
    assert "Welcome (WELCOME10)" in right.text


def test_a_code_that_was_typed_and_not_applied_is_not_paid_over(client, owner, jacket):
    promotion(owner)
    begun(client, jacket)

    answer = bought(client, code="welcome10")

    assert answer.status_code == 409
    assert "Pay ¥1,152.00" in answer.text
    assert not orders()


def test_a_limit_reached_meanwhile_is_asked_about_instead_of_charged(visit, client, owner, jacket):
    made = promotion(owner, max_uses=1)
    other = piece(owner, MONDAY)
    rival = visit()
    for each, variant_id in ((client, jacket), (rival, other)):
        begun(each, variant_id)
        each.post("/checkout/code", data={"code": "WELCOME10"})
    waiting = filled(rival, email="bob@example.org", phone="13800000099")

    bought(client)
    answer = rival.post("/checkout/order", data=waiting)

    assert answer.status_code == 409
    assert "It was ¥1,152 and is now ¥1,280." in answer.text
    assert "This offer is used up." in answer.text
    assert used(made) == (1, 12800)


def test_one_person_gets_it_once_whatever_else_they_call_themselves(visit, client, owner, jacket):
    promotion(owner, max_per_person=1)
    other = piece(owner, MONDAY)
    begun(client, jacket)
    client.post("/checkout/code", data={"code": "WELCOME10"})
    bought(client)

    again = visit()
    begun(again, other)
    again.post("/checkout/code", data={"code": "WELCOME10"})
    priced = again.post("/checkout/fields", data=filled(again, email="ada2@example.org"))

    assert "You have used this offer already." in priced.text
    assert "Pay ¥1,280.00" in priced.text


def test_an_order_that_is_cancelled_gives_its_use_back_once(client, owner, jacket):
    made = promotion(owner)
    begun(client, jacket)
    client.post("/checkout/code", data={"code": "WELCOME10"})
    bought(client)
    (order,) = orders()

    for _time in range(2):
        cancel.cancel_unpaid(order.id, actor=SYSTEM, cause="unpaid", now=MONDAY)

    assert used(made) == (0, 0)
    (use,) = db.session.scalars(select(PromotionUse))
    assert use.released_at == MONDAY
    assert db.session.scalar(select(PromotionCode.used)) == 0


def test_free_delivery_by_a_code_is_counted_at_the_fee_it_saved(client, owner):
    scarf = piece(owner, MONDAY, price=12000)
    made = promotion(owner, kind=PromotionKind.FREE_SHIPPING, terms=Terms())
    begun(client, scarf)
    client.post("/checkout/code", data={"code": "WELCOME10"})

    bought(client)

    (order,) = orders()
    assert (order.total, order.shipping_total) == (12000, 0)
    assert used(made) == (1, 1200)


def test_the_goods_of_another_merchant_are_not_touched(client, owner, jacket):
    consignor = house(MONDAY, "consignor", is_house=False)
    theirs = piece(consignor, MONDAY, price=50000)
    promotion(owner, code="", terms=Terms(percent=Decimal(50)))
    begun(client, jacket, theirs)

    bought(client)

    (order,) = orders()
    lines = db.session.execute(select(OrderLine.variant_id, OrderLine.discount))
    assert {each.variant_id: each.discount for each in lines} == {jacket: 64000, theirs: 0}
    assert order.discount_total == 64000


def test_a_hint_says_how_little_is_missing(client, owner, jacket):
    promotion(
        owner, code="", kind=PromotionKind.SPEND_AND_SAVE, terms=Terms(tiers=((150000, 20000),))
    )
    client.post("/bag", data={"variant": jacket})

    assert "¥220 more and you get “Welcome”." in client.get("/bag").text


def test_the_order_page_names_what_was_taken_off(client, owner, jacket):
    promotion(owner)
    begun(client, jacket)
    client.post("/checkout/code", data={"code": "WELCOME10"})
    answer = bought(client)

    page = client.get(answer.location).text

    assert "Welcome (WELCOME10)" in page
    assert db.session.scalar(select(Order.discount_total)) == 12800


def test_what_is_given_whole_is_the_buyers_at_once(client, owner, jacket):
    promotion(owner, code="GIFT", terms=Terms(percent=Decimal(100)))
    begun(client, jacket)
    client.post("/bag/code", data={"code": "gift"})

    answer = bought(client, method="pickup", location=str(owner.store_id))
    while drain():
        pass

    page = client.get(answer.location).text
    (order,) = orders()
    assert (order.total, order.headline) == (0, "to_ship")
    assert order.code in page
    assert "Pay now" not in page
    assert db.session.scalar(select(Stock.on_hand).where(Stock.variant_id == jacket)) == 0
    (mail,) = db.session.scalars(select(Message)).all()
    assert mail.kind == "orders.paid"
    assert "Nothing is to be paid for it." in mail.text

"""The order's own page: every state in words, nothing of the buyer in full."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.commands import parcels
from app.fulfilment.models import Parcel
from app.orders.commands import cancel, pay
from app.orders.commands.settle import settle
from app.orders.models import Headline, Order
from app.orders.queries import for_mail, token_by_id
from app.payments.gateways.base import PaymentState
from app.payments.models import Payment
from app.platform.actor import GUEST, SYSTEM
from app.platform.db import db
from app.platform.transaction import transaction
from app.storefront.order_words import HEADLINES
from tests.cast import captured, forged, house, piece, placed
from tests.conftest import MONDAY
from tests.customers.people import ADA, enter, open_account


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def order_id(owner):
    return placed(owner, [piece(owner, MONDAY)], MONDAY)


def page_of(client, order_id, query=""):
    return client.get(f"/o/{token_by_id(order_id)}{query}")


def pay_for(order_id, *, amount=None):
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=MONDAY)
    payment = db.session.get_one(Payment, payment_id)
    settle(captured(payment.reference, amount or payment.amount, MONDAY), now=MONDAY)


@pytest.mark.parametrize("headline", Headline)
@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_every_state_is_said(client, order_id, headline, language):
    with transaction():
        db.session.execute(update(Order).where(Order.id == order_id).values(headline=headline))

    answer = page_of(client, order_id, f"?lang={language}")

    assert answer.status_code == 200
    title = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)
    assert title is not None
    assert title[1].strip()
    assert (title[1] == str(HEADLINES[headline][0])) == (language == "en")


def test_the_link_shows_nobody_in_full(client, order_id):
    answer = page_of(client, order_id)

    for secret in ("Ada Test", "13800000012", "测试路1号", "ada@example.org"):
        assert secret not in answer.text
    assert "138****0012" in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert 'name="robots" content="noindex"' in answer.text


def test_a_forged_link_opens_nothing(client, order_id):
    token = token_by_id(order_id)

    assert client.get(f"/o/{forged(token)}").status_code == 404
    assert client.post(f"/o/{forged(token)}/cancellation").status_code == 404
    assert for_mail(order_id).order.closed_at is None


def test_an_unpaid_order_asks_for_itself_until_it_is_paid(client, order_id):
    before = page_of(client, order_id).text
    pay_for(order_id)
    after = page_of(client, order_id).text

    assert 'hx-trigger="every 20s"' in before
    assert "Still to pay: ¥1,292.00" in before
    assert "Still to pay" not in after
    assert 'hx-trigger="every 15s"' in after


def test_a_part_of_the_page_answers_htmx(client, order_id):
    token = token_by_id(order_id)

    part = client.get(f"/o/{token}", headers={"HX-Request": "true"}).text

    assert part.lstrip().startswith('<div class="wrap-text" id="order-status"')
    assert "<html" not in part


def test_a_wrong_amount_asks_nobody_to_pay_again(client, order_id):
    pay_for(order_id, amount=100)

    text = page_of(client, order_id).text

    assert "We are looking at your payment" in text
    assert "please do not pay again" in text
    assert "/payments" not in text


def test_a_payment_that_was_declined_is_said_at_the_top(client, order_id):
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=MONDAY)
    payment = db.session.get_one(Payment, payment_id)
    settle(captured(payment.reference, 0, MONDAY, state=PaymentState.FAILED), now=MONDAY)

    text = page_of(client, order_id, "?back=1").text

    assert "The payment did not go through" in text
    assert "the goods are still kept for you" in text


def test_a_parcel_in_trouble_is_said_at_the_top(client, owner, order_id):
    with transaction():
        db.session.add(
            Parcel(
                order_id=order_id,
                merchant_id=owner.merchant_id,
                idempotency_key="one",
                carrier="shunfeng",
                tracking_number="SF1",
                state="exception",
                shipped_at=MONDAY,
            )
        )

    text = page_of(client, order_id).text

    assert "The carrier reports a problem" in text


def test_coming_back_unpaid_leads_on_with_the_same_payment(client, order_id):
    pay.open_attempt(order_id, "sandbox", actor=GUEST, now=MONDAY)

    text = page_of(client, order_id, "?back=1").text

    assert "No payment has reached us yet" in text
    assert "Go on paying ¥1,292.00" in text


def test_a_parcel_of_two_is_not_the_whole_delivery(client, owner):
    order_id = placed(owner, [piece(owner, MONDAY), piece(owner, MONDAY)], MONDAY)
    pay_for(order_id)
    parcel_of(order_id, owner, 0)
    steps = [steps_said(client, order_id)]
    arrived("SF0")
    steps.append(steps_said(client, order_id))
    parcel_of(order_id, owner, 1)
    steps.append(steps_said(client, order_id))
    arrived("SF1")
    steps.append(steps_said(client, order_id))

    handed, rest = "Handed to the carrier", "The rest handed to the carrier"
    assert [found[2:] for found in steps] == [
        [handed, rest, "The rest delivered"],
        [handed, "A parcel has arrived", rest, "The rest delivered"],
        [handed, "A parcel has arrived", handed, "The rest delivered"],
        [handed, "A parcel has arrived", handed, "Delivered"],
    ]


def parcel_of(order_id, owner, place):
    line = for_mail(order_id).lines[place]
    new = parcels.NewParcel({line.id: 1}, "shunfeng", f"SF{place}", f"parcel-{place}")
    parcels.ship(order_id, new, actor=owner.staff(), now=MONDAY)


def arrived(number):
    at = MONDAY + timedelta(hours=20)
    event = TrackingEvent("shunfeng", number, at, TrackingStatus.DELIVERED, text="signed for")
    parcels.take_in([event], inbound_event_id=None, now=at)


def steps_said(client, order_id):
    return re.findall(r'<div class="label">([^<]*)', page_of(client, order_id).text)


def test_a_proof_that_is_no_picture_is_refused_beside_its_field(client, order_id):
    pay.open_attempt(order_id, "bank_transfer", actor=GUEST, now=MONDAY)
    token = token_by_id(order_id)

    empty = client.post(f"/o/{token}/proofs", data={"note": "hello"})
    assert empty.status_code == 422
    assert 'id="picture-error"' in empty.text
    assert 'value="hello"' in empty.text


def test_a_reload_of_a_refused_form_leads_to_the_order(client, order_id):
    token = token_by_id(order_id)

    for answer in ("payments", "cancellation", "proofs"):
        assert client.get(f"/o/{token}/{answer}").location == f"/o/{token}"


def test_a_cancelled_order_says_why(client, order_id):
    cancel.cancel_unpaid(order_id, actor=SYSTEM, cause="buyer", now=MONDAY)

    text = page_of(client, order_id).text

    assert "You cancelled it." in text
    assert "Nothing was charged." in text


def test_number_and_four_digits_open_the_order(client, order_id):
    code = for_mail(order_id).order.code

    answer = client.post("/orders", data={"code": code.lower(), "phone": "0012"})

    assert answer.location == f"/o/{token_by_id(order_id)}"


@pytest.mark.parametrize("phone", ["0013", "", "' or 1=1"])
def test_a_wrong_pair_says_nothing_of_either(client, order_id, phone):
    code = for_mail(order_id).order.code

    answer = client.post("/orders", data={"code": code, "phone": phone})

    assert answer.status_code == 422
    assert "No order has this number and these four digits." in answer.text
    assert code in answer.text


def test_my_orders_are_for_who_signed_in(client, owner):
    answer = client.get("/me/orders")

    assert answer.status_code == 303
    assert answer.location == "/login?next=/me/orders"


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_a_shopper_sees_own_orders_only(client, owner, language):
    customer_id, ada = open_account(ADA, MONDAY), client
    enter(ada, ADA)
    own = placed(owner, [piece(owner, MONDAY)], MONDAY)
    other = placed(owner, [piece(owner, MONDAY)], MONDAY)
    with transaction():
        db.session.execute(update(Order).where(Order.id == own).values(customer_id=customer_id))

    whole = ada.get(f"/me/orders?lang={language}")
    part = ada.get("/me/orders", headers={"HX-Request": "true"})

    for answer in (whole, part):
        assert for_mail(own).order.code in answer.text
        assert for_mail(other).order.code not in answer.text
    assert part.text.lstrip().startswith('<div id="orders">')
    assert whole.headers["Cache-Control"] == "private, no-store"


def test_an_open_order_says_how_long_it_may_be_paid(client, order_id, clock):
    clock.advance(minutes=10)

    text = page_of(client, order_id).text

    assert ">20 minutes</time>" in text

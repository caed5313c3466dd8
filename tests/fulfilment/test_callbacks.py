"""Parcels move because a carrier called: signed, once, in any order, and never lost."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import permutations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.carriers.rehearsal import Callback, kuaidi100_push, standard_callback
from app.fulfilment.commands import callbacks, parcels
from app.fulfilment.models import Parcel, ParcelEvent
from app.notifications.models import Message
from app.orders import queries
from app.orders.commands import fulfil, pay
from app.orders.commands.settle import settle
from app.orders.models import Order
from app.payments.models import Payment
from app.platform.actor import GUEST
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.inbox.models import InboundEvent
from app.platform.outbox.commands import drain
from tests.cast import House, captured, house, piece, placed
from tests.conftest import StoppedClock, visitor

NUMBER = "SF1234567890"


@pytest.fixture
def now(app: Flask, clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def owner(now: datetime) -> House:
    return house(now)


def paid_order(owner: House, now: datetime) -> int:
    order_id = placed(owner, [piece(owner, now)], now)
    payment_id = pay.open_attempt(order_id, "sandbox", actor=GUEST, now=now)
    reference = db.session.get_one(Payment, payment_id).reference
    settle(captured(reference, 129200, now), now=now)
    return order_id


def shipped_order(owner: House, now: datetime, number: str = NUMBER) -> int:
    order_id = paid_order(owner, now)
    units = {line.id: 1 for line in queries.for_mail(order_id).lines}
    new = parcels.NewParcel(units, "shunfeng", number, "first")
    parcels.ship(order_id, new, actor=owner.staff(), now=now)
    return order_id


def said(now: datetime, hours: float, status: TrackingStatus, code: str = "") -> TrackingEvent:
    at = now + timedelta(hours=hours)
    return TrackingEvent("shunfeng", NUMBER, at, status, code=code, text=status.value)


def told(client: FlaskClient, carrier: str, callback: Callback):
    return client.post(f"/hooks/logistics/{carrier}", data=callback.body, headers=callback.headers)


def journey(now: datetime) -> list[TrackingEvent]:
    return [
        said(now, 1, TrackingStatus.COLLECTED, "1"),
        said(now, 9, TrackingStatus.IN_TRANSIT, "0"),
        said(now, 20, TrackingStatus.OUT_FOR_DELIVERY, "5"),
        said(now, 22, TrackingStatus.DELIVERED, "3"),
    ]


def deliver_all() -> None:
    while drain():
        pass


def mails() -> list[str]:
    kinds = db.session.scalars(select(Message.kind).order_by(Message.kind)).all()
    return [kind for kind in kinds if kind not in {"orders.placed", "orders.paid"}]


@pytest.mark.parametrize("order", list(permutations(range(4)))[::3])
def test_callbacks_in_any_order_and_twice_end_delivered_with_one_mail_each(
    now, owner, client, order
):
    order_id = shipped_order(owner, now)
    events = journey(now)

    for place in order:
        callback = standard_callback(
            settings().standard_carrier_secret, f"msg_{place}", [events[place]], now=now
        )
        assert told(client, "standard", callback).status_code < 300
        assert told(client, "standard", callback).status_code < 300
        deliver_all()

    assert queries.for_mail(order_id).order.headline == "delivered"
    assert db.session.scalar(select(func.count()).select_from(ParcelEvent)) == 4
    written = mails()
    assert written.count("orders.shipped") == written.count("orders.delivered") == 1
    assert written.count("orders.out_for_delivery") <= 1


def test_a_kuaidi100_push_gets_its_own_answer_and_moves_the_parcel(now, owner, client):
    order_id = shipped_order(owner, now)

    answer = told(client, "kuaidi100", kuaidi100_push(settings().kuaidi100_salt, journey(now)))
    deliver_all()

    assert answer.get_json() == {"result": True, "returnCode": "200", "message": "成功"}
    assert queries.for_mail(order_id).order.headline == "delivered"


def test_what_is_said_of_a_number_before_we_know_it_is_kept_and_applied_when_it_ships(
    now, owner, client
):
    order_id = paid_order(owner, now)
    push = kuaidi100_push(settings().kuaidi100_salt, journey(now))
    assert told(client, "kuaidi100", push).status_code == 200
    deliver_all()
    stored = db.session.scalars(select(InboundEvent)).one()
    assert (stored.state, stored.reason) == ("unmatched", "unknown_number")

    units = {line.id: 1 for line in queries.for_mail(order_id).lines}
    new = parcels.NewParcel(units, "shunfeng", NUMBER, "k")
    parcels.ship(order_id, new, actor=owner.staff(), now=now)

    assert queries.for_mail(order_id).order.headline == "delivered"


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        (lambda c: Callback({**c.headers, "webhook-signature": "v1,AAAA"}, c.body), 401),
        (lambda c: Callback(c.headers, c.body + b" "), 401),
        (lambda c: Callback({"content-type": "application/json"}, c.body), 401),
        (lambda c: Callback(c.headers, b"x" * (256 * 1024 + 1)), 413),
        (lambda _c: Callback({}, b""), 401),
    ],
    ids=["forged", "changed", "unsigned", "too large", "empty"],
)
def test_a_bad_callback_is_refused_kept_and_changes_nothing(now, owner, client, spoil, status):
    order_id = shipped_order(owner, now)
    genuine = standard_callback(settings().standard_carrier_secret, "msg_1", journey(now), now=now)

    answer = told(client, "standard", spoil(genuine))
    deliver_all()

    assert answer.status_code == status
    assert db.session.scalars(select(InboundEvent.state)).all() == ["rejected"]
    assert queries.for_mail(order_id).order.headline == "shipped"


def test_a_malformed_body_with_a_true_signature_is_refused_with_400_and_kept(now, owner, client):
    from app.fulfilment.carriers.standard import sign

    body = b'{"type": "tracking.updated", "data": []}'
    headers = sign(settings().standard_carrier_secret, "msg_9", now, body)

    answer = client.post("/hooks/logistics/standard", data=body, headers=headers)

    assert answer.status_code == 400
    assert db.session.scalars(select(InboundEvent.state)).all() == ["rejected"]


def test_an_unknown_carrier_is_not_found(now, client):
    assert client.post("/hooks/logistics/nobody", data=b"{}").status_code == 404


def test_the_carriers_of_one_shop_are_not_another_s(now, owner, client, make_app):
    shipped_order(owner, now)
    secret = settings().standard_carrier_secret
    quiet = make_app(standard_carrier_secret="", kuaidi100_salt="")

    genuine = standard_callback(secret, "msg_1", journey(now), now=now)

    assert told(visitor(quiet), "standard", genuine).status_code == 404
    assert told(client, "standard", genuine).status_code == 200


def test_a_stored_callback_can_be_played_again_without_effect(now, owner, client):
    shipped_order(owner, now)
    told(client, "kuaidi100", kuaidi100_push(settings().kuaidi100_salt, journey(now)))
    deliver_all()
    event_id = db.session.scalars(select(InboundEvent.id)).one()
    before = mails()

    callbacks.replay(event_id, now=now)
    deliver_all()

    assert mails() == before
    assert db.session.scalars(select(InboundEvent.state)).one() == "applied"


def test_shipping_twice_with_one_key_ships_once(now, owner):
    order_id = paid_order(owner, now)
    units = {line.id: 1 for line in queries.for_mail(order_id).lines}
    new = parcels.NewParcel(units, "shunfeng", NUMBER, "once")

    ids = {parcels.ship(order_id, new, actor=owner.staff(), now=now) for _ in range(3)}

    assert len(ids) == 1
    assert db.session.scalar(select(func.count()).select_from(Parcel)) == 1


@pytest.mark.parametrize("before", [[], [TrackingStatus.RETURNING]])
def test_a_parcel_that_came_back_asks_for_a_person(owner, now, before):
    order_id = shipped_order(owner, now)
    events = [TrackingStatus.IN_TRANSIT, *before, TrackingStatus.RETURNED]

    for hours, status in enumerate(events):
        parcels.take_in([said(now, hours, status)], inbound_event_id=None, now=now)
        if status is TrackingStatus.RETURNING:
            fulfil.clear_attention(order_id, actor=owner.staff(), now=now)

    db.session.rollback()
    assert db.session.get_one(Order, order_id).attention == "parcel_problem"

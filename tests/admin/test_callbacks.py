"""Callbacks and dead tasks: seen, read on demand, and played again without doubling anything."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import func, select

from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.carriers.rehearsal import standard_callback
from app.fulfilment.commands import callbacks as carriers
from app.fulfilment.commands.parcels import NewParcel, ship
from app.fulfilment.models import Parcel, ParcelEvent
from app.orders.events import OrderChanged
from app.orders.models import LedgerEntry
from app.payments.gateways.signature import sign
from app.platform import facts
from app.platform.audit.models import AuditRow
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.inbox import commands as inbox
from app.platform.inbox.models import InboundEvent
from app.platform.inbox.retention import forget_bodies
from app.platform.outbox import commands as outbox
from app.platform.outbox.models import DeliveryState, OutboxDelivery
from app.platform.transaction import transaction
from app.shop.models import Role
from tests import cast
from tests.admin.counter import attempt, clerk, contents, lines_of, paid_order

pytestmark = pytest.mark.usefixtures("app")
HOSTILE = "<script>alert('王女士 13800000012')</script>"


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def owner(now):
    return cast.house(now)


@pytest.fixture
def who(app, owner):
    return clerk(app, owner.merchant_id, "cleo")


def kept() -> InboundEvent:
    db.session.rollback()
    statement = select(InboundEvent).order_by(InboundEvent.id.desc()).limit(1)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def refused(now, body: str = HOSTILE, **headers: str) -> int:
    inbox.keep_rejected(
        "payments/sandbox", "BadSignature", headers=headers, body=body.encode(), now=now
    )
    return kept().id


def capture(reference: str, now) -> bytes:
    """What the provider says when ¥1,292 was paid."""
    payment = {
        "id": f"pay_{reference}",
        "merchant_account": settings().sandbox_merchant,
        "merchant_reference": reference,
        "status": "captured",
        "amount_requested": 129200,
        "amount": 129200,
        "currency": "CNY",
        "transaction_id": f"txn_{reference}",
        "pay_url": None,
        "updated": int(now.timestamp()),
    }
    return json.dumps({"id": "evt_1", "type": "payment.captured", "data": payment}).encode()


def signature(body: bytes, now, secret: str | None = None) -> dict[str, str]:
    stamp = int(now.timestamp())
    signed = sign(secret or settings().sandbox_secret, stamp, body)
    return {"Sandbox-Signature": f"t={stamp},v1={signed}"}


def test_what_was_refused_is_listed_with_its_reason_and_counted(who, now):
    refused(now)
    refused(now)

    text = who.read("/admin/callbacks?state=rejected")

    assert "Test payment" in text
    assert "The signature does not fit the shop's secret." in text
    assert kept().repeats == 1
    assert "No callback here" in who.read("/admin/callbacks?state=applied")
    assert "Test payment" in who.read("/admin/callbacks?state=open&source=payments/sandbox")
    assert "No callback here" in who.read("/admin/callbacks?source=logistics/standard")


def test_the_list_goes_on_page_by_page(who, now):
    ids = []
    for number in range(120):
        inbox.keep_rejected(
            "payments/sandbox", "BadSignature", headers={}, body=b"%d" % number, now=now
        )
        ids.append(kept().id)
    address, seen = "/admin/callbacks", []

    for _ in range(3):
        text = who.read(address)
        seen += [each for each in ids if f'/admin/callbacks/{each}"' in text]
        address = text.partition('rel="next" href="')[2].partition('"')[0]

    assert sorted(seen) == ids


def test_a_body_is_shown_escaped_and_only_on_demand_and_that_is_recorded(app, owner, who, now):
    address = f"/admin/callbacks/{refused(now)}"
    assert "alert(" not in who.get(address).get_data(as_text=True)

    for _ in range(2):
        who.post(f"{address}/disclosure")

    text = who.get(address).get_data(as_text=True)
    assert "&lt;script&gt;alert(" in text
    assert "<script>alert(" not in text
    looks = select(func.count()).where(AuditRow.verb == "inbound_event.disclose")
    assert db.session.scalar(looks) == 1
    reader = clerk(app, owner.merchant_id, "rui", Role.READONLY)
    assert reader.post(f"{address}/disclosure").status_code == 403
    assert "13800000012" not in reader.read(address)


def test_a_long_body_is_cut(who, now):
    event = refused(now, body="x" * 20000)
    who.post(f"/admin/callbacks/{event}/disclosure")

    text = who.read(f"/admin/callbacks/{event}")

    assert "x" * 8192 in text
    assert "x" * 8193 not in text
    assert "Cut after 8 KB." in text


def test_a_payment_refused_for_a_wrong_secret_is_taken_in_once_the_secret_is_right(
    app, who, owner, now
):
    order_id = cast.placed(owner, [cast.piece(owner, now)], now)
    body = capture(attempt(order_id, now).reference, now)
    refused(now, body.decode(), **signature(body, now, secret="the-old-secret"))
    address = f"/admin/callbacks/{kept().id}/replay"
    before = contents()

    still_wrong = who.post(address)

    assert still_wrong.status_code == 409
    assert b"still not genuine" in still_wrong.data
    after = contents()
    assert {name for name in after if after[name] != before[name]} == {"audit_row"}


def test_a_genuine_payment_refused_by_mistake_is_applied_once(who, owner, now):
    order_id = cast.placed(owner, [cast.piece(owner, now)], now)
    body = capture(attempt(order_id, now).reference, now)
    event = refused(now, body.decode(), **signature(body, now))

    answers = [who.post(f"/admin/callbacks/{event}/replay").status_code for _ in range(3)]

    assert answers == [303, 303, 303]
    assert kept().state == "applied"
    assert db.session.scalars(select(LedgerEntry.amount)).all() == [129200]


def test_twenty_replays_at_once_book_a_payment_once(who, owner, now):
    order_id = cast.placed(owner, [cast.piece(owner, now)], now)
    body = capture(attempt(order_id, now).reference, now)
    event = refused(now, body.decode(), **signature(body, now))

    answers = who.all_at_once(f"/admin/callbacks/{event}/replay", [{}] * 20)

    assert answers == [303] * 20
    assert db.session.scalars(select(LedgerEntry.amount)).all() == [129200]


def test_a_parcel_nobody_knew_is_matched_by_playing_again(who, owner, now):
    event = TrackingEvent("shunfeng", "SF900", now, TrackingStatus.DELIVERED, text="signed")
    call = standard_callback(settings().standard_carrier_secret, "msg_1", [event], now=now)
    carriers.receive("standard", headers=call.headers, body=call.body, now=now)
    carriers.apply(kept().id, now=now)
    assert kept().state == "unmatched"
    order_id = paid_order(owner, now)
    units = {lines_of(order_id)[0].id: 1}
    ship(order_id, NewParcel(units, "shunfeng", "SF900", "k" * 20), actor=owner.staff(), now=now)

    for _ in range(2):
        assert who.post(f"/admin/callbacks/{kept().id}/replay").status_code == 303

    assert kept().state == "applied"
    assert db.session.scalars(select(Parcel.state)).all() == ["delivered"]
    assert db.session.scalar(select(func.count()).select_from(ParcelEvent)) == 1


def test_what_was_forgotten_is_not_played_again(who, owner, now, clock):
    order_id = cast.placed(owner, [cast.piece(owner, now)], now)
    body = capture(attempt(order_id, now).reference, now)
    event = refused(now, body.decode(), **signature(body, now))
    who.post(f"/admin/callbacks/{event}/replay")
    clock.advance(days=185)
    assert forget_bodies() == 1

    answer = who.post(f"/admin/callbacks/{event}/replay")

    assert answer.status_code == 409
    assert "forgotten half a year after" in answer.text
    assert "Headers" not in answer.text
    assert kept().state == "applied"
    assert "Play again" not in who.get(f"/admin/callbacks/{event}").text


def test_a_sender_that_is_not_set_up_any_more_says_so(who, now):
    inbox.store("logistics/owls", "owl-1", headers={}, body=b"{}", now=now)

    response = who.post(f"/admin/callbacks/{kept().id}/replay")

    assert response.status_code == 409
    assert b"not set up at present" in response.data


def test_a_task_the_worker_gave_up_is_listed_and_begun_anew_once(who, owner, now, monkeypatch):
    subscription = facts.on(OrderChanged, lambda _fact: None)
    monkeypatch.setitem(facts.registry._after, OrderChanged.name, [subscription])
    with transaction():
        facts.publish(OrderChanged(1, now))
    with transaction():
        delivery = db.session.scalars(select(OutboxDelivery)).one()
        delivery.state, delivery.attempts, delivery.last_error = DeliveryState.DEAD, 12, "KeyError"
    delivery_id = delivery.id
    text = who.read("/admin/callbacks")
    assert all(word in text for word in ("orders.changed.v1", "KeyError"))

    for _ in range(2):
        assert who.post(f"/admin/deliveries/{delivery_id}/replay").status_code == 303

    db.session.rollback()
    again = db.session.get_one(OutboxDelivery, delivery_id, populate_existing=True)
    assert (again.state, again.attempts) == (DeliveryState.PENDING, 0)
    assert "KeyError" not in who.read("/admin/callbacks")
    assert outbox.claim(10, now=now)

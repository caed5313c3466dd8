"""The page of one order: what it shows and masks, and what can be done there."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.catalog.models import Stock
from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.commands.parcels import NewParcel, ship, take_in
from app.notifications.models import Message
from app.orders.models import Order, OrderEvent
from app.orders.queries import for_mail
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.shop.models import Role
from tests import cast
from tests.admin.counter import (
    HTMX,
    clerk,
    contents,
    counted_queries,
    lines_of,
    paid_order,
    settle_in_full,
)
from tests.admin.every_order import code_of, one_of_each

pytestmark = pytest.mark.usefixtures("app")
NAME, PHONE, STREET = "Ada Test", "13800000012", "测试路1号"


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def every_kind(now):
    return one_of_each(now)


def test_an_order_costs_the_same_however_many_lines_it_has(app, now):
    owner = cast.house(now)
    who = clerk(app, owner.merchant_id, "cleo")
    counts = []
    for lines in (1, 4):
        order_id = cast.placed(owner, [cast.piece(owner, now) for _ in range(lines)], now)
        settle_in_full(order_id, now)
        with counted_queries() as statements:
            who.read(f"/admin/orders/{order_id}")
        counts.append(len(statements))

    assert counts[0] == counts[1] <= 24


def test_a_page_that_looks_again_gets_nothing_while_nothing_changed(app, every_kind):
    owner, orders = every_kind
    who = clerk(app, owner.merchant_id, "cleo")
    address = f"/admin/orders/{orders['to_ship']}"
    first = who.get(address, headers=HTMX)

    again = who.get(address, headers={**HTMX, "If-None-Match": first.headers["ETag"]})
    who.post(f"{address}/notes", {"text": "a new line"})
    changed = who.get(address, headers={**HTMX, "If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert changed.status_code == 200
    assert b"a new line" in changed.data


def test_what_the_shop_asked_for_and_holds_adds_up(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now, units=2, price=10050, fee=1200)

    text = clerk(app, owner.merchant_id, "cleo").read(f"/admin/orders/{order_id}")

    for amount in ("¥201", "¥12", "¥213"):
        assert amount in text


def test_whose_order_it_is_stays_masked_until_somebody_asks_and_that_is_recorded_once(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    packer = clerk(app, owner.merchant_id, "dora", Role.FULFILMENT)
    address = f"/admin/orders/{order_id}"
    masked = packer.read(address)
    assert not [text for text in (NAME, PHONE, STREET, "ada@example.org") if text in masked]
    assert "138****0012" in masked

    for _ in range(2):
        packer.post(f"{address}/disclosure")

    shown = packer.read(address)
    assert all(text in shown for text in (NAME, PHONE, STREET, "ada@example.org"))
    looks = select(func.count()).where(AuditRow.verb == "order.disclose")
    assert db.session.scalar(looks) == 1


def test_a_role_that_may_not_see_people_never_does(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    reader = clerk(app, owner.merchant_id, "rui", Role.READONLY)

    assert reader.post(f"/admin/orders/{order_id}/disclosure").status_code == 403

    pages = [
        reader.read(path)
        for path in ("/admin/", "/admin/orders?view=all", f"/admin/orders/{order_id}")
    ]
    assert not [
        text
        for text in (NAME, PHONE, STREET, "ada@example.org")
        if any(text in page for page in pages)
    ]


def test_cancelling_frees_the_goods_once(app, now):
    owner = cast.house(now)
    variant = cast.piece(owner, now)
    order_id = cast.placed(owner, [variant], now)
    who = clerk(app, owner.merchant_id, "cleo")
    assert f"Cancel order {code_of(order_id)}" in who.read(f"/admin/orders/{order_id}/cancellation")

    answers = [who.post(f"/admin/orders/{order_id}/cancellation").status_code for _ in range(2)]

    assert answers == [303, 303]
    assert db.session.scalar(select(Stock.held).where(Stock.variant_id == variant)) == 0
    told = select(func.count()).where(
        OrderEvent.order_id == order_id, OrderEvent.kind == "cancelled"
    )
    assert db.session.scalar(told) == 1


def test_a_paid_order_is_not_cancelled_and_the_page_says_so(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    response = who.post(f"/admin/orders/{order_id}/cancellation", htmx=True)

    assert response.status_code == 409
    assert b"moved on" in response.data
    assert b'id="order"' in response.data
    assert contents() == before


def test_notes_and_lines_for_the_buyer_are_kept_apart(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")

    who.post(f"/admin/orders/{order_id}/notes", {"text": "wraps it in blue"})
    who.post(f"/admin/orders/{order_id}/messages", {"text": "it leaves on Friday"})

    public = [event.facts.get("text") for event in for_mail(order_id).events]
    assert "it leaves on Friday" in public
    assert "wraps it in blue" not in public
    text = who.read(f"/admin/orders/{order_id}")
    assert "wraps it in blue" in text
    assert "team only" in text


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001])
def test_a_note_that_says_nothing_or_too_much_is_refused_beside_the_order(app, now, text):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    response = who.post(f"/admin/orders/{order_id}/notes", {"text": text})

    assert response.status_code == 422
    assert b"Please write up to 1000 characters." in response.data
    assert contents() == before


def test_the_link_goes_out_once_however_often_somebody_asks(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    who = clerk(app, owner.merchant_id, "cleo")

    for _ in range(3):
        assert who.post(f"/admin/orders/{order_id}/link").status_code == 303
    while drain():
        pass

    sent = select(func.count()).where(Message.kind == "orders.link")
    assert db.session.scalar(sent) == 1


def test_somebody_has_looked_at_a_parcel_in_trouble(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now)
    line = lines_of(order_id)[0]
    ship(
        order_id, NewParcel({line.id: 1}, "shunfeng", "SF1", "k" * 20), actor=owner.staff(), now=now
    )
    take_in(
        [TrackingEvent("shunfeng", "SF1", now, TrackingStatus.EXCEPTION)],
        inbound_event_id=None,
        now=now,
    )
    who = clerk(app, owner.merchant_id, "cleo")
    assert "I have looked at it" in who.read(f"/admin/orders/{order_id}")

    response = who.post(f"/admin/orders/{order_id}/attention", htmx=True)

    assert response.status_code == 200
    assert "I have looked at it" not in response.get_data(as_text=True)
    assert '"toast"' in response.headers["HX-Trigger"]


def test_money_in_question_is_not_waved_away(app, now):
    owner = cast.house(now)
    order_id = cast.placed(owner, [cast.piece(owner, now)], now)
    settle_in_full(order_id, now, amount=5)
    who = clerk(app, owner.merchant_id, "cleo")

    assert who.post(f"/admin/orders/{order_id}/attention").status_code == 409

    assert db.session.scalar(select(Order.attention).where(Order.id == order_id)) == "wrong_amount"


def test_the_next_step_is_the_only_main_button(app, every_kind):
    owner, orders = every_kind
    who = clerk(app, owner.merchant_id, "cleo")
    expected = {
        "to_ship": "Ship",
        "lay_out": "It is ready to collect",
        "ready": "Hand over",
        "wrong": "Decide about the payment",
    }

    for name, label in expected.items():
        text = who.read(f"/admin/orders/{orders[name]}")
        assert text.count("btn-primary") == 1, name
        assert f">{label}<" in text, name
    for name in ("to_pay", "under_way"):
        assert "btn-primary" not in who.read(f"/admin/orders/{orders[name]}"), name


def test_goods_are_laid_out_once(app, now):
    owner = cast.house(now)
    order_id = paid_order(owner, now, method="pickup", fee=0)
    who = clerk(app, owner.merchant_id, "dora", Role.FULFILMENT)

    for _ in range(2):
        assert who.post(f"/admin/orders/{order_id}/readiness").status_code == 303

    told = select(func.count()).where(OrderEvent.kind == "ready_for_pickup")
    assert db.session.scalar(told) == 1

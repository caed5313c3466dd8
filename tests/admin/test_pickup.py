"""Hand over in the store: by code or by the buyer's link, once, and only what is ready."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.orders.commands import cancel, fulfil
from app.orders.models import Order, OrderDelivery, OrderEvent
from app.orders.queries import token_by_id
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.transaction import transaction
from app.shop.commands import NewLocation, create_location
from app.shop.models import LocationKind, Role
from tests import cast
from tests.admin.counter import clerk, contents, lines_of, paid_order

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def now(clock):
    return clock.now


@pytest.fixture
def waiting(app, now):
    """An order laid out in the store, and somebody at its counter."""
    owner = cast.house(now)
    order_id = paid_order(owner, now, units=2, method="pickup", fee=0)
    fulfil.make_ready(order_id, actor=owner.staff(), now=now)
    return owner, order_id, clerk(app, owner.merchant_id, "dora", Role.FULFILMENT)


def code_of(order_id: int) -> str:
    delivery = select(OrderDelivery).where(OrderDelivery.order_id == order_id)
    code = db.session.scalars(delivery).one().pickup_code
    assert code is not None
    return code


def headline(order_id: int) -> str:
    db.session.rollback()
    return db.session.scalars(select(Order.headline).where(Order.id == order_id)).one()


@pytest.mark.parametrize("spelling", ["{}", " {} ", "{0[0]}{0[1]}{0[2]} {0[3]}{0[4]}{0[5]}"])
def test_the_code_leads_to_the_order_however_it_is_typed(waiting, spelling):
    _owner, order_id, who = waiting

    response = who.post("/admin/pickup", {"code": spelling.format(code_of(order_id))})

    assert response.headers["Location"] == f"/admin/pickup/orders/{order_id}"
    page = who.read(f"/admin/pickup/orders/{order_id}")
    assert "Hand it over" in page
    assert "A**" in page
    assert "Ada Test" not in page


def test_the_buyers_link_leads_to_the_order(waiting):
    _owner, order_id, who = waiting

    response = who.get(f"/admin/pickup/{token_by_id(order_id)}")

    assert response.headers["Location"] == f"/admin/pickup/orders/{order_id}"
    assert who.get(f"/admin/pickup/{cast.forged(token_by_id(order_id))}").status_code == 404
    assert who.get("/admin/pickup/NONSENSE").status_code == 404


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("", "The code has six digits."),
        ("12345", "The code has six digits."),
        ("1234567", "The code has six digits."),
        ("abcdef", "The code has six digits."),
        ("<script>", "The code has six digits."),
        ("9" * 500, "The code has six digits."),
    ],
)
def test_what_is_no_code_says_so(waiting, code, said):
    _owner, _order_id, who = waiting

    response = who.post("/admin/pickup", {"code": code})

    assert response.status_code == 422
    assert said in response.get_data(as_text=True)


def test_a_code_of_another_merchants_store_is_unknown(app, waiting, now):
    _owner, order_id, _who = waiting
    other = cast.house(now, "north", is_house=False)
    nora = clerk(app, other.merchant_id, "nora")

    response = nora.post("/admin/pickup", {"code": code_of(order_id)})

    assert response.status_code == 422
    assert b"No order waits under this code" in response.data
    led = nora.get(f"/admin/pickup/{token_by_id(order_id)}").headers["Location"]
    assert nora.get(led).status_code == 404


def test_goods_are_handed_over_once(waiting):
    _owner, order_id, who = waiting

    answers = [who.post(f"/admin/pickup/orders/{order_id}").status_code for _ in range(3)]

    assert answers == [303, 303, 303]
    assert headline(order_id) == "picked_up"
    told = select(func.count()).where(OrderEvent.kind == "picked_up")
    assert db.session.scalar(told) == 1
    page = who.read(f"/admin/pickup/orders/{order_id}")
    assert "Collected already" in page
    assert ">Handed over</button>" not in page


def test_whoever_hands_over_is_told_so_and_the_next_is_warned(waiting, clock):
    _owner, order_id, who = waiting

    led = who.post(f"/admin/pickup/orders/{order_id}").headers["Location"]
    at_once = who.read(led)
    clock.advance(minutes=2)
    later = who.read(led)

    assert "Collected already" not in at_once
    assert "It is noted; the order is closed." in at_once
    assert "Collected already" in later


def test_twenty_taps_at_once_hand_over_once(waiting):
    _owner, order_id, who = waiting

    answers = who.all_at_once(f"/admin/pickup/orders/{order_id}", [{}] * 20)

    assert answers == [303] * 20
    assert db.session.scalar(select(func.count()).where(OrderEvent.kind == "picked_up")) == 1


def test_the_screen_says_at_a_glance_why_nothing_is_handed_over(app, waiting, now):
    owner, ready, who = waiting
    staff = owner.staff()
    refunded = paid_order(owner, now, method="pickup", fee=0)
    fulfil.make_ready(refunded, actor=staff, now=now)
    everything = cancel.RefundRequest(cancel={lines_of(refunded)[0].id: 1})
    cancel.refund(refunded, everything, actor=staff, idempotency_key="back" * 4, now=now)
    unpaid = cast.placed(owner, [cast.piece(owner, now)], now, method="pickup", fee=0)
    expected = {
        paid_order(owner, now, method="pickup", fee=0): "Not laid out yet",
        unpaid: "Not paid",
        refunded: "Cancelled",
        paid_order(owner, now): "Goes by post",
    }
    before = contents()

    for order_id, said in expected.items():
        page = who.read(f"/admin/pickup/orders/{order_id}")
        assert f"<h1>{said}</h1>" in page
        assert ">Handed over</button>" not in page
        assert who.post(f"/admin/pickup/orders/{order_id}").status_code in {404, 409}
    assert contents() == before
    assert "<h1>Hand it over</h1>" in who.read(f"/admin/pickup/orders/{ready}")


def test_goods_of_another_store_are_not_here(waiting, now):
    owner, order_id, who = waiting
    elsewhere = create_location(
        owner.merchant_id,
        NewLocation("east", LocationKind.STORE, {"en": "East"}, {"en": "E"}, offers_pickup=True),
        actor=SYSTEM,
        now=now,
    )
    code = code_of(order_id)

    who.post("/admin/pickup", {"code": code, "store": str(elsewhere)})
    page = who.read(f"/admin/pickup/orders/{order_id}")
    assert "<h1>Another store</h1>" in page
    assert "These goods lie in Test Store." in page
    assert ">Handed over</button>" not in page

    who.post("/admin/pickup", {"code": code, "store": ""})
    assert "<h1>Hand it over</h1>" in who.read(f"/admin/pickup/orders/{order_id}")


def test_what_was_paid_back_in_part_stands_in_red(waiting, now):
    owner, order_id, who = waiting
    one = cancel.RefundRequest(cancel={lines_of(order_id)[0].id: 1})
    cancel.refund(order_id, one, actor=owner.staff(), idempotency_key="part" * 4, now=now)

    page = who.read(f"/admin/pickup/orders/{order_id}")

    assert "1 taken off" in page
    assert "<h1>Hand it over</h1>" in page
    assert "Hand over only what is listed." in page


def test_one_code_for_two_orders_asks_for_the_name(app, waiting, now):
    owner, order_id, who = waiting
    second = paid_order(owner, now, method="pickup", fee=0)
    fulfil.make_ready(second, actor=owner.staff(), now=now)
    with transaction():
        delivery = db.session.scalars(
            select(OrderDelivery).where(OrderDelivery.order_id == second)
        ).one()
        delivery.pickup_code = code_of(order_id)

    response = who.post("/admin/pickup", {"code": code_of(order_id)})

    text = response.get_data(as_text=True)
    assert response.status_code == 200
    assert all(f"/admin/pickup/orders/{each}" in text for each in (order_id, second))

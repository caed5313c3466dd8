"""Money that arrives: once, late, twice, or not as asked."""

from __future__ import annotations

from datetime import datetime
from itertools import permutations

import pytest
from sqlalchemy import func, select

from app.catalog.models import Hold, HoldState, Stock, StockMovement
from app.orders import queries
from app.orders.commands import cancel, pay, question
from app.orders.commands.settle import settle, settle_nothing, settle_refund
from app.orders.models import LedgerEntry, OrderEvent
from app.payments.gateways.base import PaymentState, RefundReport
from app.payments.gateways.base import RefundState as ReportedRefund
from app.payments.models import Payment, Refund
from app.platform.actor import GUEST, SYSTEM
from app.platform.db import db
from tests.cast import captured, house, piece, placed
from tests.conftest import StoppedClock

pytestmark = pytest.mark.usefixtures("app")
TOTAL = 129200


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


def attempt(order_id: int, now, gateway: str = "sandbox") -> str:
    payment_id = pay.open_attempt(order_id, gateway, actor=GUEST, now=now)
    return db.session.get_one(Payment, payment_id).reference


def standing(order_id: int) -> str:
    return queries.for_mail(order_id).order.headline


def on_hand(variant_id: int) -> tuple[int, int]:
    row = db.session.execute(
        select(Stock.on_hand, Stock.held).where(Stock.variant_id == variant_id)
    ).one()
    return row.on_hand, row.held


def ledger(order_id: int) -> list[int]:
    return list(
        db.session.scalars(select(LedgerEntry.amount).where(LedgerEntry.order_id == order_id))
    )


def test_a_payment_makes_the_goods_the_buyers(now):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now)
    reference = attempt(order_id, now)

    settle(captured(reference, TOTAL, now), now=now)

    assert standing(order_id) == "to_ship"
    assert on_hand(variant) == (0, 0)
    assert ledger(order_id) == [TOTAL]


def test_the_same_payment_reported_five_times_changes_nothing_more(now):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now)
    reference = attempt(order_id, now)

    for _ in range(5):
        settle(captured(reference, TOTAL, now), now=now)

    assert ledger(order_id) == [TOTAL]
    told = select(OrderEvent.kind).where(OrderEvent.order_id == order_id)
    kinds = list(db.session.scalars(told))
    assert (kinds.count("paid"), kinds.count("payment_returned")) == (1, 0)
    assert db.session.scalar(select(func.count()).select_from(Refund)) == 0


@pytest.mark.parametrize("order", list(permutations(["pending", "captured", "failed"])))
def test_reports_in_any_order_end_paid(now, order):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now)
    reference = attempt(order_id, now)

    for word in order:
        settle(captured(reference, TOTAL, now, state=PaymentState(word)), now=now)

    assert standing(order_id) == "to_ship"
    assert ledger(order_id) == [TOTAL]


def test_an_order_that_costs_nothing_is_paid_once_without_money(now):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now, price=0, fee=0)

    for _ in range(2):
        settle_nothing(order_id, actor=GUEST, now=now)

    assert standing(order_id) == "to_ship"
    assert on_hand(variant) == (0, 0)
    assert ledger(order_id) == []


def test_an_order_that_costs_something_is_not_paid_by_nothing(now):
    owner = house(now)
    order_id = placed(owner, [piece(owner, now)], now)

    settle_nothing(order_id, actor=GUEST, now=now)

    assert standing(order_id) == "awaiting_payment"


def test_a_second_payment_of_a_paid_order_goes_back_once(now):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now)
    first, second = attempt(order_id, now), attempt(order_id, now, "bank_transfer")
    settle(captured(first, TOTAL, now), now=now)

    for _ in range(3):
        settle(captured(second, TOTAL, now, gateway="bank_transfer"), now=now)

    refunds = db.session.scalars(select(Refund)).all()
    assert [(refund.purpose, refund.amount) for refund in refunds] == [("duplicate", TOTAL)]
    assert standing(order_id) == "to_ship"


@pytest.mark.parametrize("amount", [1, TOTAL - 1, TOTAL + 1])
def test_a_wrong_amount_waits_for_a_person(now, amount):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now)
    reference = attempt(order_id, now)

    settle(captured(reference, amount, now), now=now)

    view = queries.for_mail(order_id)
    assert (view.order.headline, view.order.attention) == ("awaiting_payment", "wrong_amount")
    assert ledger(order_id) == [amount]


def test_staff_send_a_wrong_amount_back_whole(now):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now)
    settle(captured(attempt(order_id, now), 1, now), now=now)

    question.return_questioned(order_id, actor=owner.staff(), now=now)

    assert db.session.scalars(select(Refund.amount)).all() == [1]


def test_a_payment_for_a_closed_order_brings_it_back_while_the_goods_are_there(now, clock):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now)
    reference = attempt(order_id, now)
    cancel.cancel_unpaid(order_id, actor=SYSTEM, cause="buyer", now=now)
    assert on_hand(variant) == (1, 0)

    settle(captured(reference, TOTAL, now), now=now)

    assert standing(order_id) == "to_ship"
    assert on_hand(variant) == (0, 0)


def test_a_late_payment_for_goods_that_are_gone_goes_back_once(now, clock):
    owner = house(now)
    variant = piece(owner, now)
    late = placed(owner, [variant], now)
    reference = attempt(late, now)
    clock.advance(hours=1)
    quick = placed(owner, [variant], clock.now)
    settle(captured(attempt(quick, clock.now), TOTAL, clock.now), now=clock.now)

    for _ in range(2):
        settle(captured(reference, TOTAL, clock.now), now=clock.now)

    refunds = db.session.scalars(select(Refund)).all()
    assert [(refund.subject, refund.purpose, refund.amount) for refund in refunds] == [
        (late, "late", TOTAL)
    ]
    assert (standing(quick), standing(late)) == ("to_ship", "cancelled")
    assert on_hand(variant) == (0, 0)


def test_a_refund_that_came_through_closes_the_books(now):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now)
    settle(captured(attempt(order_id, now), TOTAL, now), now=now)
    line_id = queries.for_mail(order_id).lines[0].id
    request = cancel.RefundRequest(cancel={line_id: 1}, shipping=1200)

    cancel.refund(order_id, request, actor=owner.staff(), idempotency_key="once", now=now)
    cancel.refund(order_id, request, actor=owner.staff(), idempotency_key="once", now=now)
    (refund,) = db.session.scalars(select(Refund)).all()
    report = RefundReport(
        "sandbox",
        refund.reference,
        "re_1",
        None,
        "txn_re_1",
        ReportedRefund.SUCCEEDED,
        refund.amount,
        "CNY",
        "vitrine-test",
        now,
    )
    settle_refund(report, now=now)
    settle_refund(report, now=now)

    assert ledger(order_id) == [TOTAL, -TOTAL]
    assert standing(order_id) == "refunded"
    assert on_hand(variant) == (1, 0)
    moved = db.session.scalars(select(StockMovement.change).order_by(StockMovement.id)).all()
    assert moved == [1, -1, 1]


def test_no_live_hold_is_left_behind(now):
    owner = house(now)
    variant = piece(owner, now)
    order_id = placed(owner, [variant], now)
    settle(captured(attempt(order_id, now), TOTAL, now), now=now)

    states = db.session.scalars(select(Hold.state)).all()

    assert states == [HoldState.TAKEN]

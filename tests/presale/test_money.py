"""Who paid what gets exactly that back, whatever was taken off before."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import func, select

from app.orders.commands import cancel, pay, question
from app.orders.commands.cancel import RefundRequest
from app.orders.commands.settle import settle
from app.orders.errors import RefundAboveLimit
from app.orders.ledger import refunded_by_line, sums
from app.orders.models import OrderEvent, OrderLine, OrderRefund
from app.payments.models import Refund
from app.platform.actor import GUEST
from app.platform.db import db
from app.presale.commands import balances, clockwork, leaving, lifecycle, production
from app.presale.commands.paying_back import pay_back
from app.presale.models import BalanceUnpaid, Commitment, DepositKind
from tests.cast import captured, house
from tests.conftest import StoppedClock
from tests.presale import cast, stages

pytestmark = pytest.mark.usefixtures("app")
FEE = 1200


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


def paid_back(order_id: int) -> int:
    db.session.rollback()
    decided = select(func.coalesce(func.sum(OrderRefund.amount), 0))
    return int(db.session.scalar(decided.where(OrderRefund.order_id == order_id)) or 0)


def line_of(order_id: int) -> int:
    db.session.rollback()
    return db.session.scalars(select(OrderLine.id).where(OrderLine.order_id == order_id)).one()


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Commitment.state).order_by(Commitment.id)))


def asked_for_two_of_three(owner, sku, clock, now) -> int:
    """An order of three, of which one was taken off before its balance was asked for."""
    order_id = cast.confirmed(owner, {sku.id: 3}, now)
    stages.arriving(clock, owner, sku.campaign_id)
    cancel.take_off_units(
        order_id, {line_of(order_id): 1}, cause="short_supplied", idempotency_key="cut", now=now
    )
    balances.open_balance(sku.campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()
    return order_id


def test_units_cut_before_the_balance_are_not_paid_back_twice_nor_the_others_too_little(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now, variants=cast.shirt(owner, now, ("M",)))
    (sku,) = cast.skus(campaign.id)
    order_id = asked_for_two_of_three(owner, sku, clock, now)
    cast.paid(order_id, clock.now)

    lifecycle.cancel(campaign.id, reason="The dyer closed.", actor=owner.staff(), now=clock.now)
    clockwork.advance()

    came, _back = sums(order_id)
    assert came == 3 * cast.DEPOSIT + 2 * (cast.PRICE - cast.DEPOSIT) + FEE
    assert paid_back(order_id) == came


def test_what_was_paid_back_before_keeps_nobody_from_being_let_go(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    orders = [cast.confirmed(owner, {medium.id: 1}, now) for _ in range(2)]
    everything = RefundRequest(line_amounts={line_of(orders[0]): cast.DEPOSIT}, shipping=FEE)
    cancel.refund(orders[0], everything, actor=owner.staff(), idempotency_key="good will", now=now)

    lifecycle.cancel(campaign.id, reason="The mill burnt down.", actor=owner.staff(), now=now)
    clockwork.advance()

    assert [paid_back(order_id) for order_id in orders] == [cast.DEPOSIT + FEE] * 2
    assert states() == ["cancelled", "cancelled"]
    assert cast.skus(campaign.id)[0].committed == 0


def test_who_was_paid_back_in_full_before_counts_as_refunded_at_once(clock, now):
    from tests.presale.test_flow import money_arrives_back

    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 1}, now)
    everything = RefundRequest(line_amounts={line_of(order_id): cast.DEPOSIT}, shipping=FEE)
    cancel.refund(order_id, everything, actor=owner.staff(), idempotency_key="good will", now=now)
    money_arrives_back(now)

    lifecycle.cancel(campaign.id, reason="The mill burnt down.", actor=owner.staff(), now=now)
    clockwork.advance()

    assert states() == ["refunded"]
    assert cast.fresh(campaign.id).state == "refunded"


def test_an_order_accepted_with_less_gives_back_what_came(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.joined(owner, {medium.id: 1}, now)
    payment = cast.attempt(order_id, now)
    settle(captured(payment.reference, 5000, now), now=now)
    question.accept_questioned(order_id, actor=owner.staff(), now=now)
    assert states() == ["confirmed"]

    lifecycle.cancel(campaign.id, reason="The mill burnt down.", actor=owner.staff(), now=now)
    clockwork.advance()

    assert paid_back(order_id) == 5000


def test_a_lost_deposit_does_not_take_the_delivery_with_it(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, deposit_kind=DepositKind.EARNEST, balance_unpaid=BalanceUnpaid.FORFEIT,
        sku={"cap": 10, "deposit": 5000},
    )  # fmt: skip
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    stages.balance_open(clock, owner, campaign.id)

    clock.advance(hours=72)
    for _ in range(2):
        clockwork.advance()

    assert paid_back(order_id) == FEE
    assert refunded_by_line(order_id) == {}
    with pytest.raises(RefundAboveLimit):
        cancel.refund(
            order_id, RefundRequest(shipping=FEE), actor=owner.staff(), idempotency_key="twice",
            now=clock.now,
        )  # fmt: skip


def test_units_staff_takes_off_are_owed_no_more(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 4}, now)
    one = RefundRequest(cancel={line_of(order_id): 1})
    cancel.refund(order_id, one, actor=owner.staff(), idempotency_key="one less", now=now)

    stages.closed(clock)
    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)

    sku = cast.skus(campaign.id)[0]
    assert (sku.committed, sku.ordered, sku.cap) == (3, 3, 10)


def test_units_that_are_lost_leave_no_place_behind(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 4}, now)
    lost = RefundRequest(cancel={line_of(order_id): 1}, restock=False)

    cancel.refund(order_id, lost, actor=owner.staff(), idempotency_key="lost", now=now)

    sku = cast.skus(campaign.id)[0]
    assert (sku.committed, sku.cap) == (3, 9)


def test_an_unanswered_request_keeps_no_balance_from_ending(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, deposit_kind=DepositKind.EARNEST, balance_unpaid=BalanceUnpaid.FORFEIT,
        sku={"cap": 10, "deposit": 5000},
    )  # fmt: skip
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    stages.balance_open(clock, owner, campaign.id)
    leaving.leave(cast.participation(order_id), now=clock.now)
    assert states() == ["cancel_requested"]

    clock.advance(hours=72)
    for _ in range(2):
        clockwork.advance()

    assert states() == ["forfeited"]
    assert cast.fresh(campaign.id).state == "balance_closed"


def test_a_waived_balance_stays_waived_when_a_request_is_refused(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    stages.balance_open(clock, owner, campaign.id)
    mine = cast.participation(order_id)
    balances.waive(mine, actor=owner.staff(), now=clock.now)

    leaving.leave(mine, now=clock.now)
    assert states() == ["cancel_requested"]
    leaving.refuse(mine, actor=owner.staff(), now=clock.now)

    assert states() == ["waived"]


def test_a_balance_that_is_paid_in_two_ways_is_settled_once_and_the_other_goes_back(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    stages.balance_open(clock, owner, campaign.id)
    page = cast.attempt(order_id, clock.now)
    transfer = pay.open_attempt(order_id, pay.TRANSFER, actor=GUEST, now=clock.now)

    settle(captured(page.reference, page.amount, clock.now), now=clock.now)
    question.confirm_transfer(
        transfer, amount=page.amount, transaction_id="bank-1", actor=owner.staff(), now=clock.now
    )

    db.session.rollback()
    back = db.session.scalars(select(Refund)).all()
    assert [(refund.payment_id, refund.amount) for refund in back] == [
        (transfer, 3 * (cast.PRICE - cast.DEPOSIT))
    ]


def test_who_is_paid_back_again_gets_nothing_more(now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 2}, now)

    for _ in range(3):
        pay_back(cast.participation(order_id), cause="threshold_missed", now=now)

    assert paid_back(order_id) == 2 * cast.DEPOSIT + FEE
    assert len(db.session.scalars(select(Refund.id)).all()) == 1


def test_what_is_waived_is_what_was_asked_for(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = asked_for_two_of_three(owner, medium, clock, now)
    asked = cast.balance_of(order_id).amount

    balances.waive(cast.participation(order_id), actor=owner.staff(), now=clock.now)

    told = select(OrderEvent.facts).where(OrderEvent.kind == "balance_waived")
    assert asked == 2 * (cast.PRICE - cast.DEPOSIT)
    assert [facts["amount"] for facts in db.session.scalars(told)] == [asked]

"""Goods are handed on only when they are there, paid for, and still wanted."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.orders.commands import fulfil, pay
from app.orders.commands.settle import settle
from app.orders.locks import lines_of
from app.payments.models import Refund
from app.platform.actor import GUEST
from app.platform.db import db
from app.presale.commands import clockwork, leaving, production, waiting
from app.presale.commands.waiting import NewWish
from app.presale.errors import NotNow
from app.presale.models import (
    Commitment,
    PaymentMode,
    ShortagePolicy,
    ShortageSplit,
    SupplyMode,
    WaitingEntry,
)
from tests.cast import captured, house
from tests.conftest import StoppedClock
from tests.presale import cast, stages

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


def states() -> list[str]:
    db.session.rollback()
    return list(db.session.scalars(select(Commitment.state).order_by(Commitment.id)))


def test_a_deposit_alone_gets_no_goods(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    stages.arriving(clock, owner, campaign.id)

    with pytest.raises(NotNow):
        production.start_fulfilling(campaign.id, actor=owner.staff(), now=clock.now)
    fulfil.make_available(order_id, campaign.subject, now=clock.now)

    assert states() == ["confirmed"]
    assert cast.order(order_id).headline == "promised"


def test_a_deposit_that_comes_when_balances_are_closed_goes_back(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 3}, now)
    slow = cast.joined(owner, {medium.id: 1}, now)
    payment = cast.attempt(slow, now)
    clock.advance(minutes=31)
    pay._close(slow, now=clock.now)
    stages.balance_open(clock, owner, campaign.id)
    clock.advance(hours=72)
    for _ in range(2):
        clockwork.advance()
    assert cast.fresh(campaign.id).state == "balance_closed"

    settle(captured(payment.reference, payment.amount, clock.now), now=clock.now)

    back = db.session.scalars(select(Refund).where(Refund.purpose == "late")).one()
    assert back.amount == payment.amount
    assert states()[-1] == "hold_expired"


def test_goods_of_somebody_who_asked_to_leave_can_be_sent(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now, payment_mode=PaymentMode.FULL)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    stages.arriving(clock, owner, campaign.id)
    leaving.leave(cast.participation(order_id), now=clock.now)
    production.start_fulfilling(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()
    assert states() == ["cancel_requested"]
    (line,) = lines_of(order_id, owner.staff())

    fulfil.mark_shipped(order_id, {line.id: 3}, actor=owner.staff(), now=clock.now)

    assert states() == ["shipped"]


def test_a_refused_request_counts_when_goods_are_too_few(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now, payment_mode=PaymentMode.FULL)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    stages.closed(clock)
    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)
    leaving.leave(cast.participation(order_id), now=clock.now)
    production.mark_arriving(campaign.id, actor=owner.staff(), now=clock.now)

    short = production.split_shortage(campaign.id, actor=owner.staff(), now=clock.now)

    assert short == {medium.id: 3}


def test_a_second_tap_on_split_does_not_split_again(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, shortage_policy=ShortagePolicy.LOTTERY, payment_mode=PaymentMode.FULL,
        variants=cast.shirt(owner, now, ("M",)),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    for units in (2, 2, 1):
        cast.confirmed(owner, {sku.id: units}, now)
    stages.arriving(clock, owner, campaign.id, passed=2)

    first = production.split_shortage(campaign.id, actor=owner.staff(), now=clock.now)
    again = production.split_shortage(campaign.id, actor=owner.staff(), now=clock.now)
    for _ in range(2):
        clockwork.advance()

    rows = db.session.scalars(select(Commitment)).all()
    assert (first, again) == ({sku.id: 3}, {})
    assert len(db.session.scalars(select(ShortageSplit)).all()) == 1
    assert sum(row.quantity - row.cut for row in rows) == 2
    assert cast.skus(campaign.id)[0].committed == 2


def test_goods_that_never_came_are_offered_to_nobody(clock, now):
    owner = house(now)
    campaign = cast.campaign(
        owner, now, sku={"cap": 4}, supply_mode=SupplyMode.MADE_TO_ORDER,
        payment_mode=PaymentMode.FULL, variants=cast.shirt(owner, now, ("M",)),
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    for _ in range(2):
        cast.confirmed(owner, {sku.id: 2}, now)
    new = NewWish(sku.id, 1, "ada@example.org", "en", "Ada")
    waiting.wish(campaign.id, new, actor=GUEST, now=now)
    stages.arriving(clock, owner, campaign.id, passed=3)

    production.split_shortage(campaign.id, actor=owner.staff(), now=clock.now)
    for _ in range(2):
        clockwork.advance()

    entry = db.session.scalars(select(WaitingEntry)).one()
    row = cast.skus(campaign.id)[0]
    assert entry.state == "waiting"
    assert (row.committed, row.held, row.cap) == (3, 0, 3)

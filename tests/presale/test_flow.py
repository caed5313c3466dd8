"""A whole campaign, from publishing to the last parcel, on either database."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.orders import queries as orders
from app.orders.commands import fulfil
from app.orders.commands.settle import settle_refund
from app.orders.ledger import sums
from app.payments.gateways.base import RefundReport
from app.payments.gateways.base import RefundState as Reported
from app.payments.models import Payment, Refund
from app.platform.actor import Actor
from app.platform.db import db
from app.presale.commands import balances, clockwork, production
from app.presale.commands.production import Count
from app.presale.errors import CampaignFull
from app.presale.models import CampaignSku, Commitment, Participation, Stage
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


def states(campaign_id: int) -> list[str]:
    db.session.rollback()
    rows = select(Commitment.state).where(Commitment.campaign_id == campaign_id)
    return list(db.session.scalars(rows.order_by(Commitment.id)))


def numbers(campaign_id: int) -> list[int | None]:
    rows = select(Participation.number).where(Participation.campaign_id == campaign_id)
    return list(db.session.scalars(rows.order_by(Participation.id)))


def money_arrives_back(now: datetime) -> None:
    """The provider reports every refund as done."""
    for refund in db.session.scalars(select(Refund).where(Refund.state == "intended")).all():
        settle_refund(
            RefundReport(
                gateway="sandbox",
                payment_reference=db.session.get_one(Payment, refund.payment_id).reference,
                refund_reference=refund.reference,
                provider_reference=f"re_{refund.id}",
                transaction_id=f"rtx_{refund.id}",
                state=Reported.SUCCEEDED,
                amount_minor=refund.amount,
                currency=refund.currency,
                merchant_account="vitrine-test",
                at=now,
            ),
            now=now,
        )


def goods_arrive(campaign_id: int, staff: Actor, now: datetime) -> None:
    """Everything that was committed is made, received and passed."""
    production.start_production(campaign_id, actor=staff, now=now)
    for sku in cast.skus(campaign_id):
        for stage in (Stage.RECEIVED, Stage.PASSED):
            count = Count(sku.id, stage, sku.committed)
            production.record_production(campaign_id, count, actor=staff, now=now)
    production.mark_arriving(campaign_id, actor=staff, now=now)


@pytest.fixture
def two_joined(clock, now) -> tuple[House, int, list[int]]:
    """A presale that has its three, from two people, and whose goods are there."""
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, large = cast.skus(campaign.id)
    joined = [
        cast.confirmed(owner, {medium.id: 1}, now),
        cast.confirmed(owner, {medium.id: 1, large.id: 1}, now),
    ]
    clock.advance(days=7)
    clockwork.advance()
    goods_arrive(campaign.id, owner.staff(), clock.now)
    return owner, campaign.id, joined


def test_joining_asks_for_the_deposit_and_gives_the_next_number(now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)

    joined = [cast.confirmed(owner, {medium.id: 1}, now) for _ in range(3)]

    assert numbers(campaign.id) == [1, 2, 3]
    assert states(campaign.id) == ["confirmed"] * 3
    assert orders.for_mail(joined[0]).captured.minor == cast.DEPOSIT + 1200
    assert cast.order(joined[0]).headline == "promised"


def test_the_balance_is_asked_for_when_the_goods_are_there(clock, two_joined):
    owner, campaign_id, (first, second) = two_joined
    balances.open_balance(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()
    assert states(campaign_id) == ["balance_due"] * 3
    assert cast.order(second).headline == "balance_due"

    for order_id in (first, second):
        cast.paid(order_id, clock.now)

    assert states(campaign_id) == ["balance_paid"] * 3
    assert sums(second) == (2 * cast.PRICE + 1200, 0)


def test_a_deposit_presale_runs_from_joining_to_arrival(clock, two_joined):
    owner, campaign_id, joined = two_joined
    balances.open_balance(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()
    for order_id in joined:
        cast.paid(order_id, clock.now)
    clock.advance(days=3)
    clockwork.advance()
    assert cast.fresh(campaign_id).state == "balance_closed"

    production.start_fulfilling(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()
    assert states(campaign_id) == ["allocated"] * 3
    for order_id in joined:
        lines = {line.id: line.quantity for line in orders.for_mail(order_id).lines}
        fulfil.mark_shipped(order_id, lines, actor=owner.staff(), now=clock.now)
        fulfil.mark_delivered(order_id, lines, now=clock.now)
    clockwork.advance()

    assert states(campaign_id) == ["delivered"] * 3
    assert cast.fresh(campaign_id).state == "completed"


def test_below_the_threshold_everybody_is_paid_back_once(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 2}, now)

    clock.advance(days=7)
    for _ in range(3):
        clockwork.advance()
    assert cast.fresh(campaign.id).state == "closing"
    clock.advance(hours=2)
    for _ in range(3):
        clockwork.advance()

    assert cast.fresh(campaign.id).state == "refunding"
    assert states(campaign.id) == ["cancelled"]
    money_arrives_back(clock.now)
    clockwork.advance()
    assert cast.fresh(campaign.id).state == "refunded"
    assert states(campaign.id) == ["refunded"]
    assert sums(order_id) == (2 * cast.DEPOSIT + 1200, 2 * cast.DEPOSIT + 1200)
    assert cast.order(order_id).headline == "refunded"


def test_nobody_joins_beyond_the_cap(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now, sku={"cap": 2})
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 2}, now)

    with pytest.raises(CampaignFull):
        cast.joined(owner, {medium.id: 1}, now)

    sku = db.session.get_one(CampaignSku, medium.id, populate_existing=True)
    assert (sku.committed, sku.held) == (2, 0)

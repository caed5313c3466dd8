"""From a campaign that goes ahead to one that is done: make, receive, check, split, hand on, pack.

Ordered, received, passed and packed are four numbers of each SKU (R22), each the sum of its
movements.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from app.catalog.commands import stock
from app.orders.commands import fulfil
from app.platform import clock
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.due import each
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.commands import counters, tasks
from app.presale.commands.cutting import (
    call_for_cuts,
    skus_being_cut,
    skus_offered_instead,
    wishes_of,
)
from app.presale.errors import NotNow
from app.presale.events import StandingChanged
from app.presale.locks import lock_campaign, move, skus_of
from app.presale.models import (
    OFF_THE_SHELF,
    Campaign,
    CampaignSku,
    CampaignState,
    CampaignTask,
    Commitment,
    CommitmentState,
    Participation,
    PaymentMode,
    ProductionMovement,
    ShortagePolicy,
    ShortageSplit,
    Stage,
)
from app.presale.rules.moves import GONE
from app.presale.rules.shortage import may_be_shared_out, split
from app.presale.rules.threshold import fill_packs

ALLOCATE = "allocate"


@command
def start_production(campaign_id: int, *, actor: Actor, now: datetime) -> None:
    """Order what was committed; packs decide how much when a SKU comes in packs."""
    ensure(actor, "presales.produce")
    campaign = lock_campaign(campaign_id, actor)
    for sku in skus_of(campaign_id):
        shares = fill_packs(wishes_of(sku), sku.pack_size)
        call_for_cuts(campaign, sku, shares, key=f"packs:{sku.id}", now=now)
        _count(sku, Stage.ORDERED, sum(shares.values()) - sku.ordered, "", actor, now)
    move(campaign, CampaignState.IN_PRODUCTION, actor=actor, now=now)
    tasks.call_for(campaign.id, "notice", key="in_production", now=now)


@dataclass(frozen=True, slots=True)
class Count:
    """Units that went on to a stage; less than nothing takes back what was counted wrongly."""

    sku_id: int
    stage: Stage
    change: int
    note: str = ""


@command
def record_production(campaign_id: int, counted: Count, *, actor: Actor, now: datetime) -> None:
    """Add to one of the four numbers.

    Raises NotNow when the numbers would not add up (more passed than received, less than nothing).
    """
    ensure(actor, "presales.produce")
    lock_campaign(campaign_id, actor)
    sku = _sku(campaign_id, counted.sku_id)
    after = {Stage.ORDERED: sku.ordered, Stage.RECEIVED: sku.received, Stage.PASSED: sku.passed,
             Stage.PACKED: sku.packed}  # fmt: skip
    after[counted.stage] += counted.change
    if min(after.values()) < 0 or after[Stage.PASSED] > after[Stage.RECEIVED]:
        raise NotNow
    _count(sku, counted.stage, counted.change, counted.note, actor, now)
    record(
        actor, "presale.production", "campaign", campaign_id, now=now,
        after={"sku": sku.id, "stage": counted.stage.value, "change": counted.change},
    )  # fmt: skip
    publish(StandingChanged(campaign_id, now))


@command
def mark_arriving(campaign_id: int, *, actor: Actor, now: datetime) -> None:
    """The goods are on their way to us, or being checked."""
    ensure(actor, "presales.produce")
    move(lock_campaign(campaign_id, actor), CampaignState.ARRIVING, actor=actor, now=now)


@command
def split_shortage(campaign_id: int, *, actor: Actor, now: datetime) -> dict[int, int]:
    """Share out what passed where it is less than what is owed; returns units missing by SKU.

    The shares, their policy and seed are written down; units, refunds and messages follow in
    batches. A SKU of which enough passed is left alone, and so is one whose units are just being
    taken off, so that doing it again does nothing; so is one whose buyers are being offered
    another until they have answered. Raises NotNow for goods off a shelf, of
    which none were counted.
    """
    ensure(actor, "presales.decide")
    campaign = lock_campaign(campaign_id, actor)
    if not may_be_shared_out(campaign):
        raise NotNow
    short: dict[int, int] = {}
    policy = ShortagePolicy(campaign.shortage_policy)
    under_way, asked = skus_being_cut(campaign_id), skus_offered_instead(campaign_id, now=now)
    for sku in skus_of(campaign_id):
        wishes = wishes_of(sku, whole=True)
        wanted = sum(wish.quantity for wish in wishes)
        if sku.passed >= wanted or sku.id in under_way or sku.id in asked:
            continue
        turn = _turn(sku)
        seed = f"{campaign.seed}:{sku.id}:{turn}"
        shares = split(policy, wishes, sku.passed, seed=seed)
        db.session.add(
            ShortageSplit(
                campaign_id=campaign.id, sku_id=sku.id, round=turn, policy=policy, seed=seed,
                available=sku.passed, wanted=wanted, decided_at=now,
                shares={str(wish): units for wish, units in shares.items()},
            )
        )  # fmt: skip
        call_for_cuts(campaign, sku, shares, key=f"split:{sku.id}:{turn}", now=now)
        short[sku.id] = wanted - sku.passed
    record(
        actor, "presale.split", "campaign", campaign_id, now=now,
        after={str(sku): units for sku, units in short.items()},
    )  # fmt: skip
    return short


@command
def start_fulfilling(campaign_id: int, *, actor: Actor, now: datetime) -> None:
    """Hand the goods on: everybody whose goods are paid for can be packed and sent.

    Raises NotNow before the balances of deposits have been asked for and paid. Units are locked
    before they are counted: whoever leaves at this moment has left, or finds the goods sold.
    """
    ensure(actor, "presales.produce")
    counters.lock_skus([sku.id for sku in skus_of(campaign_id)])
    campaign = lock_campaign(campaign_id, actor)
    owes = campaign.payment_mode == PaymentMode.DEPOSIT
    if owes and campaign.state != CampaignState.BALANCE_CLOSED:
        raise NotNow
    if campaign.supply_mode in OFF_THE_SHELF:
        _sell_off_the_shelf(campaign, now=now)
    move(campaign, CampaignState.FULFILLING, actor=actor, now=now)
    tasks.call_for(campaign.id, ALLOCATE, now=now)


@tasks.does(ALLOCATE)
def _allocate_one(
    campaign: Campaign, participation: Participation, _task: CampaignTask, now: datetime
) -> None:
    if participation.order_id is not None and participation.left_at is None:
        fulfil.make_available(participation.order_id, campaign.subject, now=now)


def complete_due(limit: int = 20) -> int:
    """Complete campaigns of which nobody waits for anything any more; returns how many."""
    now = clock.now()
    due = db.session.scalars(
        select(Campaign.id)
        .where(Campaign.state == CampaignState.FULFILLING)
        .order_by(Campaign.id)
        .limit(limit)
    ).all()
    db.session.rollback()
    return each(due, lambda campaign_id: complete_one(campaign_id, now=now))


@command
def complete_one(campaign_id: int, *, now: datetime) -> bool:
    """Complete a campaign once everything has reached its buyer or was paid back."""
    campaign = lock_campaign(campaign_id, SYSTEM)
    if campaign.state != CampaignState.FULFILLING:
        return False
    arrived = {CommitmentState.DELIVERED, CommitmentState.PICKED_UP, CommitmentState.CLOSED}
    waiting = db.session.scalar(
        select(func.count()).where(
            Commitment.campaign_id == campaign_id,
            Commitment.state.not_in([*arrived, *GONE]),
        )
    )
    if waiting:
        return False
    campaign.completed_at = now
    move(campaign, CampaignState.COMPLETED, actor=SYSTEM, now=now)
    return True


def _count(
    sku: CampaignSku, stage: Stage, change: int, note: str, actor: Actor, now: datetime
) -> None:
    if not change:
        return
    column = getattr(CampaignSku, stage.value)
    db.session.execute(
        update(CampaignSku).where(CampaignSku.id == sku.id).values({stage.value: column + change})
    )
    db.session.add(
        ProductionMovement(
            sku_id=sku.id, stage=stage, change=change, note=note, actor_kind=actor.kind,
            actor_id=actor.id, moved_at=now,
        )
    )  # fmt: skip
    db.session.flush()


def _sku(campaign_id: int, sku_id: int) -> CampaignSku:
    for sku in skus_of(campaign_id):
        if sku.id == sku_id:
            return sku
    raise NotNow


def _turn(sku: CampaignSku) -> int:
    before = select(func.count()).where(ShortageSplit.sku_id == sku.id)
    return (db.session.scalar(before) or 0) + 1


def _sell_off_the_shelf(campaign: Campaign, *, now: datetime) -> None:
    """What was kept for the campaign becomes its buyers'; what nobody took is free again."""
    stock.release(campaign.subject)
    sold = [
        stock.Wanted(sku.variant_id, sku.committed, sku.location_id)
        for sku in skus_of(campaign.id)
        if sku.committed
    ]
    if sold:
        stock.reserve(campaign.subject, sold, until=campaign.shelf_until, now=now)
        stock.sell(campaign.subject, reference=campaign.slug, now=now)

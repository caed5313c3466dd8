"""Offer another variant to who would come away with too little; a yes exchanges it at once.

Nothing changes without one: who says no, or nothing, has their part in the shortage as fixed at
publish. Only what costs the same is offered, so that nobody ever owes a difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from app.orders.commands.exchange import exchange
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import changed_rows, db, insert_if_new
from app.platform.facts import publish
from app.platform.rbac import ensure, found
from app.platform.transaction import command
from app.presale.commands import counters, tasks
from app.presale.commands.cutting import skus_being_cut, wishes_of
from app.presale.errors import AnsweredTooLate, NotNow, SubstituteGone
from app.presale.events import JoinChanged, Notice, StandingChanged
from app.presale.locks import lock_campaign, lock_participation, note
from app.presale.models import (
    Campaign,
    CampaignSku,
    CampaignTask,
    Commitment,
    CommitmentState,
    Participation,
    Substitution,
    SubstitutionAnswer,
)
from app.presale.queries.goods import replacement_for
from app.presale.rules.substitution import (
    ANSWER_WITHIN,
    EXCHANGEABLE,
    OFFERED_IN,
    costs_the_same,
)

OFFER = "substitute"


@dataclass(frozen=True, slots=True)
class Pair:
    """What came too few, and what is offered instead."""

    sku_id: int
    instead_id: int


@command
def offer(campaign_id: int, pair: Pair, *, actor: Actor, now: datetime) -> None:
    """Ask everybody who joined with one SKU whether they would take another; once at a time.

    Raises NotNow where nothing is missing, nothing is spare, or it would cost another price.
    """
    ensure(actor, "presales.decide")
    campaign = lock_campaign(campaign_id, actor)
    skus = {sku.id: sku for sku in counters.lock_skus(sorted({pair.sku_id, pair.instead_id}))}
    sku, instead = found(skus.get(pair.sku_id)), found(skus.get(pair.instead_id))
    if not _is_offered(campaign, sku, instead) or pair.sku_id in skus_being_cut(campaign.id):
        raise NotNow
    if open_offer_of(sku.id, now=now) is not None:
        raise NotNow
    row = Substitution(
        campaign_id=campaign.id, sku_id=sku.id, instead_id=instead.id, offered_at=now,
        answer_until=now + ANSWER_WITHIN,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    note(campaign.id, "substitute_offered", {"until": row.answer_until.isoformat()},
         actor=actor, now=now)  # fmt: skip
    tasks.call_for(campaign.id, OFFER, key=str(row.id), now=now, facts={"sku": sku.id})
    record(
        actor, "presale.offer_substitute", "campaign", campaign.id, now=now,
        after={"sku": sku.id, "instead": instead.id},
    )  # fmt: skip


@command
def accept(substitution_id: int, participation_id: int, *, now: datetime) -> None:
    """Exchange all units of one buyer; again changes nothing. The caller has shown who it is.

    Raises AnsweredTooLate, or SubstituteGone when fewer are left than they have.
    """
    participation = lock_participation(participation_id, SYSTEM)
    row = _open(substitution_id, participation, now=now)
    if _has_accepted(row.id, participation.id):
        return
    skus = {sku.id: sku for sku in counters.lock_skus(sorted((row.sku_id, row.instead_id)))}
    commitment = _exchangeable(participation, row)
    units = commitment.quantity + commitment.tolerance - commitment.cut
    if units > spare(skus[row.instead_id]):
        raise SubstituteGone
    _move(row, units)
    if commitment.line_id is None:
        raise AssertionError("goods of a campaign stand on an order's line")
    exchange(commitment.line_id, replacement_for(skus[row.instead_id]), now=now)
    commitment.sku_id, commitment.state = row.instead_id, CommitmentState.SUBSTITUTED
    db.session.flush()
    _answer(row, participation, units=units, now=now)
    publish(JoinChanged(participation.id, now))
    publish(StandingChanged(row.campaign_id, now))


@command
def refuse(substitution_id: int, participation_id: int, *, now: datetime) -> None:
    """Say no; everything stays, and a yes is possible until the end. Raises AnsweredTooLate."""
    participation = lock_participation(participation_id, SYSTEM)
    row = _open(substitution_id, participation, now=now)
    if _has_accepted(row.id, participation.id):
        raise AnsweredTooLate
    _answer(row, participation, units=0, now=now)


@tasks.does(OFFER)
def _tell_one(
    _campaign: Campaign, participation: Participation, task: CampaignTask, now: datetime
) -> None:
    mine = select(Commitment.id).where(
        Commitment.participation_id == participation.id,
        Commitment.sku_id == int(task.facts["sku"]),
        Commitment.state.in_(sorted(EXCHANGEABLE)),
    )
    if db.session.scalar(mine) is not None:
        publish(Notice(participation.id, OFFER, task.key, now))


def open_offer_of(sku_id: int, *, now: datetime) -> Substitution | None:
    """What is offered instead of a SKU and can still be answered."""
    return db.session.scalar(
        select(Substitution)
        .where(Substitution.sku_id == sku_id, Substitution.answer_until > now)
        .limit(1)
    )


def spare(sku: CampaignSku) -> int:
    """Units that have passed and that nobody is owed, nor offered from the waiting list."""
    return sku.passed - _owed(sku) - sku.held


def is_short(sku: CampaignSku) -> bool:
    return sku.passed < _owed(sku)


def _owed(sku: CampaignSku) -> int:
    return sum(wish.quantity for wish in wishes_of(sku, whole=True))


def _is_offered(campaign: Campaign, sku: CampaignSku, instead: CampaignSku) -> bool:
    are_its_own = sku.campaign_id == instead.campaign_id == campaign.id
    if not are_its_own or campaign.state not in OFFERED_IN or sku.id == instead.id:
        return False
    return costs_the_same(sku, instead) and is_short(sku) and spare(instead) > 0


def _open(substitution_id: int, participation: Participation, *, now: datetime) -> Substitution:
    row = found(db.session.get(Substitution, substitution_id))
    if row.campaign_id != participation.campaign_id or now >= row.answer_until:
        raise AnsweredTooLate
    return row


def _exchangeable(participation: Participation, row: Substitution) -> Commitment:
    """The buyer's units of what came too few; raises AnsweredTooLate where they have moved on, or
    have the other one already.
    """
    mine = {
        commitment.sku_id: commitment
        for commitment in db.session.scalars(
            select(Commitment)
            .where(Commitment.participation_id == participation.id)
            .execution_options(populate_existing=True)
        )
    }
    commitment = mine.get(row.sku_id)
    if commitment is None or commitment.state not in EXCHANGEABLE or row.instead_id in mine:
        raise AnsweredTooLate
    return commitment


def _move(row: Substitution, units: int) -> None:
    """Count the units where they are now; the cap of the other SKU guards it."""
    taken = changed_rows(
        update(CampaignSku)
        .where(CampaignSku.id == row.instead_id, counters.has_free(units))
        .values(committed=CampaignSku.committed + units)
    )
    if not taken:
        raise SubstituteGone
    db.session.execute(
        update(CampaignSku)
        .where(CampaignSku.id == row.sku_id)
        .values(committed=CampaignSku.committed - units)
    )


def _has_accepted(substitution_id: int, participation_id: int) -> bool:
    row = db.session.get(
        SubstitutionAnswer, (substitution_id, participation_id), populate_existing=True
    )
    return row is not None and row.is_accepted


def _answer(row: Substitution, participation: Participation, *, units: int, now: datetime) -> None:
    key = {"substitution_id": row.id, "participation_id": participation.id}
    said = {"is_accepted": units > 0, "units": units, "answered_at": now}
    if not insert_if_new(SubstitutionAnswer, **key, **said):
        db.session.execute(update(SubstitutionAnswer).filter_by(**key).values(**said))

"""Take off what is not supplied: what buyers are owed, and the batches that lower it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.orders.commands.cancel import take_off_units
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.presale.commands import tasks
from app.presale.commands.compensation import propose
from app.presale.locks import lock_participation
from app.presale.models import (
    Campaign,
    CampaignSku,
    CampaignTask,
    Commitment,
    CommitmentState,
    Participation,
    Substitution,
)
from app.presale.rules.moves import GONE
from app.presale.rules.threshold import Wish

CUT = "cut"
BEFORE_SENDING = [
    CommitmentState.CONFIRMED,
    CommitmentState.BALANCE_DUE,
    CommitmentState.BALANCE_PAID,
    CommitmentState.WAIVED,
    CommitmentState.SHORT_SUPPLIED,
    CommitmentState.SUBSTITUTED,
    CommitmentState.CANCEL_REQUESTED,
]
"""Who is owed goods that are not on their way; a request to leave may still be refused."""


def wishes_of(sku: CampaignSku, *, whole: bool = False) -> list[Wish]:
    """What is owed of a SKU; `whole` counts tolerance that was granted as wanted."""
    rows = db.session.execute(
        select(Commitment, Participation.number)
        .join(Participation, Participation.id == Commitment.participation_id)
        .where(Commitment.sku_id == sku.id, Commitment.state.in_(BEFORE_SENDING))
        .order_by(Participation.number)
    )
    wishes = []
    for commitment, number in rows:
        left = commitment.quantity + commitment.tolerance - commitment.cut
        quantity = left if whole else min(commitment.quantity, left)
        wishes.append(Wish(commitment.id, quantity, left - quantity, number or 0))
    return wishes


def call_for_cuts(
    campaign: Campaign, sku: CampaignSku, shares: dict[int, int], *, key: str, now: datetime
) -> None:
    """Write the shares down as a task, if anybody gets less than they are owed."""
    wished = {wish.id: wish.quantity for wish in wishes_of(sku, whole=True)}
    if any(shares[wish] < wanted for wish, wanted in wished.items() if wish in shares):
        facts = {"sku": sku.id, "shares": {str(wish): units for wish, units in shares.items()}}
        tasks.call_for(campaign.id, CUT, key=key, now=now, facts=facts)


def skus_being_cut(campaign_id: int) -> set[int]:
    """SKUs of which units are to be taken off and not all of them are yet."""
    facts = select(CampaignTask.facts).where(
        CampaignTask.campaign_id == campaign_id,
        CampaignTask.kind == CUT,
        CampaignTask.finished_at.is_(None),
    )
    return {int(fact["sku"]) for fact in db.session.scalars(facts)}


def skus_offered_instead(campaign_id: int, *, now: datetime) -> set[int]:
    """SKUs whose buyers may still take another: what they have is not shared out before."""
    open_ones = select(Substitution.sku_id).where(
        Substitution.campaign_id == campaign_id, Substitution.answer_until > now
    )
    return set(db.session.scalars(open_ones))


@tasks.does(CUT)
def _cut_one(
    campaign: Campaign, participation: Participation, task: CampaignTask, now: datetime
) -> None:
    """Take off what is not supplied, pay back what was paid on it, and ask for less."""
    lock_participation(participation.id, SYSTEM)
    shares = {int(wish): int(units) for wish, units in task.facts["shares"].items()}
    statement = select(Commitment).where(
        Commitment.participation_id == participation.id,
        Commitment.sku_id == int(task.facts["sku"]),
        Commitment.state.not_in(list(GONE)),
    )
    commitment = db.session.scalar(statement.execution_options(populate_existing=True))
    if commitment is None or commitment.id not in shares or commitment.line_id is None:
        return
    cut = commitment.quantity + commitment.tolerance - shares[commitment.id]
    missing = cut - commitment.cut
    if missing <= 0 or participation.order_id is None:
        return
    if task.key.startswith("split:"):
        propose(campaign, participation, commitment, units=missing, cause="short_supplied", now=now)
    take_off_units(
        participation.order_id,
        {commitment.line_id: missing},
        cause="short_supplied",
        idempotency_key=f"cut:{commitment.id}:{task.key}",
        now=now,
    )
    commitment.cut = cut  # a line that is gone altogether says no more why
    db.session.flush()

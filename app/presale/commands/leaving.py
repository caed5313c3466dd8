"""Leave a campaign: at once where that is free, else by asking the shop (R17)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.orders.commands.standing import tell
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.commands.paying_back import pay_back
from app.presale.commands.standing import follow_order
from app.presale.errors import NotNow
from app.presale.events import JoinChanged, Notice
from app.presale.locks import lock_participation
from app.presale.models import Campaign, Commitment, CommitmentState, Participation
from app.presale.rules.leaving import Leaving, may_leave
from app.presale.rules.moves import commitment_may_go


@command
def leave(participation_id: int, *, now: datetime) -> Leaving:
    """The buyer leaves: paid back at once where that is free, else the shop is asked.

    The caller has shown that the participation is theirs. Raises NotNow when it is too late.
    """
    participation = lock_participation(participation_id, SYSTEM)
    campaign = db.session.get_one(Campaign, participation.campaign_id, populate_existing=True)
    way = may_leave(campaign, now=now)
    if participation.left_at is not None:
        return way
    if way is Leaving.NEVER:
        raise NotNow
    if way is Leaving.FREE:
        pay_back(participation.id, cause="buyer", now=now)
        return way
    asked = [row for row in _commitments(participation.id) if _ask(row)]
    if asked and participation.order_id is not None:
        tell(participation.order_id, "cancel_requested", actor=SYSTEM, now=now)
        publish(JoinChanged(participation.id, now))
    db.session.flush()
    return way


@command
def grant(participation_id: int, *, actor: Actor, now: datetime) -> None:
    """The shop lets somebody go and pays them back."""
    ensure(actor, "presales.decide")
    participation = _asked_for(participation_id, actor)
    record(actor, "presale.grant_leave", "participation", participation.id, now=now)
    pay_back(participation.id, cause="buyer", now=now)


@command
def refuse(participation_id: int, *, actor: Actor, now: datetime) -> None:
    """The shop does not let somebody go; everything stays as it was before they asked."""
    ensure(actor, "presales.decide")
    participation = _asked_for(participation_id, actor)
    if participation.order_id is not None:
        follow_order(participation.order_id, now=now, forget_requests=True)
        tell(participation.order_id, "cancel_refused", actor=actor, now=now)
    record(actor, "presale.refuse_leave", "participation", participation.id, now=now)
    publish(Notice(participation.id, "leave_refused", now.isoformat(), now))


def _ask(commitment: Commitment) -> bool:
    before = CommitmentState(commitment.state)
    if before is CommitmentState.CANCEL_REQUESTED:
        return False
    if not commitment_may_go(before, CommitmentState.CANCEL_REQUESTED):
        return False
    commitment.state = CommitmentState.CANCEL_REQUESTED
    return True


def _asked_for(participation_id: int, actor: Actor) -> Participation:
    """Raises NotFound for another merchant's, NotNow where nobody asked."""
    participation = lock_participation(participation_id, actor)
    states = {row.state for row in _commitments(participation.id)}
    if CommitmentState.CANCEL_REQUESTED not in states:
        raise NotNow
    return participation


def _commitments(participation_id: int) -> list[Commitment]:
    statement = select(Commitment).where(Commitment.participation_id == participation_id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))

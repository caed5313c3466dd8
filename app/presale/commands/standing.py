"""Bring commitments in line with their order, whatever happened to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import update

from app.orders.locks import lock_order
from app.orders.models import LineState, Order, OrderDue, OrderLine
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.facts import publish
from app.presale.events import JoinChanged, StandingChanged
from app.presale.locks import lock_campaign, move, skus_of
from app.presale.models import (
    CampaignState,
    Commitment,
    CommitmentState,
    Participation,
    PersonQuota,
)
from app.presale.queries.orders import (
    balances_of,
    commitments_of,
    lines_with_money_under_way,
)
from app.presale.rules.moves import GONE, RUNNING, commitment_may_go
from app.presale.rules.standing import LineStanding, commitment_state
from app.presale.rules.substitution import EXCHANGEABLE

_KEPT_HERE = frozenset(
    {CommitmentState.CANCEL_REQUESTED, CommitmentState.PACKED, CommitmentState.SUBSTITUTED}
)
"""States an order knows nothing of; they stay until the order says something newer."""


def follow_order(order_id: int, *, now: datetime, forget_requests: bool = False) -> list[int]:
    """Compute the state of every commitment of an order; inside the order's own transaction.

    Returns the campaigns it takes part in, in the order they are locked. `forget_requests` drops
    what buyers asked for and were refused.

    A move docs/states.md does not know is an AssertionError: it would undo the change behind it.
    """
    rows = commitments_of(order_id)
    if not rows:
        return []
    order = lock_order(order_id, SYSTEM)
    dues = balances_of(order_id)
    waiting = lines_with_money_under_way(order_id)
    changed: dict[int, Participation] = {}
    for commitment, participation, line in rows:
        was_cut = commitment.cut
        if line.quantity > line.cancelled:
            commitment.cut = line.cancelled
        standing = _standing(commitment, line, order, dues.get(line.subject), waiting=waiting)
        if forget_requests:
            standing = replace(standing, asked_to_cancel=False)
        after = commitment_state(standing)
        before = CommitmentState(commitment.state)
        if _go(commitment, after) or commitment.cut != was_cut:
            changed[participation.id] = participation
            times = (after not in GONE) - (before not in GONE)
            count_person(participation, (commitment.quantity + commitment.tolerance) * times)
    db.session.flush()
    staying = {commitment.participation_id for commitment, *_ in rows if _stays(commitment)}
    for participation in changed.values():
        _leave_or_stay(participation, stays=participation.id in staying, now=now)
        publish(JoinChanged(participation.id, now))
        publish(StandingChanged(participation.campaign_id, now))
    return sorted({participation.campaign_id for _, participation, _ in rows})


def recount_places(campaign_id: int, *, now: datetime) -> None:
    """Go to sold out when every place is taken for good, and back when one is free again."""
    campaign = lock_campaign(campaign_id, SYSTEM)
    state = CampaignState(campaign.state)
    if state not in RUNNING:
        return
    skus = skus_of(campaign_id)
    is_full = bool(skus) and all(sku.cap is not None and sku.committed >= sku.cap for sku in skus)
    if is_full and state in {CampaignState.OPEN, CampaignState.EXTENDED}:
        move(campaign, CampaignState.SOLD_OUT, actor=SYSTEM, now=now)
    elif not is_full and state is CampaignState.SOLD_OUT:
        back = CampaignState.EXTENDED if campaign.extended_at else CampaignState.OPEN
        move(campaign, back, actor=SYSTEM, now=now)


def _standing(
    commitment: Commitment,
    line: OrderLine,
    order: Order,
    due: OrderDue | None,
    *,
    waiting: set[int],
) -> LineStanding:
    before = CommitmentState(commitment.state)
    return LineStanding(
        state=LineState(line.state),
        was_paid=order.paid_at is not None,
        balance_open=due is not None and due.is_open and line.balance > line.balance_paid,
        balance_paid=due is not None and due.settled_at is not None and line.balance > 0,
        waived=due is not None and due.ended_at is not None and due.settled_at is None,
        forfeited=line.forfeited > 0,
        paid_back=line.id not in waiting,
        cut=commitment.cut > 0,
        packed=before is CommitmentState.PACKED,
        asked_to_cancel=before is CommitmentState.CANCEL_REQUESTED,
        is_over=before is CommitmentState.CLOSED,
    )


def _go(commitment: Commitment, after: CommitmentState) -> bool:
    before = CommitmentState(commitment.state)
    if before is after:
        return False
    if before is CommitmentState.SUBSTITUTED and after in EXCHANGEABLE:
        return False
    if after is CommitmentState.REFUNDED and before is not CommitmentState.CANCELLED:
        # Everything on it was paid back before it was given up.
        return _go(commitment, CommitmentState.CANCELLED) and _go(commitment, after)
    if not commitment_may_go(before, after):
        raise AssertionError(f"a commitment may not go from {before} to {after}")
    commitment.state = after
    return True


def count_person(participation: Participation, units: int) -> None:
    """What a person has given up does not count against their limit, until it comes back."""
    if units:
        db.session.execute(
            update(PersonQuota)
            .where(
                PersonQuota.campaign_id == participation.campaign_id,
                PersonQuota.person.in_(participation.person.split()),
            )
            .values(units=PersonQuota.units + units)
        )


def _stays(commitment: Commitment) -> bool:
    return CommitmentState(commitment.state) not in GONE


def _leave_or_stay(participation: Participation, *, stays: bool, now: datetime) -> None:
    """Who has nothing left has left; who has something again is back."""
    if stays:
        participation.left_at = None
    elif participation.left_at is None:
        participation.left_at = now
    db.session.flush()

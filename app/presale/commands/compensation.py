"""What the shop owes beyond what it took: a 定金 is returned double by a shop that fails.

Civil Code of the People's Republic of China, article 587. The first half is the ordinary refund;
the second is a row of its own, decided by two people and paid outside the order's ledger.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.configuration import settings
from app.platform.db import db, insert_if_new
from app.platform.errors import Forbidden
from app.platform.rbac import ensure, found
from app.platform.transaction import command
from app.presale.errors import NotNow
from app.presale.locks import lock_campaign
from app.presale.models import (
    Campaign,
    Commitment,
    Compensation,
    CompensationState,
    DepositKind,
    Participation,
    PaymentMode,
)

SHOPS_FAULT = frozenset({"campaign_cancelled", "short_supplied", "delay_refused"})
"""Causes of a refund that are the shop's own failure; a threshold missed is not one."""


def may_be_owed(campaign: Campaign, cause: str) -> bool:
    """Whether the shop's own failure makes it owe a 定金 twice."""
    return (
        campaign.payment_mode == PaymentMode.DEPOSIT
        and campaign.deposit_kind == DepositKind.EARNEST
        and cause in SHOPS_FAULT
    )


def propose(
    campaign: Campaign, participation: Participation, commitment: Commitment, *, units: int,
    cause: str, now: datetime,
) -> bool:  # fmt: skip
    """Propose to pay a 定金 back a second time, in the transaction that refunds it.

    What failed earlier of the same commitment is owed beside it: an amount that is not paid yet
    grows, and is agreed on anew. False when nothing is owed, or when it was paid before.
    """
    if not may_be_owed(campaign, cause) or participation.confirmed_at is None:
        return False
    if participation.order_id is None or not commitment.deposit or not units:
        return False
    amount = commitment.deposit * units
    is_new = insert_if_new(
        Compensation, campaign_id=campaign.id, commitment_id=commitment.id,
        order_id=participation.order_id, amount=amount, currency=settings().currency,
        state=CompensationState.PROPOSED, reference="", created_at=now,
    )  # fmt: skip
    return is_new or _owe_more(commitment.id, amount)


def _owe_more(commitment_id: int, amount: int) -> bool:
    statement = select(Compensation).where(Compensation.commitment_id == commitment_id)
    row = db.session.scalars(
        statement.with_for_update().execution_options(populate_existing=True)
    ).one()
    if row.state == CompensationState.PAID:
        return False
    row.amount += amount
    row.state = CompensationState.PROPOSED
    row.proposed_by = row.approved_by = row.approved_at = None
    db.session.flush()
    return True


@command
def approve(compensation_id: int, *, actor: Actor, now: datetime) -> CompensationState:
    """The first approval stands for the proposal, a second person's makes it payable.

    Raises Forbidden when the same person approves twice.
    """
    ensure(actor, "presales.decide")
    row = _own(compensation_id, actor)
    if row.state != CompensationState.PROPOSED:
        return CompensationState(row.state)
    if row.proposed_by is None:
        row.proposed_by = actor.id
    elif row.proposed_by == actor.id:
        raise Forbidden
    else:
        row.approved_by, row.approved_at = actor.id, now
        row.state = CompensationState.APPROVED
    record(
        actor, "presale.approve_compensation", "order", row.order_id, now=now,
        after={"amount": row.amount, "state": row.state},
    )  # fmt: skip
    return CompensationState(row.state)


@command
def note_paid(compensation_id: int, reference: str, *, actor: Actor, now: datetime) -> None:
    """Note that it was transferred, under the bank's reference. Raises NotNow unless approved."""
    ensure(actor, "presales.decide")
    row = _own(compensation_id, actor)
    if row.state == CompensationState.PAID:
        return
    if row.state != CompensationState.APPROVED or not reference.strip():
        raise NotNow
    row.state, row.reference, row.paid_at = CompensationState.PAID, reference.strip(), now
    record(
        actor, "presale.pay_compensation", "order", row.order_id, now=now,
        after={"amount": row.amount, "reference": row.reference},
    )  # fmt: skip


def _own(compensation_id: int, actor: Actor) -> Compensation:
    row = found(
        db.session.get(Compensation, compensation_id, with_for_update=True, populate_existing=True)
    )
    lock_campaign(row.campaign_id, actor)
    return row

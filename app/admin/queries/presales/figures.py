"""The figures of one campaign, its history, and the work that is done for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from app.orders.models import Order, OrderLine, OrderRefund, OrderRefundLine
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.money import Money
from app.presale.models import (
    CampaignEvent,
    CampaignTask,
    Commitment,
    CommitmentState,
    Participation,
    WaitingEntry,
    WaitingState,
)

EVENTS = 100


@dataclass(frozen=True, slots=True)
class Figures:
    """People and money. `unpaid` have not paid for the first time yet, `leaving` have asked to
    leave; `refunded` is what has arrived, `going_back` what is decided and under way. Delivery is
    in none of the amounts.
    """

    joined: int
    unpaid: int
    leaving: int
    left: int
    waiting: int
    paid: Money
    refunded: Money
    going_back: Money


@dataclass(frozen=True, slots=True)
class Work:
    """A task on everybody who joined; `done` of `total`."""

    id: int
    kind: str
    key: str
    done: int
    total: int
    due_at: datetime
    finished_at: datetime | None

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.total) if self.total else 0


def figures(campaign_id: int) -> Figures:
    """Six numbers and three amounts, fresh."""
    refunded, going_back = _paid_back(campaign_id)
    return Figures(
        joined=_people(
            campaign_id, Participation.number.is_not(None), Participation.left_at.is_(None)
        ),
        unpaid=_people_in(campaign_id, CommitmentState.HOLD),
        leaving=_people_in(campaign_id, CommitmentState.CANCEL_REQUESTED),
        left=_people(campaign_id, Participation.left_at.is_not(None)),
        waiting=_waiting(campaign_id),
        paid=_paid(campaign_id),
        refunded=refunded,
        going_back=going_back,
    )


def history(campaign_id: int, limit: int = EVENTS) -> Sequence[CampaignEvent]:
    """What happened, newest first."""
    statement = select(CampaignEvent).where(CampaignEvent.campaign_id == campaign_id)
    return db.session.scalars(statement.order_by(CampaignEvent.id.desc()).limit(limit)).all()


def works(campaign_id: int) -> tuple[Work, ...]:
    """Every task of a campaign: what runs first, then what is to come, then what is done."""
    total = _people(campaign_id)
    tasks = db.session.scalars(
        select(CampaignTask)
        .where(CampaignTask.campaign_id == campaign_id)
        .order_by(CampaignTask.finished_at.is_not(None), CampaignTask.due_at, CampaignTask.id)
        .execution_options(populate_existing=True)
    )
    return tuple(
        Work(task.id, task.kind, task.key, task.done, max(total, task.done), task.due_at,
             task.finished_at)
        for task in tasks
    )  # fmt: skip


def _people(campaign_id: int, *which: ColumnElement[bool]) -> int:
    statement = select(func.count()).where(Participation.campaign_id == campaign_id, *which)
    return db.session.scalar(statement) or 0


def _people_in(campaign_id: int, state: CommitmentState) -> int:
    statement = select(func.count(func.distinct(Commitment.participation_id))).where(
        Commitment.campaign_id == campaign_id, Commitment.state == state
    )
    return db.session.scalar(statement) or 0


def _waiting(campaign_id: int) -> int:
    statement = select(func.count()).where(
        WaitingEntry.campaign_id == campaign_id,
        WaitingEntry.state.in_((WaitingState.WAITING, WaitingState.OFFERED)),
    )
    return db.session.scalar(statement) or 0


def _paid(campaign_id: int) -> Money:
    statement = (
        select(func.sum(OrderLine.total - OrderLine.balance + OrderLine.balance_paid))
        .select_from(Commitment)
        .join(OrderLine, OrderLine.id == Commitment.line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Commitment.campaign_id == campaign_id, Order.paid_at.is_not(None))
    )
    return _money(db.session.scalar(statement))


def _paid_back(campaign_id: int) -> tuple[Money, Money]:
    """(arrived, under way)."""
    amount = OrderRefundLine.amount
    statement = (
        select(
            func.sum(amount).filter(OrderRefund.completed_at.is_not(None)),
            func.sum(amount).filter(OrderRefund.completed_at.is_(None)),
        )
        .select_from(Commitment)
        .join(OrderRefundLine, OrderRefundLine.line_id == Commitment.line_id)
        .join(OrderRefund, OrderRefund.id == OrderRefundLine.order_refund_id)
        .where(Commitment.campaign_id == campaign_id)
    )
    arrived, under_way = db.session.execute(statement).one()
    return _money(arrived), _money(under_way)


def _money(minor: int | None) -> Money:
    return Money(int(minor or 0), settings().currency)

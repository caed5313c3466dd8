"""What the operator sees of the outbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, func, select

from app.platform.db import db
from app.platform.facts import registry
from app.platform.outbox.models import DeliveryState, OutboxDelivery, OutboxFact


@dataclass(frozen=True, slots=True)
class OutboxHealth:
    """`oldest_due_at` is the due time of the delivery that waits longest, if any is overdue;
    those to patient listeners may wait.
    """

    waiting: int
    dead: int
    oldest_due_at: datetime | None


def health(now: datetime) -> OutboxHealth:
    urgent = OutboxDelivery.handler.not_in(registry.patient())
    waiting, oldest = db.session.execute(
        select(func.count(), func.min(OutboxDelivery.due_at).filter(urgent)).where(
            OutboxDelivery.state == DeliveryState.PENDING, OutboxDelivery.due_at <= now
        )
    ).one()
    dead = db.session.scalar(select(func.count()).where(OutboxDelivery.state == DeliveryState.DEAD))
    return OutboxHealth(waiting, dead or 0, oldest)


def dead_deliveries(limit: int = 50) -> Sequence[Row[OutboxDelivery, str]]:
    return db.session.execute(
        select(OutboxDelivery, OutboxFact.name)
        .join(OutboxFact)
        .where(OutboxDelivery.state == DeliveryState.DEAD)
        .order_by(OutboxDelivery.id.desc())
        .limit(limit)
    ).all()

"""Facts whose listeners have all been told are forgotten after a week; they may name people."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, exists, select

from app.platform import clock
from app.platform.db import db
from app.platform.outbox.models import DeliveryState, OutboxDelivery, OutboxFact
from app.platform.transaction import command

KEPT = timedelta(days=7)


@command
def forget_told(limit: int = 5000) -> int:
    """Delete up to `limit` facts that are older than a week and told to all; returns how many."""
    waiting = exists().where(
        OutboxDelivery.fact_id == OutboxFact.id, OutboxDelivery.state != DeliveryState.DONE
    )
    old = (
        select(OutboxFact.id)
        .where(OutboxFact.published_at < clock.now() - KEPT, ~waiting)
        .order_by(OutboxFact.id)
        .limit(limit)
    )
    ids = db.session.scalars(old).all()
    db.session.execute(delete(OutboxDelivery).where(OutboxDelivery.fact_id.in_(ids)))
    db.session.execute(delete(OutboxFact).where(OutboxFact.id.in_(ids)))
    return len(ids)

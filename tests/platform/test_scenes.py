"""What the cast has built once is put down again only where it would be built the same."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import func, select

from app.platform.clock import stopped_at
from app.platform.db import db
from app.platform.outbox.models import OutboxFact
from tests.cast import house, piece


def last_fact() -> datetime | None:
    return db.session.scalar(select(func.max(OutboxFact.published_at)))


def test_what_was_built_at_another_time_is_built_anew(stage):
    instant = datetime(2026, 11, 23, 2, tzinfo=UTC)
    with stage.app.app_context():
        piece(house(instant), instant)
    stage.clear()

    with stage.app.app_context(), stopped_at(instant):
        piece(house(instant), instant)
        assert last_fact() == instant

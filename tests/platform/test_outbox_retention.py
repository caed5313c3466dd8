"""Told facts are forgotten after a week; untold ones never."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.orders.commands.place import place
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.platform.outbox.models import OutboxDelivery, OutboxFact
from app.platform.outbox.retention import forget_told
from tests.cast import house, new_order, piece

pytestmark = pytest.mark.usefixtures("app")


def facts() -> int:
    return db.session.scalar(select(func.count()).select_from(OutboxFact)) or 0


def test_only_old_facts_that_were_told_to_all_are_forgotten(clock):
    owner = house(clock.now)
    place(new_order(owner, [piece(owner, clock.now)]), actor=GUEST, now=clock.now)
    while drain():
        pass
    told = facts()
    clock.advance(days=8)
    place(new_order(owner, [piece(owner, clock.now)]), actor=GUEST, now=clock.now)
    untold = facts() - told

    forgotten = forget_told()

    assert (forgotten, facts()) == (told, untold)
    assert db.session.scalars(select(OutboxDelivery.id)).first() is not None

"""What a step on everybody costs: so many statements a buyer, however many there are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event, func, select

from app.payments.models import Refund
from app.platform.db import db
from app.presale.commands import clockwork
from tests.cast import House, house
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")
FEW, MANY = 2, 8


@contextmanager
def statements() -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def refund(owner: House, buyers: int, clock) -> int:
    """How many statements it takes to pay so many buyers back after a missed threshold."""
    campaign = cast.campaign(owner, clock.now, threshold=20)
    medium, _large = cast.skus(campaign.id)
    for _ in range(buyers):
        cast.confirmed(owner, {medium.id: 1}, clock.now)
    clock.advance(days=7, hours=3)
    clockwork.advance()
    clock.advance(days=3)
    with statements() as seen:
        clockwork.advance()
    assert cast.fresh(campaign.id).state == "refunding"
    return len(seen)


def test_paying_a_buyer_back_takes_thirty_statements_at_most(clock):
    owner = house(clock.now)

    few, many = (refund(owner, buyers, clock) for buyers in (FEW, MANY))

    assert db.session.scalar(select(func.count()).select_from(Refund)) == FEW + MANY
    assert (many - few) / (MANY - FEW) <= 30

"""What the database itself refuses, whoever writes: the walls behind the guards of the code."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import IntegrityError

from app.marketing.codes import NOBODY
from app.marketing.commands import promotions, redeeming
from app.marketing.commands.promotions import Draft
from app.marketing.models import PromotionKind
from app.marketing.rules import Terms
from app.orders.commands.settle import settle
from app.platform.db import db
from app.platform.inbox.models import InboundEvent
from app.platform.transaction import command
from tests.cast import captured, house, piece, placed
from tests.conftest import MONDAY
from tests.faults.test_invariants import attempt
from tests.guards.walls import WALLS
from tests.notifications.letters import queue_letter
from tests.servers.scenes import remembered

NAMES = [place.partition(":")[2] for _keeps, place in WALLS.values()]
UPDATES = {
    "ck_stock_held_within_on_hand": "UPDATE stock SET held = on_hand + 1",
    "ck_order_line_counters_add_up": "UPDATE order_line SET cancelled = quantity + 1",
    "ck_promotion_used_enough": "UPDATE promotion SET used = max_uses + 1",
    "ck_promotion_code_used_enough": "UPDATE promotion_code SET used = max_uses + 1",
}
CALLBACK = {
    "source": "payments/sandbox", "event_id": "evt_1", "headers": {}, "body": b"{}",
    "received_at": MONDAY,
}  # fmt: skip
OTHERWISE = {"order": {"code": "OTHER"}, "message": {"message_id": "other"}}
"""What has to differ in a copied row, so that only the wall in question is run into."""


@remembered
@command
def furnish() -> None:
    """One row of everything that has a wall."""
    owner = house(MONDAY)
    order_id = placed(owner, [piece(owner, MONDAY, units=2)], MONDAY)
    settle(captured(attempt(order_id, MONDAY).reference, 129200, MONDAY), now=MONDAY)
    # Storing one as the shop does leans on the wall, so it cannot be done without it.
    db.session.execute(insert(InboundEvent).values(CALLBACK))
    queue_letter(now=MONDAY)
    draft = Draft(
        name={"en": "Hello"}, kind=PromotionKind.PERCENT, terms=Terms(percent=Decimal(10)),
        needs_code=True, starts_at=MONDAY, max_uses=5,
    )  # fmt: skip
    made = promotions.create(draft, actor=owner.staff(), now=MONDAY)
    promotions.add_code(made, "ONE", label="x", max_uses=5, actor=owner.staff(), now=MONDAY)
    redeeming.take(order_id, [redeeming.Taken(made, None, 1)], NOBODY, now=MONDAY)


@command
def write(wall: str, table: str) -> None:
    if wall in UPDATES:
        db.session.execute(text(UPDATES[wall]))
    else:
        copy_a_row(table)


def copy_a_row(name: str) -> None:
    """Write one row of a table a second time, under an id of its own."""
    table = db.metadata.tables[name]
    row = db.session.execute(select(table)).mappings().first()
    assert row is not None
    db.session.execute(insert(table).values({**row, "id": 9999, **OTHERWISE.get(name, {})}))


@pytest.mark.parametrize("wall", NAMES)
def test_the_database_itself_refuses(app, clock, wall):
    furnish()
    place = next(place for _keeps, place in WALLS.values() if place.endswith(f":{wall}"))

    with pytest.raises(IntegrityError):
        write(wall, place.partition(":")[0])

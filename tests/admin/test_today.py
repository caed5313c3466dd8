"""Today says until when what waits is to be done: from when on it could be."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import update

from app.admin import rules
from app.admin.queries import todo
from app.admin.queries.todo import Task
from app.orders.commands.fulfil import make_ready
from app.orders.models import Order, OrderLine
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import clockwork, more_time, production
from app.presale.models import PaymentMode, SupplyMode
from tests import cast
from tests.admin.counter import lines_of, paid_order
from tests.presale import cast as presales
from tests.presale import stages


@pytest.fixture
def owner(app, clock):
    return cast.house(clock.now)


def due(owner, task: Task, clock) -> datetime | None:
    """Until when the first of it is to be done."""
    db.session.rollback()
    found = {each.task: each for each in todo.tasks(owner.staff(), now=clock.now)}
    return found[task].due_at


def test_goods_of_a_presale_are_to_be_sent_from_when_they_are_there(owner, clock):
    campaign = presales.campaign(
        owner, clock.now, payment_mode=PaymentMode.FULL, supply_mode=SupplyMode.MADE_TO_ORDER
    )
    presales.confirmed(owner, {presales.skus(campaign.id)[0].id: 1}, clock.now)
    stages.arriving(clock, owner, campaign.id)

    production.start_fulfilling(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    assert due(owner, Task.SHIP, clock) == clock.now + rules.SHIP_WITHIN


def test_what_is_sent_together_waits_for_the_last_of_it(owner, clock):
    order_id = paid_order(owner, clock.now, units=2)
    first = lines_of(order_id)[0]
    with transaction():
        db.session.execute(update(Order).values(ship_together=True))
    clock.advance(days=4)
    beside = OrderLine(**{
        column.key: getattr(first, column.key)
        for column in OrderLine.__table__.columns
        if column.key != "id"
    } | {"available_at": clock.now})  # fmt: skip
    with transaction():
        db.session.add(beside)

    assert due(owner, Task.SHIP, clock) == clock.now + rules.SHIP_WITHIN


def test_what_is_laid_out_already_makes_nothing_else_late(owner, clock):
    make_ready(paid_order(owner, clock.now, method="pickup"), actor=owner.staff(), now=clock.now)
    clock.advance(days=3)

    paid_order(owner, clock.now, method="pickup")

    assert due(owner, Task.LAY_OUT, clock) == clock.now + rules.LAY_OUT_WITHIN
    assert due(owner, Task.COLLECTED, clock) == (
        clock.now - timedelta(days=3) + rules.KEPT_IN_STORE
    )


def test_who_was_given_more_time_is_not_among_those_whose_window_ends(owner, clock):
    campaign = presales.campaign(owner, clock.now, threshold=1)
    medium = presales.skus(campaign.id)[0]
    ada = presales.confirmed(owner, {medium.id: 1}, clock.now)
    presales.confirmed(owner, {medium.id: 1}, clock.now)
    stages.balance_open(clock, owner, campaign.id)
    ends_at = presales.fresh(campaign.id).balance_closes_at
    assert ends_at is not None
    more_time.for_one(
        presales.participation(ada), ends_at + timedelta(days=3), actor=owner.staff(), now=clock.now
    )

    clock.advance(seconds=(ends_at - clock.now).total_seconds() - 3600)

    found = {each.task: each for each in todo.tasks(owner.staff(), now=clock.now)}
    assert (found[Task.BALANCES].number, found[Task.BALANCES].due_at) == (1, ends_at)

"""A deposit that a person took as enough, though less came than was asked, is lost as it came."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from app.orders.commands import question
from app.orders.commands.balance import forfeit
from app.orders.commands.settle import settle
from app.orders.models import LedgerEntry, OrderLine
from app.platform.db import db
from tests.cast import captured, house
from tests.conftest import MONDAY
from tests.faults import books
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app", "clock")
CAME = 6200
"""Of ¥112 for the deposit and delivery."""


def test_no_more_is_lost_than_came():
    owner = house(MONDAY)
    campaign = cast.campaign(owner, MONDAY)
    order_id = cast.joined(owner, {cast.skus(campaign.id)[0].id: 1}, MONDAY)
    settle(captured(cast.attempt(order_id, MONDAY).reference, CAME, MONDAY), now=MONDAY)
    question.accept_questioned(order_id, actor=owner.staff(), now=MONDAY)

    lost = forfeit(order_id, f"campaign:{campaign.id}", cause="balance_unpaid", now=MONDAY)

    assert lost == CAME
    assert db.session.scalars(select(OrderLine.forfeited)).all() == [CAME]
    assert db.session.scalar(select(func.sum(LedgerEntry.amount))) == 0
    assert books.faults() == []

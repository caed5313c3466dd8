"""What is due is done, whatever else fails and however late it is."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.platform.db import db
from app.presale.commands import balances, clockwork, lifecycle, tasks
from app.presale.models import BalanceUnpaid, CampaignTask, Decision
from tests.cast import house
from tests.conftest import StoppedClock
from tests.presale import cast, stages

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


def test_one_campaign_that_fails_keeps_no_other_from_closing(clock, now, monkeypatch):
    owner = house(now)
    broken, whole = (cast.campaign(owner, now) for _ in range(2))
    close_one = lifecycle.close_one

    def fails_for_one(campaign_id: int, *, now: datetime) -> bool:
        if campaign_id == broken.id:
            raise ZeroDivisionError
        return close_one(campaign_id, now=now)

    monkeypatch.setattr(lifecycle, "close_one", fails_for_one)
    clock.advance(days=7)

    with pytest.raises(ExceptionGroup):
        clockwork.advance()

    assert cast.fresh(broken.id).state == "open"
    assert cast.fresh(whole.id).state == "refunded"


def test_one_task_that_fails_keeps_no_other_from_being_done(clock, now, monkeypatch):
    owner = house(now)
    campaigns = [cast.campaign(owner, now) for _ in range(2)]
    for campaign in campaigns:
        medium, _large = cast.skus(campaign.id)
        cast.confirmed(owner, {medium.id: 3}, now)
    tell = tasks._steps["notice"]

    def fails_for_one(campaign, participation, task, at):
        if campaign.id == campaigns[0].id:
            raise ZeroDivisionError
        tell(campaign, participation, task, at)

    monkeypatch.setitem(tasks._steps, "notice", fails_for_one)
    clock.advance(days=7)

    with pytest.raises(ExceptionGroup):
        clockwork.advance()
    db.session.rollback()
    finished = {
        task.campaign_id: task.finished_at is not None
        for task in db.session.scalars(select(CampaignTask))
    }
    assert finished == {campaigns[0].id: False, campaigns[1].id: True}

    monkeypatch.setitem(tasks._steps, "notice", tell)
    clockwork.advance()
    assert all(db.session.scalars(select(CampaignTask.finished_at)))


@pytest.mark.parametrize(("days", "state"), [(1, "extended"), (8, "refunding")])
def test_an_extension_by_default_comes_in_its_week_or_not_at_all(clock, now, days, state):
    owner = house(now)
    campaign = cast.campaign(owner, now, default_decision=Decision.EXTEND)
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 2}, now)
    clock.advance(days=7)
    clockwork.advance()

    clock.advance(days=days)
    clockwork.advance()

    assert cast.fresh(campaign.id).state == state


def test_two_workers_extend_a_balance_once(clock, now):
    owner = house(now)
    campaign = cast.campaign(owner, now, balance_unpaid=BalanceUnpaid.EXTEND)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, now)
    stages.balance_open(clock, owner, campaign.id)
    clock.advance(hours=72)
    clockwork.advance()
    extended = cast.balance_of(order_id).closes_at
    clock.advance(hours=72)

    balances.close_due()
    unfinished = select(CampaignTask.id).where(
        CampaignTask.kind == balances.UNPAID, CampaignTask.finished_at.is_(None)
    )
    for task_id in sorted(db.session.scalars(unfinished), reverse=True):
        tasks.run_batch(task_id, now=clock.now)

    assert cast.balance_of(order_id).closes_at == extended
    assert cast.fresh(campaign.id).state == "balance_closed"

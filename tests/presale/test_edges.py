"""The second before, the instant, and the second after: windows are half-open, whether or not the
clockwork has run, whatever the clocks do that night, and wherever the server stands.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.orders.errors import NothingDue
from app.platform.db import db
from app.platform.outbox.models import OutboxFact
from app.presale.commands import clockwork, editing
from app.presale.errors import NotOpen, NotPublishable
from app.presale.events import Notice
from app.presale.models import Campaign, SupplyMode
from tests.cast import House, house
from tests.conftest import StoppedClock, visitor
from tests.presale import cast, stages

SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
DAY, WEEK = timedelta(days=1), timedelta(days=7)
BERLIN = ZoneInfo("Europe/Berlin")
SPRING, AUTUMN = datetime(2027, 3, 28, 1, 0, tzinfo=UTC), datetime(2027, 10, 31, 1, 0, tzinfo=UTC)
"""When Berlin's clocks go from two to three, and from three back to two."""


@pytest.fixture
def owner(app: Flask, clock: StoppedClock) -> House:
    return house(clock.now)


def may_join(owner: House, campaign: Campaign, now: datetime) -> bool:
    medium = cast.skus(campaign.id)[0]
    try:
        cast.joined(owner, {medium.id: 1}, now)
    except NotOpen:
        db.session.rollback()
        return False
    return True


def around(clock: StoppedClock, instant: datetime, look: Callable[[], object]) -> list[object]:
    """What is seen a second before, at the instant and a second after, each after the clockwork."""
    seen = []
    for at in (instant - SECOND, instant, instant + SECOND):
        clock.advance(seconds=(at - clock.now).total_seconds())
        clockwork.advance()
        seen.append(look())
    return seen


def test_a_campaign_opens_at_its_instant(owner, clock):
    opens_at = clock.now + HOUR
    campaign = cast.campaign(owner, clock.now, opens_at=opens_at, closes_at=opens_at + WEEK)

    seen = around(
        clock,
        opens_at,
        lambda: (cast.fresh(campaign.id).state, may_join(owner, campaign, clock.now)),
    )

    assert seen == [("scheduled", False), ("open", True), ("open", True)]


def test_nobody_joins_from_the_close_on_even_while_the_clockwork_stands(owner, clock):
    campaign = cast.campaign(owner, clock.now)
    closes_at = campaign.closes_at

    joined = [may_join(owner, campaign, closes_at + by * SECOND) for by in (-1, 0, 1)]

    assert joined == [True, False, False]
    assert cast.fresh(campaign.id).state == "open"


def test_a_campaign_that_has_what_it_needs_closes_at_its_instant(owner, clock):
    campaign = cast.campaign(owner, clock.now, supply_mode=SupplyMode.MADE_TO_ORDER)
    cast.confirmed(owner, {cast.skus(campaign.id)[0].id: 1}, clock.now)

    seen = around(clock, campaign.closes_at, lambda: cast.fresh(campaign.id).state)

    assert seen == ["open", "succeeded", "succeeded"]


@pytest.fixture
def owing(owner: House, clock: StoppedClock) -> tuple[Campaign, int]:
    """A campaign whose balance window has just opened, and an order that owes."""
    campaign = cast.campaign(owner, clock.now)
    order_id = cast.confirmed(owner, {cast.skus(campaign.id)[0].id: 3}, clock.now)
    stages.balance_open(clock, owner, campaign.id)
    return cast.fresh(campaign.id), order_id


@pytest.mark.parametrize(("hours", "before"), [(24, 0), (3, 1)])
def test_reminders_are_told_at_their_instant(owing, clock, hours, before):
    campaign, _order_id = owing
    told = select(func.count()).where(
        OutboxFact.name == Notice.name,
        OutboxFact.payload["word"].as_string() == "balance_reminder",
    )

    seen = around(clock, campaign.balance_closes_at - hours * HOUR, lambda: db.session.scalar(told))

    assert seen == [before, before + 1, before + 1]


def test_nobody_is_reminded_of_a_balance_whose_window_is_over(owing, clock):
    campaign, _order_id = owing
    told = select(func.count()).where(
        OutboxFact.name == Notice.name,
        OutboxFact.payload["word"].as_string() == "balance_reminder",
    )

    clock.advance(seconds=(campaign.balance_closes_at - clock.now).total_seconds())
    clockwork.advance()

    assert db.session.scalar(told) == 0


def test_a_balance_is_paid_until_its_close_and_not_from_it_on(owing, clock):
    campaign, order_id = owing

    def can_pay() -> bool:
        try:
            cast.attempt(order_id, clock.now)
        except NothingDue:
            return False
        return True

    clock.advance(seconds=(campaign.balance_closes_at - clock.now).total_seconds() - 1)
    assert can_pay()
    clock.advance(seconds=1)
    assert not can_pay()
    assert cast.fresh(campaign.id).state == "balance_open"


def test_a_balance_window_closes_at_its_instant(owing, clock):
    campaign, _order_id = owing

    seen = around(clock, campaign.balance_closes_at, lambda: cast.fresh(campaign.id).state)

    assert seen == ["balance_open", "balance_closed", "balance_closed"]


@pytest.fixture
def berlin(make_app: Callable[..., Flask]) -> Iterator[Flask]:
    """The same shop with Berlin's clock on its wall."""
    app = make_app(time_zone=BERLIN.key)
    with app.app_context():
        yield app
        db.session.remove()


@pytest.mark.parametrize(
    ("closes_at", "said"),
    [
        (SPRING - SECOND * 60, "Sun 28 Mar 2027, 01:59"),
        (SPRING, "Sun 28 Mar 2027, 03:00"),
        (AUTUMN - HOUR, "Sun 31 Oct 2027, 02:00"),
        (AUTUMN, "Sun 31 Oct 2027, 02:00"),
        (AUTUMN + HOUR, "Sun 31 Oct 2027, 03:00"),
    ],
    ids=["before the gap", "in the gap", "first two", "second two", "after both"],
)
def test_a_close_in_the_night_of_the_change_is_one_instant(berlin, clock, closes_at, said):
    clock.advance(seconds=(closes_at - WEEK - clock.now).total_seconds())
    owner = house(clock.now)
    campaign = cast.campaign(owner, clock.now, closes_at=closes_at)

    page = visitor(berlin).get(f"/pre/{campaign.slug}?lang=en").text
    joined = [may_join(owner, campaign, closes_at + by * SECOND) for by in (-1, 0, 1)]

    assert said in page
    assert closes_at.astimezone(BERLIN).isoformat(timespec="seconds") in page
    assert joined == [True, False, False]


def test_a_copy_opens_tomorrow_at_the_same_hour_after_the_change_too(berlin, clock):
    clock.advance(seconds=(AUTUMN - 20 * DAY - clock.now).total_seconds())
    owner = house(clock.now)
    campaign = cast.campaign(owner, clock.now)
    clock.advance(days=30, hours=-1)

    copy_id = editing.duplicate(campaign.id, actor=owner.staff(), now=clock.now)

    copy, tomorrow = cast.fresh(copy_id), (clock.now + DAY).astimezone(BERLIN).date()
    first, again = (each.astimezone(BERLIN) for each in (campaign.opens_at, copy.opens_at))
    assert (again.date(), again.time()) == (tomorrow, first.time())
    assert copy.closes_at - copy.opens_at == WEEK


@pytest.mark.parametrize(
    ("zone", "hour", "days", "is_fine"),
    [
        ("America/Los_Angeles", 20, 0, True),
        ("America/Los_Angeles", 20, -1, False),
        ("Asia/Shanghai", 2, 0, True),
        ("Asia/Shanghai", 2, -1, False),
    ],
)
def test_goods_are_promised_for_the_day_of_the_close_where_the_shop_is(
    make_app, clock, zone, hour, days, is_fine
):
    with make_app(time_zone=zone).app_context():
        owner = house(clock.now)
        closes_at = (clock.now + WEEK).astimezone(ZoneInfo(zone)).replace(hour=hour, minute=30)
        sent_on = closes_at.date() + days * DAY
        dates = {"closes_at": closes_at.astimezone(UTC), "promise_latest": sent_on}

        try:
            cast.campaign(owner, clock.now, promise_earliest=sent_on, **dates)
            published = True
        except NotPublishable as refused:
            published = "promise_latest" not in refused.errors
        db.session.remove()

    assert published is is_fine


@pytest.fixture(params=["America/New_York", "Pacific/Auckland"])
def server_zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The server's own clock stands elsewhere than the shop's."""
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield request.param
    monkeypatch.setenv("TZ", before) if before else monkeypatch.delenv("TZ")
    time.tzset()


def test_where_the_server_stands_changes_neither_words_nor_windows(owner, app, clock, server_zone):
    campaign = cast.campaign(owner, clock.now, supply_mode=SupplyMode.MADE_TO_ORDER)
    cast.confirmed(owner, {cast.skus(campaign.id)[0].id: 1}, clock.now)

    page = visitor(app).get(f"/pre/{campaign.slug}?lang=en").text
    seen = around(clock, campaign.closes_at, lambda: cast.fresh(campaign.id).state)

    assert time.tzname[0] not in {"CST", "UTC"}
    assert "Mon 30 Nov 2026, 10:00" in page
    assert seen == ["open", "succeeded", "succeeded"]

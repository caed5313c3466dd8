"""Openings are counted by the hour; who opened is forgotten with the day."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import select

from app.community.commands.counting import forget_visitors, note_open
from app.community.models import LinkHour, LinkVisitor
from app.platform.db import db
from tests import cast
from tests.community import cast as community
from tests.conftest import StoppedClock

pytestmark = pytest.mark.usefixtures("app")

PHONE, DESK = "Mozilla/5.0 (a phone)", "Mozilla/5.0 (a desk)"
SOMEBODY = "192.0.2.7"


@pytest.fixture
def link(clock: StoppedClock) -> int:
    owner = cast.house(clock.now)
    campaign = community.campaign(owner, clock.now)
    return community.link(community.leader(owner), campaign.id, clock.now).id


def hours(link_id: int) -> list[tuple[datetime, int, int]]:
    db.session.rollback()
    rows = select(LinkHour.hour, LinkHour.opened, LinkHour.viewed).where(
        LinkHour.link_id == link_id
    )
    return [(row[0], row[1], row[2]) for row in db.session.execute(rows.order_by(LinkHour.hour))]


def visitors() -> list[str]:
    return list(db.session.scalars(select(LinkVisitor.visitor)))


def test_each_opening_counts_and_each_person_once_a_day(link, clock):
    for browser in (PHONE, PHONE, DESK):
        note_open(link, SOMEBODY, browser, now=clock.now)
    clock.advance(hours=1)
    note_open(link, SOMEBODY, PHONE, now=clock.now)

    assert [row[1:] for row in hours(link)] == [(3, 2), (1, 0)]


def test_the_next_day_somebody_is_new_again(link, clock):
    note_open(link, SOMEBODY, PHONE, now=clock.now)
    clock.advance(days=1)
    note_open(link, SOMEBODY, PHONE, now=clock.now)

    assert [row[1:] for row in hours(link)] == [(1, 1), (1, 1)]


def test_no_address_is_kept_and_nobody_longer_than_their_day(link, clock):
    note_open(link, SOMEBODY, PHONE, now=clock.now)
    assert SOMEBODY not in "".join(visitors())

    forget_visitors()
    assert len(visitors()) == 1
    clock.advance(hours=24)
    forget_visitors()

    assert visitors() == []
    assert [row[1:] for row in hours(link)] == [(1, 1)]

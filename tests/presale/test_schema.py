"""What the database itself refuses: rewards for sharing, invented joins, fake scarcity, levels.

Every statement here is sent past all commands, as a careless script would.
"""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.platform.db import db
from app.platform.transaction import transaction
from tests.cast import house
from tests.community import cast as community
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def shared(clock):
    """Ada joined through a link of a campaign with a cap of ten, and pays a commission."""
    owner = house(clock.now)
    campaign = cast.campaign(owner, clock.now, commission_bp=500)
    medium, _large = cast.skus(campaign.id)
    link = community.link(community.leader(owner), campaign.id, clock.now)
    order_id = cast.confirmed(owner, {medium.id: 3}, clock.now, joining=community.through(link))
    cast.joined(owner, {medium.id: 1}, clock.now)
    db.session.rollback()
    return {
        "campaign": campaign.id, "sku": medium.id, "link": link.id, "now": clock.now,
        "person": cast.participation(order_id),
    }  # fmt: skip


REFUSED = {
    "a reward without a join": (
        "INSERT INTO commission_entry (link_id, commitment_id, kind, base, amount, currency,"
        " reference, booked_at) VALUES (:link, NULL, 'accrued', 0, 100, 'CNY', 'share', :now)"
    ),
    "a reward for a join that is not there": (
        "INSERT INTO commission_entry (link_id, commitment_id, kind, base, amount, currency,"
        " reference, booked_at) VALUES (:link, 987654, 'accrued', 0, 100, 'CNY', 'share', :now)"
    ),
    "another kind of reward": (
        "INSERT INTO commission_entry (link_id, commitment_id, kind, base, amount, currency,"
        " reference, booked_at) SELECT :link, id, 'shared', 0, 100, 'CNY', 'share', :now"
        " FROM commitment"
    ),
    "a reward for nothing that was paid": (
        "INSERT INTO commission_entry (link_id, commitment_id, kind, base, amount, currency,"
        " reference, booked_at) SELECT :link, id, 'accrued', 0, 100, 'CNY', 'share', :now"
        " FROM commitment"
    ),
    "a reward that is more than what was paid": (
        "INSERT INTO commission_entry (link_id, commitment_id, kind, base, amount, currency,"
        " reference, booked_at) SELECT :link, id, 'accrued', 100, 101, 'CNY', 'share', :now"
        " FROM commitment"
    ),
    "a booked reward that changes": "UPDATE commission_entry SET amount = amount * 2",
    "a booked reward that goes": "DELETE FROM commission_entry",
    "a rate above half": "UPDATE campaign SET commission_bp = 5001 WHERE id = :campaign",
    "an order that may earn nothing": "UPDATE campaign SET commission_cap = 0 WHERE id = :campaign",
    "a number for who has not paid": (
        "UPDATE participation SET number = 99 WHERE confirmed_at IS NULL"
    ),
    "one number for two": (
        "UPDATE participation SET number = 1, confirmed_at = :now WHERE confirmed_at IS NULL"
    ),
    "a number below the first": "UPDATE participation SET number = 0 WHERE id = :person",
    "fewer places than are taken": "UPDATE campaign_sku SET cap = 3 WHERE id = :sku",
    "more taken than there are places": "UPDATE campaign_sku SET committed = 10 WHERE id = :sku",
    "a place taken by less than nobody": "UPDATE campaign_sku SET held = -1 WHERE id = :sku",
    "a join of no units": "UPDATE commitment SET quantity = 0",
    "a threshold nobody could miss": "UPDATE campaign SET threshold = 0 WHERE id = :campaign",
    "a promise that is taken back": "DELETE FROM promise_version",
    "history that is written anew": "UPDATE campaign_event SET kind = 'open'",
}


@pytest.mark.parametrize("statement", REFUSED.values(), ids=REFUSED.keys())
def test_the_database_refuses(shared, statement):
    with pytest.raises((IntegrityError, DBAPIError)), transaction():
        db.session.execute(text(statement), shared)


def test_a_reward_knows_one_link_and_a_link_one_leader(app):
    """A second level has no column to stand in."""
    leaders = {
        (table.name, column.name)
        for table in db.metadata.tables.values()
        for column in table.columns
        if any(key.target_fullname == "staff.id" for key in column.foreign_keys)
        and table.name in {"share_link", "commission_entry", "chat_group", "staff"}
    }
    links = [
        column.name
        for column in db.metadata.tables["commission_entry"].columns
        if any(key.target_fullname == "share_link.id" for key in column.foreign_keys)
    ]

    assert leaders == {("share_link", "leader_id"), ("chat_group", "leader_id")}
    assert links == ["link_id"]

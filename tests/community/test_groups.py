"""Groups and their links: whose they are, and what there is only once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.community.commands import groups, links
from app.community.commands.groups import GroupWords
from app.community.errors import GroupArchived, NotShareable
from app.community.models import ChatGroup, ShareLink
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.errors import Forbidden, Invalid, NotFound
from app.platform.ids import ALPHABET
from app.presale.errors import CapTooLow
from app.presale.models import QuotaSlice
from app.shop.models import Role
from tests import cast
from tests.admin.counter import contents
from tests.cast import House
from tests.community import cast as community
from tests.conftest import StoppedClock
from tests.presale import cast as presale

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def owner(now) -> House:
    return cast.house(now)


def units_kept(link_id: int) -> dict[int, int]:
    rows = select(QuotaSlice.sku_id, QuotaSlice.quota).where(QuotaSlice.link_id == link_id)
    return dict(db.session.execute(rows).all())


def test_a_leader_founds_renames_and_archives_a_group(owner, now):
    xiaoyu = community.leader(owner)

    group_id = community.group(xiaoyu, now, "Mothers")
    groups.change(group_id, GroupWords("West gate mothers", "QQ"), actor=xiaoyu, now=now)
    for _ in range(2):
        groups.archive(group_id, actor=xiaoyu, now=now)

    group = db.session.get_one(ChatGroup, group_id, populate_existing=True)
    assert (group.name, group.app, group.leader_id) == ("West gate mothers", "QQ", xiaoyu.id)
    assert group.archived_at == now
    verbs = select(AuditRow.verb).where(AuditRow.object_kind == "chat_group")
    assert list(db.session.scalars(verbs.order_by(AuditRow.id))) == [
        "community.create_group",
        "community.change_group",
        "community.archive_group",
    ]


@pytest.mark.parametrize("name", ["", "   ", "x" * 61])
def test_a_group_needs_a_name_its_leader_can_read(owner, now, name):
    xiaoyu = community.leader(owner)

    with pytest.raises(Invalid) as refused:
        groups.create(GroupWords(name), actor=xiaoyu, now=now)

    assert set(refused.value.errors) == {"name"}


def test_two_groups_of_one_leader_are_told_apart_those_of_two_need_not_be(owner, now):
    xiaoyu, awen = community.leader(owner), community.leader(owner, "awen")
    community.group(xiaoyu, now, "Mothers")
    community.group(awen, now, "Mothers")

    with pytest.raises(Invalid):
        community.group(xiaoyu, now, "Mothers")


def test_an_owner_founds_a_group_for_a_colleague_a_leader_does_not(owner, now):
    xiaoyu, awen = community.leader(owner), community.leader(owner, "awen")
    cleo = community.leader(owner, "cleo", Role.OWNER)

    group_id = groups.create(GroupWords("Mothers"), actor=cleo, now=now, leader_id=xiaoyu.id)

    assert db.session.get_one(ChatGroup, group_id).leader_id == xiaoyu.id
    with pytest.raises(Forbidden):
        groups.create(GroupWords("Mothers"), actor=awen, now=now, leader_id=xiaoyu.id)


def test_a_colleague_of_another_merchant_leads_no_group_here(owner, now):
    cleo = community.leader(owner, "cleo", Role.OWNER)
    stranger = community.leader(cast.house(now, "north", is_house=False), "nora")

    with pytest.raises(NotFound):
        groups.create(GroupWords("Mothers"), actor=cleo, now=now, leader_id=stranger.id)


def test_sharing_again_gives_the_same_code(owner, now):
    xiaoyu, campaign = community.leader(owner), community.campaign(owner, now)
    group_id = community.group(xiaoyu, now)

    codes = {links.share(campaign.id, group_id, actor=xiaoyu, now=now) for _ in range(3)}

    assert len(codes) == 1
    link = community.by_code(codes.pop())
    assert set(link.code) <= set(ALPHABET)
    assert len(link.code) == 8
    assert (link.leader_id, link.commission_bp) == (xiaoyu.id, community.RATE)


def test_two_windows_at_once_make_one_link(app: Flask, owner, now):
    xiaoyu, campaign = community.leader(owner), community.campaign(owner, now)
    group_id = community.group(xiaoyu, now)
    campaign_id = campaign.id
    db.session.rollback()

    def share(_window: int) -> str:
        with app.app_context():
            return links.share(campaign_id, group_id, actor=xiaoyu, now=now)

    with ThreadPoolExecutor(4) as pool:
        codes = set(pool.map(share, range(8)))

    assert len(codes) == 1
    assert db.session.scalar(select(func.count()).select_from(ShareLink)) == 1


def test_every_group_has_a_link_of_its_own(owner, now):
    xiaoyu, campaign = community.leader(owner), community.campaign(owner, now)

    first = community.link(xiaoyu, campaign.id, now, "Mothers")
    second = community.link(xiaoyu, campaign.id, now, "Runners")

    assert first.code != second.code


def test_a_revoked_link_can_be_taken_up_again(owner, now):
    xiaoyu, campaign = community.leader(owner), community.campaign(owner, now)
    link = community.link(xiaoyu, campaign.id, now)

    for _ in range(2):
        links.revoke(link.code, actor=xiaoyu, now=now)
    assert community.by_code(link.code).revoked_at == now
    again = links.share(campaign.id, link.group_id, actor=xiaoyu, now=now)

    assert again == link.code
    assert community.by_code(link.code).revoked_at is None


def test_what_is_over_or_not_published_is_not_shared(owner, now, clock):
    xiaoyu = community.leader(owner)
    group_id = community.group(xiaoyu, now)
    over = community.campaign(owner, now)
    clock.advance(days=7)

    with pytest.raises(NotShareable):
        links.share(over.id, group_id, actor=xiaoyu, now=clock.now)


def test_nothing_new_is_shared_in_an_archived_group(owner, now):
    xiaoyu, campaign = community.leader(owner), community.campaign(owner, now)
    group_id = community.group(xiaoyu, now)
    groups.archive(group_id, actor=xiaoyu, now=now)

    with pytest.raises(GroupArchived):
        links.share(campaign.id, group_id, actor=xiaoyu, now=now)

    groups.restore(group_id, actor=xiaoyu, now=now)
    assert links.share(campaign.id, group_id, actor=xiaoyu, now=now)


def test_units_are_kept_for_a_link_in_the_moment_it_is_made(owner, now):
    xiaoyu, campaign = community.leader(owner), community.campaign(owner, now)
    medium, large = presale.skus(campaign.id)
    group_id = community.group(xiaoyu, now)

    code = links.share(
        campaign.id, group_id, actor=owner.staff(), now=now, quotas={medium.id: 4, large.id: 2}
    )

    assert units_kept(community.by_code(code).id) == {medium.id: 4, large.id: 2}
    assert [sku.held for sku in presale.skus(campaign.id)] == [4, 2]


def test_more_units_than_there_are_make_no_link_at_all(owner, now):
    xiaoyu, campaign = community.leader(owner), community.campaign(owner, now)
    medium, large = presale.skus(campaign.id)
    group_id = community.group(xiaoyu, now)
    before = contents()

    with pytest.raises(CapTooLow):
        links.share(
            campaign.id, group_id, actor=owner.staff(), now=now, quotas={medium.id: 4, large.id: 99}
        )

    assert contents() == before


def test_a_leader_keeps_no_units_for_themselves(owner, now):
    xiaoyu, campaign = community.leader(owner), community.campaign(owner, now)
    medium, _large = presale.skus(campaign.id)
    link = community.link(xiaoyu, campaign.id, now)

    with pytest.raises(Forbidden):
        links.keep_units(link.code, {medium.id: 4}, actor=xiaoyu, now=now)

    links.keep_units(link.code, {medium.id: 4}, actor=owner.staff(), now=now)
    assert units_kept(link.id) == {medium.id: 4}


def test_units_of_another_campaign_are_not_kept(owner, now):
    xiaoyu, campaign = community.leader(owner), community.campaign(owner, now)
    other = community.campaign(owner, now)
    link = community.link(xiaoyu, campaign.id, now)
    foreign = presale.skus(other.id)[0]

    with pytest.raises(NotFound):
        links.keep_units(link.code, {foreign.id: 1}, actor=owner.staff(), now=now)


def test_another_leaders_group_and_link_are_not_there(owner, now):
    xiaoyu, awen = community.leader(owner), community.leader(owner, "awen")
    campaign = community.campaign(owner, now)
    link = community.link(xiaoyu, campaign.id, now)
    before = contents()

    for attempt in (
        lambda: groups.change(link.group_id, GroupWords("Mine"), actor=awen, now=now),
        lambda: groups.archive(link.group_id, actor=awen, now=now),
        lambda: links.share(campaign.id, link.group_id, actor=awen, now=now),
        lambda: links.revoke(link.code, actor=awen, now=now),
    ):
        with pytest.raises(NotFound):
            attempt()

    assert contents() == before


def test_another_merchants_presale_is_not_shared(owner, now):
    north = cast.house(now, "north", is_house=False)
    nora = community.leader(north, "nora")
    campaign = community.campaign(owner, now)
    group_id = community.group(nora, now)

    with pytest.raises(NotShareable):
        links.share(campaign.id, group_id, actor=nora, now=now)


def test_a_link_lives_on_when_its_campaign_is_extended(owner, now):
    xiaoyu, campaign = community.leader(owner), community.campaign(owner, now)
    link = community.link(xiaoyu, campaign.id, now)

    later = now + timedelta(days=1)
    assert links.share(campaign.id, link.group_id, actor=xiaoyu, now=later) == link.code

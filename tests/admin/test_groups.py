"""Groups at the counter: a leader shares in three forms, sees how it stands, and only their own."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.community.commands import counting, links
from app.community.models import ChatGroup, ShareLink
from app.platform.db import db
from app.presale.commands import balances, clockwork
from app.shop.models import Role
from app.shop.sign_in import actor_of
from tests import cast
from tests.admin.counter import Clerk, clerk, contents, counted_queries
from tests.community import cast as community
from tests.community.test_visitors import ANDROID, DESK
from tests.conftest import visitor
from tests.presale import cast as presale
from tests.presale.test_flow import goods_arrive


@pytest.fixture
def owner(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def campaign(owner, clock):
    return community.campaign(owner, clock.now)


@pytest.fixture
def xiaoyu(app, owner) -> Clerk:
    return clerk(app, owner.merchant_id, "xiaoyu", Role.LEADER)


@pytest.fixture
def link(xiaoyu, campaign, clock) -> ShareLink:
    return community.link(actor_of(xiaoyu.member), campaign.id, clock.now)


def groups() -> list[str]:
    db.session.rollback()
    return [group.name for group in db.session.query(ChatGroup).order_by(ChatGroup.id)]


def join(owner, link, sku_id, now, **facts):
    return presale.confirmed(owner, {sku_id: 1}, now, joining=community.through(link), **facts)


def test_a_leader_goes_from_nothing_to_a_poster_in_two_forms(xiaoyu, campaign):
    added = xiaoyu.post("/admin/groups", {"name": "West gate mothers", "app": "WeChat"})
    group_id = db.session.query(ChatGroup.id).scalar()
    shared = xiaoyu.post("/admin/g", {"campaign": campaign.id, "group": group_id})

    assert (added.status_code, shared.status_code) == (303, 303)
    page = xiaoyu.read(shared.location)
    code = shared.location.split("/")[3]
    assert f"/g/{code}/poster.jpg?lang=en" in page
    assert f"/g/{code}</p>" in page
    assert "Press and hold the picture" in page
    assert f"code {code[:4]} {code[4:]}" in page


def test_the_only_presale_and_the_only_group_are_chosen_already(xiaoyu, campaign):
    xiaoyu.post("/admin/groups", {"name": "West gate mothers"})

    page = xiaoyu.read("/admin/groups")

    assert ">Choose</option>" not in page


def test_what_was_not_chosen_is_said_beside_it(xiaoyu, campaign):
    xiaoyu.post("/admin/groups", {"name": "West gate mothers"})

    answer = xiaoyu.post("/admin/g", {"campaign": campaign.id, "group": ""})

    assert answer.status_code == 422
    assert "Please choose a group." in answer.text


@pytest.mark.parametrize(
    "typed", [{"name": ""}, {"name": "x" * 61}, {"name": "A", "note": "x" * 201}]
)
def test_a_group_that_cannot_be_is_refused_with_what_was_typed(xiaoyu, typed):
    answer = xiaoyu.post("/admin/groups", {"app": "QQ", **typed})

    assert answer.status_code == 422
    assert 'value="QQ"' in answer.text
    assert groups() == []


def test_a_group_is_renamed_put_away_and_taken_back(xiaoyu, link):
    here = f"/admin/groups/{link.group_id}"

    assert xiaoyu.post(here, {"name": "East gate mothers"}).status_code == 303
    assert groups() == ["East gate mothers"]
    xiaoyu.post(f"{here}/archive")
    assert "East gate mothers" not in xiaoyu.read("/admin/groups")
    assert "East gate mothers" in xiaoyu.read("/admin/groups?archived=1")
    xiaoyu.post(f"{here}/restoration")
    assert "East gate mothers" in xiaoyu.read("/admin/groups")


def test_the_messages_are_in_both_languages_and_only_true_ones_can_be_copied(xiaoyu, link):
    english = xiaoyu.read(f"/admin/g/{link.code}/poster?text=en")
    chinese = xiaoyu.read(f"/admin/g/{link.code}/poster?text=zh-Hans")

    assert "3 more are needed for Kyoto shirt to go ahead" in english
    assert "京都衬衫 还差 3 件成团" in chinese
    copied = re.findall(r'data-copy="([^"]+)"', chinese)
    assert any("还差 3 件成团" in text for text in copied)
    assert not any("过半" in text or "开始发货" in text for text in copied)


def test_in_a_chat_app_nothing_is_offered_to_be_downloaded(xiaoyu, link):
    boxed = xiaoyu.get(f"/admin/g/{link.code}/poster", headers={"User-Agent": ANDROID}).text
    outside = xiaoyu.get(f"/admin/g/{link.code}/poster", headers={"User-Agent": DESK}).text

    assert "download=" not in boxed
    assert "Press and hold the picture" in boxed
    assert "download=" in outside


def test_standings_say_what_came_of_a_link(xiaoyu, owner, campaign, link, clock):
    medium, _large = presale.skus(campaign.id)
    for browser in ("a", "a", "b"):
        counting.note_open(link.id, "192.0.2.7", browser, now=clock.now)
    join(owner, link, medium.id, clock.now, name="林小满")
    presale.joined(owner, {medium.id: 1}, clock.now, joining=community.through(link))
    presale.confirmed(owner, {medium.id: 1}, clock.now, name="Somebody Else")

    page = xiaoyu.read(f"/admin/g/{link.code}")

    for row in ("Opened</span><span>3", "People who looked</span><span>2",
                "People who joined</span><span>2", "Paid</span><span>1"):  # fmt: skip
        assert row in page
    assert "¥100" in page
    assert "¥5<" in page  # five percent, pending
    assert "林**" in page
    assert "林小满" not in page
    assert "S**" not in page  # who came another way is none of theirs


def test_the_page_looks_again_by_itself_and_unchanged_costs_nothing(xiaoyu, link):
    htmx = {"HX-Request": "true", "HX-Request-Type": "partial"}
    first = xiaoyu.get(f"/admin/g/{link.code}", headers=htmx)

    again = xiaoyu.get(
        f"/admin/g/{link.code}", headers=htmx | {"If-None-Match": first.headers["ETag"]}
    )

    assert 'hx-trigger="every 10s"' in first.text
    assert again.status_code == 304


def test_the_page_asks_as_often_however_many_joined(xiaoyu, owner, campaign, link, clock):
    medium, _large = presale.skus(campaign.id)
    join(owner, link, medium.id, clock.now)
    with counted_queries() as few:
        xiaoyu.read(f"/admin/g/{link.code}")
    for _ in range(5):
        join(owner, link, medium.id, clock.now)

    with counted_queries() as many:
        xiaoyu.read(f"/admin/g/{link.code}")

    assert len(many) == len(few) <= 26


def test_whoever_owes_has_a_link_to_pay_with_and_nothing_of_them_is_told(
    app, xiaoyu, owner, campaign, link, clock
):
    medium, _large = presale.skus(campaign.id)
    for name in ("林小满", "Ada Test", "Ben Test"):
        join(owner, link, medium.id, clock.now, name=name)
    clock.advance(days=7)
    clockwork.advance()
    goods_arrive(campaign.id, owner.staff(), clock.now)
    balances.open_balance(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    page = xiaoyu.read(f"/admin/g/{link.code}")

    assert "Who still owes the balance" in page
    pay = set(re.findall(r'data-copy="[^"]*(/b/[^"]+)"', page))
    assert len(pay) == 3
    assert "林小满" not in page
    opened = visitor(app).get(pay.pop())
    assert opened.status_code == 200
    assert "298" in opened.text
    assert "joiner" not in opened.text


def test_own_groups_are_compared_others_are_not_shown(app, xiaoyu, owner, campaign, link, clock):
    awen = community.leader(owner, "awen")
    mine = community.link(actor_of(xiaoyu.member), campaign.id, clock.now, "Runners")
    theirs = community.link(awen, campaign.id, clock.now, "Readers")

    page = xiaoyu.read(f"/admin/g/{link.code}")
    boss = clerk(app, owner.merchant_id, "cleo", Role.OWNER).read(f"/admin/g/{link.code}")

    assert "Runners" in page
    assert mine.code in page
    assert "Readers" not in page
    assert "Readers" in boss
    assert theirs.code in boss


def test_an_owner_keeps_units_for_a_link_and_the_leader_sees_how_many_are_taken(
    app, xiaoyu, owner, campaign, link
):
    medium, _large = presale.skus(campaign.id)
    cleo = clerk(app, owner.merchant_id, "cleo", Role.OWNER)

    kept = cleo.post(f"/admin/g/{link.code}/slices", {f"quota-{medium.id}": "4"})

    assert kept.status_code == 303
    assert "0 of 4 taken" in xiaoyu.read(f"/admin/g/{link.code}")
    assert "/slices" not in xiaoyu.read(f"/admin/g/{link.code}")


@pytest.mark.parametrize("typed", ["x", "-1", "99999999"])
def test_a_number_that_is_none_is_told_beside_its_field(app, owner, campaign, link, typed):
    medium, _large = presale.skus(campaign.id)
    cleo = clerk(app, owner.merchant_id, "cleo", Role.OWNER)

    answer = cleo.post(f"/admin/g/{link.code}/slices", {f"quota-{medium.id}": typed})

    assert answer.status_code == 422
    assert f'id="quota-{medium.id}-error"' in answer.text


def test_more_than_there_are_is_refused_and_keeps_nothing(app, owner, campaign, link):
    medium, _large = presale.skus(campaign.id)
    cleo = clerk(app, owner.merchant_id, "cleo", Role.OWNER)
    before = contents()

    answer = cleo.post(f"/admin/g/{link.code}/slices", {f"quota-{medium.id}": "400"})

    assert answer.status_code == 422
    assert "More units than that are already taken." in answer.text
    assert contents() == before


def test_a_link_is_ended_once_and_its_page_says_so(xiaoyu, link):
    for _ in range(2):
        assert xiaoyu.post(f"/admin/g/{link.code}/revocation").status_code == 303

    page = xiaoyu.read(f"/admin/g/{link.code}")

    assert "Ended" in page
    assert "/revocation" not in page


@pytest.mark.parametrize("who", ["another leader", "another merchant's owner"])
def test_what_is_not_ones_own_is_not_there(app, owner, campaign, link, clock, who):
    north = cast.house(clock.now, "north", is_house=False)
    awen = (
        clerk(app, owner.merchant_id, "awen", Role.LEADER)
        if who == "another leader"
        else clerk(app, north.merchant_id, "nora", Role.OWNER)
    )
    medium, _large = presale.skus(campaign.id)
    before = contents()

    answers = [
        awen.get(f"/admin/g/{link.code}"),
        awen.get(f"/admin/g/{link.code}/poster"),
        awen.get(f"/admin/groups/{link.group_id}"),
        awen.post(f"/admin/groups/{link.group_id}", {"name": "Mine"}),
        awen.post(f"/admin/groups/{link.group_id}/archive"),
        awen.post(f"/admin/groups/{link.group_id}/restoration"),
        awen.post("/admin/g", {"campaign": campaign.id, "group": link.group_id}),
        awen.post(f"/admin/g/{link.code}/revocation"),
    ]
    if who == "another merchant's owner":
        slices = {f"quota-{medium.id}": "1"}
        answers.append(awen.post(f"/admin/g/{link.code}/slices", slices))

    assert [answer.status_code for answer in answers] == [404] * len(answers)
    assert contents() == before
    assert link.code not in awen.read("/admin/groups")


def test_a_leader_sees_nothing_else_of_the_counter(xiaoyu, link):
    nav = xiaoyu.read("/admin/groups")

    assert 'href="/admin/orders"' not in nav
    for path in ("/admin/orders", "/admin/presales", "/admin/items", "/admin/team"):
        assert xiaoyu.get(path).status_code == 403


def test_a_reader_looks_and_shares_nothing(app, owner, campaign, link):
    rui = clerk(app, owner.merchant_id, "rui", Role.READONLY)
    before = contents()

    assert rui.get(f"/admin/g/{link.code}").status_code == 200
    refused = rui.post("/admin/g", {"campaign": campaign.id, "group": link.group_id})

    assert refused.status_code == 403
    assert contents() == before


def test_a_link_goes_on_after_its_leader_was_late_to_look(xiaoyu, campaign, link, clock):
    clock.advance(days=8)

    page = xiaoyu.read(f"/admin/g/{link.code}")

    assert link.created_at < clock.now - timedelta(days=7)
    assert "Kyoto shirt" in page


def test_an_archived_group_takes_no_new_presale(xiaoyu, owner, campaign, link, clock):
    other = community.campaign(owner, clock.now)
    xiaoyu.post("/admin/groups", {"name": "Runners"})
    xiaoyu.post(f"/admin/groups/{link.group_id}/archive")

    answer = xiaoyu.post("/admin/g", {"campaign": other.id, "group": link.group_id})

    assert answer.status_code == 422
    assert "This group is archived." in answer.text
    assert (
        links.share(campaign.id, link.group_id, actor=actor_of(xiaoyu.member), now=clock.now)
        == link.code
    )

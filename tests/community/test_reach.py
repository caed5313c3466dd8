"""A link's goal opens a code for everybody on it, once it is reached, and rewards nobody alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.community.commands import counting, reach
from app.community.commands.reach import NewGoal
from app.community.errors import GoalStands
from app.community.models import ReachCounts, ReachGoal
from app.community.queries.reach import goal_of
from app.marketing.commands import promotions
from app.marketing.commands.promotions import Draft
from app.marketing.models import PromotionCode, PromotionKind
from app.marketing.queries import codes_of, is_known
from app.marketing.rules import Terms
from app.platform.db import db
from app.platform.errors import Forbidden, Invalid, NotFound
from app.platform.transaction import transaction
from tests import cast
from tests.admin.counter import clerk
from tests.community import cast as community
from tests.community.test_link_pages import BROWSER
from tests.conftest import MONDAY
from tests.presale import cast as presale


@pytest.fixture
def owner(app, clock):
    return cast.house(MONDAY)


@pytest.fixture
def link(owner):
    campaign = community.campaign(owner, MONDAY)
    return community.link(community.leader(owner), campaign.id, MONDAY)


def promotion(owner, **facts):
    draft = Draft(
        name={"en": "Together", "zh-Hans": "一起"},
        kind=PromotionKind.PERCENT,
        terms=Terms(percent=Decimal(10)),
        needs_code=True,
        starts_at=MONDAY - timedelta(days=1),
        with_presales=True,
    )
    return promotions.create(replace(draft, **facts), actor=owner.staff(), now=MONDAY)


def set_goal(owner, link, target=2, counts=ReachCounts.VISITORS, **facts):
    goal = NewGoal(promotion(owner, **facts), counts, target)
    reach.set_goal(link.code, goal, actor=owner.staff(), now=MONDAY)


def look(link, times):
    for number in range(times):
        counting.note_open(link.id, f"192.0.2.{number}", "Mozilla/5.0 (a phone)", now=MONDAY)


def code_of(link):
    db.session.rollback()
    statement = select(PromotionCode.code).join(ReachGoal, ReachGoal.code_id == PromotionCode.id)
    return db.session.scalars(statement.where(ReachGoal.link_id == link.id)).one()


def test_links_have_no_goal_at_first(client, link):
    page = client.get(f"/g/{link.code}?lang=en", headers=BROWSER).text

    assert goal_of(link.id, now=MONDAY) is None
    assert "everybody on this link" not in page


def test_progress_is_shown_as_it_is_and_the_code_to_nobody_before(client, owner, link):
    set_goal(owner, link, target=3)
    look(link, 1)

    page = client.get(f"/g/{link.code}?lang=en", headers=BROWSER).text

    code = code_of(link)
    assert "10 % off opens for everybody on this link" in page
    assert "1 of 3 have looked, each counted once a day" in page
    assert code not in page
    assert not is_known(code)
    assert codes_of(1) == []


def test_when_it_is_reached_the_code_opens_once_for_everybody(client, visit, owner, link):
    set_goal(owner, link, target=2)
    look(link, 2)

    pages = [who.get(f"/g/{link.code}?lang=en", headers=BROWSER).text for who in (client, visit())]

    code = code_of(link)
    assert all(code in page for page in pages)
    assert is_known(code)
    assert not reach.open_if_reached(link.id, now=MONDAY)
    with pytest.raises(GoalStands):
        reach.withdraw_goal(link.code, actor=owner.staff(), now=MONDAY)


def test_only_joins_count_where_joins_are_counted(owner, link):
    set_goal(owner, link, counts=ReachCounts.JOINS)
    look(link, 5)
    sku = presale.skus(link.campaign_id)[0]
    presale.confirmed(owner, {sku.id: 1}, MONDAY, joining=community.through(link))

    goal = goal_of(link.id, now=MONDAY)

    assert goal is not None
    assert (goal.count, goal.is_due) == (1, False)


def test_the_tables_know_no_goal_of_a_person(owner, link):
    set_goal(owner, link)

    assert set(ReachGoal.__table__.columns.keys()) == {
        "link_id", "code_id", "counts", "target", "created_at", "reached_at",
    }  # fmt: skip
    for change in ("target = 1", "counts = 'shares'"):
        with pytest.raises(IntegrityError), transaction():
            db.session.execute(text(f"UPDATE reach_goal SET {change}"))


@pytest.mark.parametrize(
    ("target", "facts", "field"),
    [
        (1, {}, "target"),
        (2, {"needs_code": False}, "promotion"),
        (2, {"with_presales": False}, "promotion"),
        (3, {"max_uses": 2}, "promotion"),
        (2, {"ends_at": MONDAY - timedelta(hours=1)}, "promotion"),
    ],
)
def test_what_not_everybody_could_have_is_no_goal(owner, link, target, facts, field):
    with pytest.raises(Invalid) as refused:
        set_goal(owner, link, target, **facts)

    assert list(refused.value.errors) == [field]
    assert goal_of(link.id, now=MONDAY) is None


def test_only_who_writes_promotions_sets_a_goal_and_only_with_their_own(owner, link):
    neighbour = cast.house(MONDAY, "neighbour", is_house=False)
    goal = NewGoal(promotion(neighbour), ReachCounts.VISITORS, 2)
    awen = community.leader(owner, "awen")

    with pytest.raises(Forbidden):
        reach.set_goal(link.code, goal, actor=awen, now=MONDAY)
    for actor in (neighbour.staff(), owner.staff()):
        with pytest.raises(NotFound):
            reach.set_goal(link.code, goal, actor=actor, now=MONDAY)


def test_the_counter_sets_a_goal_and_takes_it_back(app, owner, link):
    cleo, made = clerk(app, owner.merchant_id, "cleo"), promotion(owner)
    page = f"/admin/g/{link.code}"

    refused = cleo.post(f"{page}/goal", {"promotion": str(made), "target": "one"})
    cleo.post(f"{page}/goal", {"promotion": str(made), "counts": "joins", "target": "5"})
    shown = cleo.read(page)
    cleo.post(f"{page}/goal/removal")

    assert refused.status_code == 422
    assert "0 of 5 joined" in shown
    assert goal_of(link.id, now=MONDAY) is None


def test_a_code_that_is_still_closed_is_neither_shown_nor_counted(app, owner, link):
    cleo, made = clerk(app, owner.merchant_id, "cleo"), promotion(owner)
    promotions.add_code(made, "TOGETHER", label="", max_uses=None, actor=owner.staff(), now=MONDAY)
    reach.set_goal(
        link.code, NewGoal(made, ReachCounts.VISITORS, 2), actor=owner.staff(), now=MONDAY
    )

    page = cleo.read(f"/admin/promotions/{made}")

    assert code_of(link) not in page
    assert "of 2 codes" not in page

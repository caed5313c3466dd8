"""The list of presales: what runs, what must be decided, what is being made."""

from __future__ import annotations

import pytest

from app.presale.commands import clockwork, editing
from app.shop.models import Role
from tests.admin.counter import clerk, counted_queries
from tests.cast import house
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")


def test_a_running_presale_shows_how_far_it_is(app, clock):
    owner = house(clock.now)
    campaign = cast.campaign(owner, clock.now)
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 2}, clock.now)
    who = clerk(app, owner.merchant_id, "cleo")

    page = who.read("/admin/presales")

    assert "Kyoto shirt" in page
    assert 'aria-valuetext="2 of 3 units"' in page
    assert "in 7 days" in page


def test_what_must_be_decided_stands_first(app, clock):
    owner = house(clock.now)
    campaign = cast.campaign(owner, clock.now, title={"en": "Too few shirts"})
    cast.campaign(owner, clock.now, title={"en": "Runs on"}, closes_at=campaign.closes_at.replace(
        month=12, day=20))  # fmt: skip
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, clock.now)
    clock.advance(days=7)
    clockwork.advance()
    who = clerk(app, owner.merchant_id, "cleo")

    page = who.read("/admin/presales")

    assert "Too few shirts" in page
    assert "Runs on" not in page
    assert "To decide" in page
    assert "Runs on" in who.read("/admin/presales?view=running")


def test_a_draft_is_found_among_the_drafts_and_by_its_words(app, clock):
    owner = house(clock.now)
    variants = cast.shirt(owner, clock.now)
    draft = cast.draft(variants, clock.now, title={"en": "Autumn scarf", "zh-Hans": "秋日围巾"})
    editing.create(draft, actor=owner.staff(), now=clock.now)
    who = clerk(app, owner.merchant_id, "cleo")

    assert "Autumn scarf" in who.read("/admin/presales?view=drafts")
    assert "Autumn scarf" in who.read("/admin/presales?q=围巾")
    assert "Autumn scarf" not in who.read("/admin/presales?q=trousers")
    assert "Autumn scarf" not in who.read("/admin/presales?view=running")


def test_the_list_asks_the_database_as_often_for_one_as_for_many(app, clock):
    owner = house(clock.now)
    cast.campaign(owner, clock.now)
    who = clerk(app, owner.merchant_id, "cleo")
    who.read("/admin/presales?view=all")
    with counted_queries() as for_one:
        who.read("/admin/presales?view=all")
    for _ in range(4):
        cast.campaign(owner, clock.now)

    with counted_queries() as for_five:
        who.read("/admin/presales?view=all")

    assert len(for_five) == len(for_one)


def test_another_merchants_presales_are_not_listed(app, clock):
    house(clock.now)
    north, south = (house(clock.now, key, is_house=False) for key in ("north", "south"))
    cast.campaign(north, clock.now)
    who = clerk(app, south.merchant_id, "sam")

    assert "Kyoto shirt" not in who.read("/admin/presales?view=all")


def test_a_copy_is_a_draft_with_the_same_contents(app, clock):
    owner = house(clock.now)
    campaign = cast.campaign(owner, clock.now)
    who = clerk(app, owner.merchant_id, "edda", Role.EDITOR)

    answer = who.post(f"/admin/presales/{campaign.id}/copies")

    copy_id = int(answer.headers["Location"].rstrip("/").split("/")[3])
    copy = cast.fresh(copy_id)
    assert answer.status_code == 303
    assert copy.state == "draft"
    assert copy.title == campaign.title
    assert [sku.variant_id for sku in cast.skus(copy_id)] == [
        sku.variant_id for sku in cast.skus(campaign.id)
    ]

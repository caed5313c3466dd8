"""Posters and cards say how things stand, are drawn anew when that changes, lead to the link."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from app.community.pictures import facts_of, folder, forget_old, picture, step
from app.platform.configuration import settings
from app.platform.i18n import speaking
from app.presale.queries import pages
from tests import cast
from tests.community import cast as community
from tests.conftest import MONDAY
from tests.presale import cast as presale


@pytest.fixture
def owner(app, clock):
    return cast.house(MONDAY)


@pytest.fixture
def campaign(owner):
    return community.campaign(owner, MONDAY, threshold=100, sku={"cap": 200})


@pytest.fixture
def link(owner, campaign):
    return community.link(community.leader(owner), campaign.id, MONDAY)


def image_of(answer) -> Image.Image:
    return Image.open(BytesIO(answer.data))


def drawn() -> set[Path]:
    return set(folder().glob("*/*"))


@pytest.mark.parametrize(
    ("name", "kind", "size"),
    [
        ("poster.png", "image/png", (1080, 1620)),
        ("poster.jpg", "image/jpeg", (1080, 1620)),
        ("square.jpg", "image/jpeg", (1080, 1080)),
        ("small.jpg", "image/jpeg", (750, 1000)),
        ("card.jpg", "image/jpeg", (1200, 630)),
    ],
)
def test_a_link_has_a_picture_for_every_place(client, link, name, kind, size):
    answer = client.get(f"/g/{link.code}/{name}")

    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert image_of(answer).size == size


def test_the_poster_leads_to_the_link(client, link):
    answer = client.get(f"/g/{link.code}/poster.jpg")

    (found,) = zxingcpp.read_barcodes(image_of(answer))
    assert found.text == f"{settings().public_url}/g/{link.code}"


def test_a_presale_has_a_card_of_its_own(client, campaign):
    answer = client.get(f"/pre/{campaign.slug}/card.jpg")

    assert image_of(answer).size == (1200, 630)
    assert len(answer.data) <= 200_000


def test_what_nobody_published_has_no_picture(client, campaign):
    assert client.get("/pre/never-was/card.jpg").status_code == 404
    assert client.get("/g/K7Q2XM3A/poster.jpg").status_code == 404


def test_unchanged_it_is_not_sent_again(client, link):
    first = client.get(f"/g/{link.code}/square.jpg")

    again = client.get(
        f"/g/{link.code}/square.jpg", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert first.headers["Cache-Control"] == "public, no-cache"
    assert (again.status_code, again.data) == (304, b"")


def test_both_languages_are_drawn_and_looking_at_one_changes_nobodys_language(client, link):
    english = client.get(f"/g/{link.code}/card.jpg?lang=en")
    chinese = client.get(f"/g/{link.code}/card.jpg?lang=zh-Hans")

    assert english.data != chinese.data
    assert "Set-Cookie" not in chinese.headers


def test_a_few_more_who_joined_draw_nothing_and_five_do(client, owner, campaign, link):
    medium, _large = presale.skus(campaign.id)
    first = client.get(f"/g/{link.code}/card.jpg").headers["ETag"]

    presale.confirmed(owner, {medium.id: 4}, MONDAY)
    few = client.get(f"/g/{link.code}/card.jpg").headers["ETag"]
    presale.confirmed(owner, {medium.id: 1}, MONDAY)
    more = client.get(f"/g/{link.code}/card.jpg").headers["ETag"]

    assert first == few != more
    assert len(drawn()) == 2


def test_with_a_small_goal_everybody_counts(client, owner):
    campaign = community.campaign(owner, MONDAY)
    view = pages.by_id(campaign.id, now=MONDAY)

    assert campaign.threshold == 3
    assert step(facts_of(view)) == 1


def test_a_change_of_state_draws_it_anew(owner, campaign, clock):
    medium, _large = presale.skus(campaign.id)
    presale.confirmed(owner, {medium.id: 99}, MONDAY)
    before = facts_of(pages.by_id(campaign.id, now=MONDAY))

    presale.confirmed(owner, {medium.id: 1}, MONDAY)
    after = facts_of(pages.by_id(campaign.id, now=MONDAY))

    assert (before.is_reached, after.is_reached) == (False, True)
    assert picture(before, "card", "jpg").etag != picture(after, "card", "jpg").etag


def test_it_says_what_is_paid_when_and_what_happens_below_the_goal(owner, campaign):
    with speaking("zh-Hans"):
        facts = facts_of(pages.by_id(campaign.id, now=MONDAY))

    assert facts.price == "¥100 订金"
    assert facts.price_note == "＋ 到货后尾款 ¥298"
    assert facts.refund == "不到 100 件全额退订金，原路退回。"
    assert (facts.joined, facts.goal, facts.cap) == (0, 100, 400)
    assert facts.photograph is not None


def test_old_pictures_are_forgotten(owner, campaign, clock):
    facts = facts_of(pages.by_id(campaign.id, now=MONDAY))
    made = picture(facts, "card", "jpg")
    drawn_at = datetime.fromtimestamp(made.path.stat().st_mtime, UTC)

    clock.advance(seconds=(drawn_at - MONDAY + timedelta(days=13)).total_seconds())
    assert forget_old() == 0
    clock.advance(days=2)
    assert forget_old() == 1
    assert drawn() == set()

"""What a presale's page tells: who joined, what was promised and kept; the same to everybody."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from app.platform.db import db
from app.presale.commands import leaving, promises, writing
from app.presale.commands.joining import Joining
from app.presale.models import CampaignState, Participation
from app.presale.queries.joins import PAGE
from app.presale.rules.promise import Promise
from tests.cast import house
from tests.conftest import MONDAY
from tests.presale import cast
from tests.storefront.counting import counted
from tests.storefront.presales import page_of, put, words

FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def campaign(owner):
    return cast.campaign(owner, MONDAY)


def test_the_ledger_masks_names_and_counts_backwards(client, owner, campaign):
    medium, large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, MONDAY, name="林小满")
    cast.confirmed(owner, {large.id: 2}, MONDAY, joining=Joining(is_anonymous=True), name="Bob")
    gone = cast.confirmed(owner, {medium.id: 1}, MONDAY, name="Cleo")
    leave(gone)

    text = page_of(client, campaign).text

    rows = re.findall(r'<li class="is-(\w+)"><span class="no nth">(\d+)</span>(.*?)</li>', text)
    assert [(state, number) for state, number, _rest in rows] == [
        ("cancelled", "3"),
        ("joined", "2"),
        ("joined", "1"),
    ]
    assert "Anonymous" in rows[1][2]
    assert "L ×\N{NO-BREAK SPACE}2" in rows[1][2]
    assert "林**" in rows[2][2]
    for name in ("林小满", "Bob", "Cleo"):
        assert name not in text


def leave(order_id):
    own = select(Participation.id).where(Participation.order_id == order_id)
    leaving.leave(db.session.scalars(own).one(), now=MONDAY)


def test_a_long_ledger_is_read_page_by_page(client, owner, campaign):
    campaign = cast.campaign(owner, MONDAY, sku={"cap": None})
    medium, _large = cast.skus(campaign.id)
    for _each in range(PAGE + 1):
        cast.confirmed(owner, {medium.id: 1}, MONDAY)

    first = page_of(client, campaign).text
    second = page_of(client, campaign, "?before=2").text

    assert 'class="no nth">21<' in first
    assert 'class="no nth">1<' not in first
    assert "?before=2#ledger" in first
    assert 'class="no nth">1<' in second


@pytest.mark.parametrize("before", ["0", "-1", "x", "9" * 30, "１"])
def test_any_page_of_the_ledger_is_a_page(client, campaign, before):
    assert page_of(client, campaign, f"?before={before}").status_code == 200


def test_every_promise_stays_and_updates_are_read(client, clock, owner, campaign):
    staff = owner.staff()
    later = Promise((MONDAY + timedelta(40)).date(), (MONDAY + timedelta(50)).date())
    reason = {"en": "The dyer is ill.", "zh-Hans": "染坊师傅病了。"}
    promises.change(campaign.id, later, reason=reason, actor=staff, now=MONDAY)
    writing.post_update(
        campaign.id, {"en": "Cloth is here.", "zh-Hans": "布到了。"}, actor=staff, now=MONDAY
    )

    english = words(page_of(client, campaign))
    chinese = words(page_of(client, campaign, "?lang=zh-Hans"))

    assert "2 Jan 2027 to 12 Jan 2027 now The dyer is ill." in english
    assert "23 Dec 2026 to 7 Jan 2027 The first promise." in english
    assert "Cloth is here." in english
    assert "染坊师傅病了。" in chinese
    assert "布到了。" in chinese


def test_a_rate_is_shown_from_three_promises_on(client, owner, campaign):
    kept = MONDAY - timedelta(days=20)
    for late in (0, 0, 40):
        other = cast.campaign(owner, MONDAY)
        put(
            other,
            state=CampaignState.COMPLETED,
            completed_at=kept + timedelta(days=45 + late),
        )

    said = words(page_of(client, campaign))

    assert "House kept 2 of 3 first promises (66 %)." in said


def test_two_promises_are_too_few_for_a_rate(client, owner, campaign):
    for _each in range(2):
        other = cast.campaign(owner, MONDAY)
        put(other, state=CampaignState.COMPLETED, completed_at=MONDAY)

    said = words(page_of(client, campaign))

    assert "House has had 2 presales come due so far, too few for a rate." in said


def test_the_page_is_the_same_for_everybody_and_cheap_to_ask_again(visit, owner, campaign):
    medium, _large = cast.skus(campaign.id)
    ada, ben = visit(), visit()
    ada.post(f"/pre/{campaign.slug}/joins", data={"sku": medium.id})

    of_ada, of_ben = page_of(ada, campaign), page_of(ben, campaign)
    again = ben.get(f"/pre/{campaign.slug}", headers={"If-None-Match": of_ben.headers["ETag"]})

    assert of_ada.text == of_ben.text
    assert "csrf" not in of_ada.text.lower()
    assert of_ben.headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in of_ben.headers
    assert (again.status_code, again.data) == (304, b"")


def test_the_standing_asks_for_itself_and_brings_ledger_and_button(client, campaign):
    whole = page_of(client, campaign).text
    part = client.get(f"/pre/{campaign.slug}?kind=join", headers=FRAGMENT)
    other = client.get(f"/pre/{campaign.slug}?kind=before", headers=FRAGMENT)

    assert 'hx-trigger="every 20s, countdown:end"' in whole
    assert "<html" not in part.text
    assert 'hx-target="#ledger"' in part.text
    assert 'hx-target="#buying"' in part.text
    assert other.headers["HX-Refresh"] == "true"


def test_a_presale_that_is_over_asks_no_more(client, campaign):
    put(campaign, state=CampaignState.COMPLETED)

    assert "every 20s" not in page_of(client, campaign).text


@pytest.mark.parametrize("state", [CampaignState.OPEN, CampaignState.REFUNDING])
def test_the_page_asks_the_database_eight_times_however_many_joined(client, owner, campaign, state):
    medium, _large = cast.skus(campaign.id)
    put(campaign, state=state)
    before = counted(client, f"/pre/{campaign.slug}")
    put(campaign, state=CampaignState.OPEN)
    for _each in range(5):
        cast.confirmed(owner, {medium.id: 1}, MONDAY)
    put(campaign, state=state)

    assert counted(client, f"/pre/{campaign.slug}") == before <= 8


def test_chats_and_search_engines_read_what_is_offered(client, owner, campaign):
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, MONDAY)

    text = page_of(client, campaign).text

    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
    product = next(e for e in map(json.loads, found) if e["@type"] == "Product")
    assert [offer["availability"] for offer in product["offers"]] == [
        "https://schema.org/PreOrder"
    ] * 2
    assert product["offers"][0]["price"] == "398.00"
    assert 'property="og:title" content="Kyoto shirt · 1 of 3 joined"' in text
    assert "deposit ¥100, closes 30 Nov, 10:00" in text


def test_one_sees_ones_own_place_and_nobody_elses(client, visit, owner, campaign):
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, MONDAY)

    nothing = client.get(f"/pre/{campaign.slug}/mine")

    assert "Nothing of yours is known in this browser" in words(nothing)
    assert nothing.headers["Cache-Control"] == "private, no-store"


def test_the_shop_window_and_the_sitemap_lead_to_it(client, owner, campaign):
    later = cast.campaign(owner, MONDAY, opens_at=MONDAY + timedelta(1))

    home, chinese = client.get("/").text, client.get("/?lang=zh-Hans").text
    sitemap = client.get("/sitemap.xml").text

    assert f'href="/pre/{campaign.slug}"' in home
    assert f"/pre/{later.slug}" not in home
    assert "0 of 3 joined" in home
    assert "正在预售" in chinese
    assert f"/pre/{campaign.slug}" in sitemap
    assert f"/pre/{later.slug}" in sitemap

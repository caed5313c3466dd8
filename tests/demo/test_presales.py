"""The demo's presales: one in each state, told by the shop's own commands, gone with the demo."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.community.models import LinkHour, ListEntry, ShareLink
from app.demo.copy.presales.campaigns import GOODS, PRESALES
from app.demo.loading import goods, people, presales
from app.demo.loading.purge import purge
from app.orders.ledger import sums
from app.platform.db import db
from app.presale.models import (
    BuyerQuestion,
    Campaign,
    CampaignSku,
    Participation,
    PromiseVersion,
)
from app.presale.queries.counting import confirmed
from tests.cast import House
from tests.conftest import StoppedClock
from tests.demo.test_copy import BANNED_EN, BANNED_ZH, CHINESE, texts
from tests.demo.test_purge import plain_pictures, rows
from tests.presale import cast
from tests.servers.scenes import remembered

STATES = {
    "loom-end-scarf": "completed",
    "field-bag": "balance_open",
    "net-loft-jumper": "in_production",
    "tweed-cap": "closing",
    "market-dress": "open",
    "corduroy-overshirt-2": "open",
    "discharge-bandana": "open",
    "apron-coat": "scheduled",
}
EMPTY = (
    "campaign", "campaign_sku", "participation", "commitment", "share_link", "chat_group", "order",
    "ledger_entry", "staff", "product", "chat_list", "list_entry", "list_item",
)  # fmt: skip


@pytest.fixture
def now(app: Flask, clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def places(now) -> people.Places:
    return told(now)


@remembered
def told(now: datetime) -> people.Places:
    """The demo's people and the goods of its presales; presales are told."""
    found = people.load(now=now)
    goods.load(found, now=now, said=lambda _done, _all: None, items=GOODS, artist=plain_pictures)
    assert presales.load(found, now=now) == len(PRESALES)
    return found


def by_slug() -> dict[str, Campaign]:
    db.session.rollback()
    return {campaign.slug: campaign for campaign in db.session.scalars(select(Campaign))}


def test_there_is_one_in_each_state_and_telling_again_tells_nothing(places, now):
    assert {slug: campaign.state for slug, campaign in by_slug().items()} == STATES
    assert presales.load(places, now=now) == 0

    campaigns = by_slug()
    goal = {slug: campaign.threshold or 0 for slug, campaign in campaigns.items()}
    counted = {slug: confirmed(campaign.id).quantity for slug, campaign in campaigns.items()}
    assert 0 < counted["corduroy-overshirt-2"] < goal["corduroy-overshirt-2"]
    assert counted["market-dress"] > goal["market-dress"]
    assert goal["tweed-cap"] * 0.6 <= counted["tweed-cap"] < goal["tweed-cap"]
    assert campaigns["tweed-cap"].decide_by > now
    jumper = campaigns["net-loft-jumper"].id
    versions = select(func.count()).where(PromiseVersion.campaign_id == jumper)
    assert db.session.scalar(versions) == 2
    assert db.session.scalar(select(BuyerQuestion).where(BuyerQuestion.campaign_id == jumper))


def test_every_sum_is_what_was_paid_and_no_cap_is_passed(places):
    skus = db.session.scalars(select(CampaignSku)).all()
    joined = db.session.scalars(
        select(Participation.order_id).where(Participation.number.is_not(None))
    ).all()

    assert all(sku.committed + sku.held <= (sku.cap or 0) for sku in skus)
    assert joined
    assert all(sums(order_id)[0] > 0 for order_id in joined if order_id)


def test_a_leader_has_groups_whose_links_were_opened_and_joined_through(places):
    opened = db.session.scalar(select(func.sum(LinkHour.opened)))
    through = db.session.scalar(select(func.count()).where(Participation.link_id.is_not(None)))

    assert db.session.scalar(select(func.count()).select_from(ShareLink)) == 12
    assert db.session.scalar(select(func.count()).select_from(ListEntry)) == 5
    assert (opened or 0) > 100
    assert (through or 0) > 5


def test_purging_takes_them_away(places):
    purge()

    assert {table: rows(f'"{table}"') for table in EMPTY} == dict.fromkeys(EMPTY, 0)
    assert purge().orders == 0


def test_a_presale_that_somebody_real_joined_stays_whole(places, now):
    house = House(places.merchants["house"], places.locations["house", "hangzhou"], is_house=True)
    dress = by_slug()["market-dress"].id
    (first, *_rest) = cast.skus(dress)
    order_id = cast.confirmed(house, {first.id: 1}, now)
    before = rows(f"participation WHERE campaign_id = {dress}")

    done = purge()

    assert any("joined" in kept for kept in done.kept)
    assert list(by_slug()) == ["market-dress"]
    assert rows(f"participation WHERE campaign_id = {dress}") == before
    assert sums(order_id)[0] > 0


def test_the_words_are_said_in_both_languages_without_superlatives():
    said = texts(tuple(PRESALES))

    assert len(said) > 60
    assert [text.en for text in said if not text.en.strip() or BANNED_EN.search(text.en)] == []
    assert [text.zh for text in said if not text.zh.strip() or BANNED_ZH.search(text.zh)] == []
    sentences = [text for presale in PRESALES for text in (presale.title, presale.story)]
    assert all(CHINESE.search(text.zh) and not CHINESE.search(text.en) for text in sentences)

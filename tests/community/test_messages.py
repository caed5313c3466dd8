"""What a leader sends: true at the moment, in both languages, and no reward for passing it on."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from app.community.messages import NAMES, Occasion, Place, Word, messages
from app.platform.i18n import LANGUAGES, speaking
from app.presale.models import CampaignState, PaymentMode, SupplyMode
from app.presale.queries import pages
from tests import cast
from tests.community import cast as community
from tests.conftest import MONDAY
from tests.presale import cast as presale
from tests.storefront.presales import put

STORE = Place("Test Store", "1 Test Lane", "10–19")
LURES = re.compile(
    r"分享.{0,6}(?:得|领|送|奖|返|解锁)|转发.{0,6}(?:得|领|送|奖)|邀请.{0,6}(?:得|返|奖)|红包|砍价|助力"
    r"|最(?:好|低|高|大|优|佳)|第一|reward|bonus for|unlock|invite .* (?:and|to) (?:get|win)",
    re.IGNORECASE,
)


@pytest.fixture
def owner(app, clock):
    return cast.house(MONDAY)


def said(campaign, now=MONDAY, places=(STORE,)) -> dict[Word, str]:
    """The messages that are true, in the language being spoken."""
    view = pages.by_id(campaign.id, now=now)
    occasion = Occasion(view, "https://shop.example/g/K7Q2XM3A", "K7Q2 XM3A", places, now)
    return {each.word: each.text for each in messages(occasion) if each.is_true}


def everything(campaign, now=MONDAY) -> list[str]:
    view = pages.by_id(campaign.id, now=now)
    occasion = Occasion(view, "https://shop.example/g/K7Q2XM3A", "K7Q2 XM3A", (STORE,), now)
    return [each.text for each in messages(occasion)]


def test_the_opening_says_price_deadline_promise_and_what_happens_below_the_goal(owner):
    campaign = community.campaign(owner, MONDAY)

    with speaking("zh-Hans"):
        text = said(campaign)[Word.OPENING]

    assert text.splitlines() == [
        "预售：京都衬衫",
        "¥100 订金 ＋ 到货后尾款 ¥298，共 ¥398",
        "11月30日周一 10:00 截止。2026年12月23日至2027年1月7日之间发货。",
        "不到 3 件全额退订金，原路退回。",
        "参加：https://shop.example/g/K7Q2XM3A（口令 K7Q2 XM3A）",
    ]


def test_half_way_is_told_only_from_half_on(owner):
    campaign = community.campaign(owner, MONDAY, threshold=4)
    medium, _large = presale.skus(campaign.id)
    presale.confirmed(owner, {medium.id: 1}, MONDAY)
    before = said(campaign)

    presale.confirmed(owner, {medium.id: 1}, MONDAY)
    after = said(campaign)

    assert Word.HALF not in before
    assert "2 of 4 have joined" in after[Word.HALF]
    assert "2 more are needed" in after[Word.MISSING]


def test_the_last_hours_are_the_last_three(owner):
    campaign = community.campaign(owner, MONDAY)
    end = MONDAY + timedelta(days=7)

    assert Word.LAST_HOURS not in said(campaign, end - timedelta(hours=3, seconds=1))
    assert Word.LAST_HOURS in said(campaign, end - timedelta(hours=3))
    assert said(campaign, end) == {}


def test_once_it_goes_ahead_nothing_is_missing_any_more(owner):
    campaign = community.campaign(owner, MONDAY)
    medium, _large = presale.skus(campaign.id)
    presale.confirmed(owner, {medium.id: 3}, MONDAY)

    now = said(campaign)

    assert set(now) == {Word.OPENING, Word.MET}
    assert "3 have joined" in now[Word.MET]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (CampaignState.BALANCE_OPEN, {Word.MET, Word.BALANCE}),
        (CampaignState.FULFILLING, {Word.MET, Word.SENDING, Word.PICKUP}),
        (CampaignState.COMPLETED, {Word.SENDING}),
        (CampaignState.REFUNDING, {Word.FAILED}),
        (CampaignState.CLOSING, set()),
    ],
)
def test_later_each_stage_has_its_own(owner, state, words):
    campaign = community.campaign(owner, MONDAY)
    put(campaign, state=state)

    assert set(said(campaign)) == words


def test_a_shop_without_a_counter_invites_nobody_to_it(owner):
    campaign = community.campaign(owner, MONDAY)
    put(campaign, state=CampaignState.FULFILLING)

    assert Word.PICKUP not in said(campaign, places=())


@pytest.mark.parametrize(
    "facts",
    [
        {"payment_mode": PaymentMode.FULL, "supply_mode": SupplyMode.MADE_TO_ORDER},
        {"payment_mode": PaymentMode.INTEREST},
        {"sku": {"counts_for": 20000}},
        {"threshold": 100, "sku": {"cap": None}},
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_can_be_written_for_every_kind_of_presale(owner, facts, language):
    campaign = community.campaign(owner, MONDAY, **facts)

    with speaking(language):
        texts = everything(campaign)
        names = [str(name) for name in NAMES.values()]

    assert len(texts) == len(names) == len(Word) == 9
    assert not any("%(" in text or "None" in text for text in texts)
    assert not [text for text in texts if LURES.search(text)]

"""Those who joined or wait are written to at every step, in their language, once an occasion."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.notifications.models import Message
from app.orders.queries import token_by_id
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.presale.commands import clockwork, joining, leaving, promises, waiting, writing
from app.presale.commands.joining import Interest
from app.presale.commands.waiting import NewWish
from app.presale.models import Participation, PaymentMode
from app.presale.rules.promise import Promise
from tests.cast import house
from tests.conftest import MONDAY
from tests.presale import cast
from tests.storefront.presales import balance_is_due

LANGUAGES = ("en", "zh-Hans")


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def campaign(owner):
    return cast.campaign(owner, MONDAY, threshold=1)


def deliver():
    """Every mail that is due, and once more, which must write nothing new."""
    for _twice in range(2):
        while drain():
            pass


def letters():
    db.session.rollback()
    return {letter.kind: letter for letter in db.session.scalars(select(Message))}


def kinds():
    db.session.rollback()
    return sorted(db.session.scalars(select(Message.kind)))


def join(owner, campaign, locale="en", units=1):
    sku = cast.skus(campaign.id)[0]
    return cast.confirmed(owner, {sku.id: units}, MONDAY, locale=locale)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", ("you are number 1", "The balance of ¥298", "23 Dec 2026", "¥112 has arrived.")),
        ("zh-Hans", ("你是第 1 位", "尾款 ¥298", "2026年12月23日", "已收到 ¥112")),
    ],
)
def test_one_mail_says_the_deposit_the_number_and_the_promise(owner, campaign, locale, said):
    order_id = join(owner, campaign, locale)

    deliver()

    assert kinds() == ["orders.placed", "presale.joined"]
    letter = letters()["presale.joined"]
    for sentence in said:
        assert sentence in letter.text
        assert sentence in letter.html
    assert f"/o/{token_by_id(order_id)}" in letter.text


@pytest.mark.parametrize("locale", LANGUAGES)
def test_the_balance_is_asked_for_reminded_of_and_thanked_for(clock, owner, campaign, locale):
    order_id = join(owner, campaign, locale)
    balance_is_due(owner, campaign.id, clock)
    deliver()
    for hours in (48, 21):
        clock.advance(hours=hours)
        clockwork.advance()
        deliver()
    cast.paid(order_id, clock.now)

    deliver()

    assert [kind for kind in kinds() if "balance" in kind] == [
        "presale.balance_asked",
        "presale.balance_paid",
        "presale.balance_reminder",
        "presale.balance_reminder",
    ]
    assert "¥298" in letters()["presale.balance_asked"].subject
    assert kinds().count("presale.succeeded") == kinds().count("presale.in_production") == 1


def test_nobody_is_asked_late_for_what_they_have_paid(clock, owner, campaign):
    order_id = join(owner, campaign)
    balance_is_due(owner, campaign.id, clock)
    clock.advance(hours=48)
    clockwork.advance()
    cast.paid(order_id, clock.now)

    deliver()

    assert [kind for kind in kinds() if "balance" in kind] == ["presale.balance_paid"]


@pytest.mark.parametrize(
    ("locale", "why"),
    [("en", "Too few joined the presale"), ("zh-Hans", "参加的人不够，预售未成团")],
)
def test_a_presale_that_fails_is_explained_once(clock, owner, locale, why):
    campaign = cast.campaign(owner, MONDAY, threshold=3)
    join(owner, campaign, locale)
    clock.advance(days=7)
    clockwork.advance()
    clock.advance(hours=2)
    clockwork.advance()

    deliver()

    assert kinds() == ["orders.cancelled", "orders.placed", "presale.joined"]
    assert why in letters()["orders.cancelled"].text


@pytest.mark.parametrize("locale", LANGUAGES)
def test_other_days_and_news_are_told_with_their_words(clock, owner, campaign, locale):
    join(owner, campaign, locale)
    days = Promise((MONDAY + timedelta(60)).date(), (MONDAY + timedelta(70)).date())
    reason = {"en": "The dyer is ill.", "zh-Hans": "师傅病了。"}
    promises.change(campaign.id, days, reason=reason, actor=owner.staff(), now=MONDAY)
    news = {"en": "Cloth is here.", "zh-Hans": "布到了。"}
    writing.post_update(campaign.id, news, actor=owner.staff(), now=MONDAY)
    clockwork.advance()

    deliver()

    changed = letters()["presale.promise_changed"]
    assert reason[locale] in changed.text
    assert ("counts as waiting" in changed.text) == (locale == "en")
    assert news[locale] in letters()["presale.update"].html


@pytest.mark.parametrize("locale", LANGUAGES)
def test_whoever_waits_gets_their_link_and_the_offer(owner, locale):
    campaign = cast.campaign(
        owner, MONDAY, threshold=1, variants=cast.shirt(owner, MONDAY, ("M",)), sku={"cap": 1}
    )
    (sku,) = cast.skus(campaign.id)
    order_id = join(owner, campaign)
    wish = NewWish(sku.id, 1, "dora@example.org", locale, "Dora")
    entry_id = waiting.wish(campaign.id, wish, actor=GUEST, now=MONDAY)
    waiting.wish(campaign.id, wish, actor=GUEST, now=MONDAY)
    deliver()
    before = kinds()

    place = select(Participation.id).where(Participation.order_id == order_id)
    leaving.leave(db.session.scalars(place).one(), now=MONDAY)
    deliver()

    assert before.count("presale.wish_made") == 1
    assert kinds().count("presale.place_offered") == 1
    assert "/w/" in letters()["presale.place_offered"].text
    assert "You left" not in letters()["presale.place_offered"].text
    assert entry_id


@pytest.mark.parametrize("locale", LANGUAGES)
def test_registered_interest_is_confirmed_with_its_number(owner, locale):
    campaign = cast.campaign(owner, MONDAY, payment_mode=PaymentMode.INTEREST)
    sku = cast.skus(campaign.id)[0]
    interest = Interest(sku.id, 1, "Dora", "dora@example.org", locale)
    joining.express_interest(campaign.id, interest, actor=GUEST, now=MONDAY)

    deliver()

    assert kinds() == ["presale.registered"]
    assert ("You are number 1." in letters()["presale.registered"].text) == (locale == "en")

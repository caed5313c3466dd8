"""What a seller says after publishing: news to everybody who is in, and better words."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.notifications.models import Message
from app.platform.actor import GUEST
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.presale.commands import clockwork, editing, joining
from app.presale.commands.joining import Interest
from app.presale.models import PaymentMode, SupplyMode
from app.shop.models import Role
from tests.admin.counter import clerk, contents
from tests.cast import house
from tests.presale import cast

pytestmark = pytest.mark.usefixtures("app")
SAID = {"text-en": "The cloth is here.", "text-zh": "布到了。"}


@pytest.fixture
def owner(clock):
    return house(clock.now)


@pytest.fixture
def joined(owner, clock):
    campaign = cast.campaign(owner, clock.now)
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, clock.now, email="ada@example.org")
    return campaign


def mailed(kind: str) -> list[str]:
    clockwork.advance()
    drain()
    db.session.rollback()
    return list(db.session.scalars(select(Message.recipient).where(Message.kind == kind)))


def test_news_stand_on_the_page_and_reach_everybody_once(app, client, owner, joined):
    cleo = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{joined.id}/news"
    typed = {**SAID, "key": cleo.key_of(here)}

    answers = [cleo.post(here, typed).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert mailed("presale.update") == ["ada@example.org"]
    assert "The cloth is here." in cleo.read(here)
    assert "布到了。" in client.get(f"/pre/{joined.slug}?lang=zh-Hans").text


def test_who_registered_interest_hears_the_news_too(app, owner, clock):
    campaign = cast.campaign(
        owner, clock.now, payment_mode=PaymentMode.INTEREST, supply_mode=SupplyMode.MADE_TO_ORDER
    )
    ben = Interest(cast.skus(campaign.id)[0].id, 1, "Ben", "ben@example.org", "en")
    joining.express_interest(campaign.id, ben, actor=GUEST, now=clock.now)
    cleo = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{campaign.id}/news"

    cleo.post(here, {**SAID, "key": cleo.key_of(here)})

    assert mailed("presale.update") == ["ben@example.org"]


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ({"text-en": ""}, "text-en"),
        ({"text-zh": "转发到群里返现十元"}, "text-zh"),
        ({"text-en": "x" * 1001}, "text-en"),
    ],
)
def test_news_that_cannot_be_told_are_refused_beside_their_field(app, owner, joined, typed, beside):
    cleo = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    answer = cleo.post(f"/admin/presales/{joined.id}/news", typed)

    assert answer.status_code == 422
    assert f'id="{beside}-error"' in answer.text
    assert next(iter(typed.values()))[:1000] in answer.text
    assert contents() == before


def test_story_and_risks_are_said_better_after_publishing(app, client, owner, joined):
    cleo = clerk(app, owner.merchant_id, "cleo")
    typed = {"story-en": "Woven in Kyoto.", "risks-en": "Rain slows the dyer."}

    answer = cleo.post(f"/admin/presales/{joined.id}/words", typed)

    page = client.get(f"/pre/{joined.slug}?lang=en").text
    assert answer.status_code == 303
    assert "Woven in Kyoto." in page
    assert "Rain slows the dyer." in page


@pytest.mark.parametrize(
    ("typed", "beside"),
    [
        ({"story-en": "Woven.", "risks-en": ""}, "risks-en"),
        ({"story-zh": "邀请好友得优惠券", "risks-zh": "可能会晚。"}, "story-zh"),
    ],
)
def test_words_that_hide_the_risks_or_reward_sharing_are_refused(app, owner, joined, typed, beside):
    cleo = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    answer = cleo.post(f"/admin/presales/{joined.id}/words", typed)

    assert answer.status_code == 422
    assert f'id="{beside}-error"' in answer.text
    assert contents() == before


def test_a_draft_has_neither_news_nor_a_second_form_for_its_words(app, owner, clock):
    written = cast.draft(cast.shirt(owner, clock.now), clock.now)
    campaign_id = editing.create(written, actor=owner.staff(), now=clock.now)
    cleo = clerk(app, owner.merchant_id, "cleo")

    news = cleo.post(f"/admin/presales/{campaign_id}/news", SAID)
    words = cleo.get(f"/admin/presales/{campaign_id}/words")

    assert news.status_code == 409
    assert words.location.endswith(f"/admin/presales/{campaign_id}/edit")


def test_who_may_only_look_tells_and_changes_nothing(app, owner, joined):
    pan = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT)
    here = f"/admin/presales/{joined.id}"

    assert "Tell the buyers something" not in pan.read(f"{here}/news")
    assert pan.post(f"{here}/news", SAID).status_code == 403
    assert pan.post(f"{here}/words", {"risks-en": "None."}).status_code == 403


def test_a_published_presale_gets_another_address_and_keeps_the_old(app, owner, joined, client):
    cleo = clerk(app, owner.merchant_id, "cleo", Role.EDITOR)
    old = joined.slug

    empty = cleo.post(f"/admin/presales/{joined.id}/address", {"slug": "——"})
    done = cleo.post(f"/admin/presales/{joined.id}/address", {"slug": "Kyoto shirt"})

    assert empty.status_code == 422
    assert 'id="slug-error"' in empty.text
    assert f"/pre/{old}" in cleo.read(done.location)
    assert client.get(f"/pre/{old}").location == "/pre/kyoto-shirt"

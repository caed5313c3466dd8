"""Waiting for a place, taking an offered one, entering a draw, and saying that one would buy."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.platform.db import db
from app.presale.commands import leaving, waiting
from app.presale.models import Participation, PaymentMode, SupplyMode, WaitingEntry, WaitingState
from app.presale.queries import waiting as queries
from tests.cast import house
from tests.conftest import MONDAY
from tests.presale import cast
from tests.storefront.presales import words

ADA = {"name": "Ada Test", "email": "ada@example.org"}


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def full(owner):
    """A presale of one shirt that somebody has taken."""
    campaign = cast.campaign(
        owner, MONDAY, threshold=1, variants=cast.shirt(owner, MONDAY, ("M",)), sku={"cap": 1}
    )
    (medium,) = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, MONDAY)
    return campaign


def entries():
    db.session.rollback()
    return list(db.session.scalars(select(WaitingEntry).order_by(WaitingEntry.id)))


def wait(client, campaign, **typed):
    return client.post(f"/pre/{campaign.slug}/waiting", data=ADA | typed)


def somebody_leaves(campaign):
    first = select(Participation.id).where(Participation.campaign_id == campaign.id)
    leaving.leave(db.session.scalars(first.limit(1)).one(), now=MONDAY)


@pytest.mark.parametrize("language", ["en", "zh-Hans"])
def test_whoever_comes_too_late_may_wait_and_sees_their_place(client, full, language):
    listed = client.get(f"/pre/{full.slug}/waiting?lang={language}")
    answer = wait(client, full)
    sent = client.get(answer.location)
    place = client.get(f"/w/{entries()[0].token}")

    assert answer.location == f"/pre/{full.slug}/waiting?sent=1"
    assert ("Waiting list" in words(listed)) == (language == "en")
    assert ("You are on the list" if language == "en" else "已加入候补") in words(sent)
    expected = "You are number 1 on the list" if language == "en" else "你在候补第 1 位"
    assert expected in words(place)
    assert place.headers["Cache-Control"] == "private, no-store"


def test_the_answer_tells_nobody_whether_somebody_waits_already(visit, full):
    first, second = wait(visit(), full), wait(visit(), full)

    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert len(entries()) == 1


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(client, full):
    answer = wait(client, full, email="ada@", name="")

    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text
    assert 'id="name-error"' in answer.text
    assert 'value="ada@"' in answer.text
    assert entries() == []


def test_an_offered_place_is_joined_from_its_link(client, full):
    wait(client, full)
    somebody_leaves(full)
    token = entries()[0].token

    offered = client.get(f"/w/{token}")
    answer = client.post(f"/w/{token}/acceptance")

    assert "A place is yours" in words(offered)
    assert "Join with ¥100 deposit" in words(offered)
    assert "Tue 24 Nov 2026, 10:00" in words(offered)
    assert (answer.status_code, answer.location) == (303, "/checkout")
    assert "Kyoto shirt" in client.get("/checkout").text


def test_an_offer_turned_down_passes_on_at_once(visit, full):
    ada, ben = visit(), visit()
    wait(ada, full)
    wait(ben, full, email="ben@example.org")
    somebody_leaves(full)

    answer = ada.post(f"/w/{entries()[0].token}/refusal")

    assert answer.status_code == 303
    assert [entry.state for entry in entries()] == [WaitingState.DECLINED, WaitingState.OFFERED]
    assert "You turned the place down" in words(ada.get(answer.location))


def test_an_offer_that_is_over_cannot_be_taken(client, clock, full):
    wait(client, full)
    somebody_leaves(full)
    token = entries()[0].token
    clock.advance(hours=24)
    waiting.expire_due()

    answer = client.post(f"/w/{token}/acceptance")

    assert answer.status_code == 409
    assert "The offer has passed on" in words(answer)


def test_a_wish_can_be_taken_back(client, full):
    wait(client, full)
    token = entries()[0].token

    answer = client.post(f"/w/{token}/withdrawal")

    assert "You wait no more" in words(client.get(answer.location))
    assert entries()[0].state == WaitingState.LEFT


@pytest.mark.parametrize("token", ["x", "0", "a" * 43, "é"])
def test_a_forged_token_opens_nothing(client, full, token):
    assert client.get(f"/w/{token}").status_code == 404
    for answer in ("acceptance", "refusal", "withdrawal"):
        assert client.post(f"/w/{token}/{answer}").status_code == 404


def test_nobody_waits_for_what_is_over(client, clock, full):
    clock.advance(days=7)

    page = client.get(f"/pre/{full.slug}/waiting")
    answer = wait(client, full)

    assert "Nobody can be added to this list now" in words(page)
    assert answer.status_code == 409
    assert entries() == []


def test_a_draw_is_entered_from_its_page(client, owner):
    campaign = cast.campaign(
        owner,
        MONDAY,
        is_draw=True,
        supply_mode=SupplyMode.MADE_TO_ORDER,
        variants=cast.shirt(owner, MONDAY, ("M",)),
        sku={"cap": 2},
    )

    refused = client.post(f"/pre/{campaign.slug}/waiting", data={"email": "ada@example.org"})
    answer = wait(client, campaign)
    entry = queries.by_id(entries()[0].id, now=MONDAY)

    assert refused.status_code == 422
    assert 'id="name-error"' in refused.text
    assert "You take part" in words(client.get(answer.location))
    place = words(client.get(entry.path))
    assert "You take part in the draw" in place
    assert entry.entry.code in place


def test_interest_is_registered_once_and_shown_in_the_ledger(client, owner):
    campaign = cast.campaign(owner, MONDAY, payment_mode=PaymentMode.INTEREST)
    medium, _large = cast.skus(campaign.id)

    typed = ADA | {"sku": medium.id, "quantity": "1"}
    client.post(f"/pre/{campaign.slug}/interests", data=typed)
    answer = client.post(f"/pre/{campaign.slug}/interests", data=typed)

    assert answer.location == f"/pre/{campaign.slug}/mine?registered=1"
    assert "You are registered" in words(client.get(answer.location))
    assert "A** M × 1" in words(client.get(f"/pre/{campaign.slug}"))
    assert cast.skus(campaign.id)[0].committed == 1


def test_interest_cannot_be_registered_after_the_close(client, clock, owner):
    campaign = cast.campaign(owner, MONDAY, payment_mode=PaymentMode.INTEREST)
    medium, _large = cast.skus(campaign.id)
    clock.advance(days=7)

    answer = client.post(f"/pre/{campaign.slug}/interests", data=ADA | {"sku": medium.id})

    assert answer.status_code == 409
    assert "This presale is not open for joining." in answer.text


def test_joining_is_no_way_around_the_list(client, visit, full):
    wait(visit(), full)
    somebody_leaves(full)
    (medium,) = cast.skus(full.id)

    answer = client.post(f"/pre/{full.slug}/joins", data={"sku": medium.id})

    assert answer.status_code == 409
    assert timedelta(0) < entries()[0].offered_until - MONDAY

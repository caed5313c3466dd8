"""What buyers answer and decide about a presale from their order, and what went wrong with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.orders.queries import token_by_id
from app.platform.db import db
from app.presale.commands import clockwork, leaving, lifecycle, production, promises
from app.presale.commands.production import Count
from app.presale.models import (
    Answer,
    BalanceUnpaid,
    BuyerAnswer,
    Decision,
    DepositKind,
    Participation,
    PaymentMode,
    Stage,
    SupplyMode,
)
from app.presale.rules.promise import Promise
from tests.cast import house
from tests.conftest import MONDAY
from tests.presale import cast
from tests.storefront.presales import balance_is_due, words


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def campaign(owner):
    return cast.campaign(owner, MONDAY, threshold=1)


@pytest.fixture
def order_id(owner, campaign):
    return cast.confirmed(owner, {cast.skus(campaign.id)[0].id: 1}, MONDAY)


def page_of(client, order_id, query=""):
    return client.get(f"/o/{token_by_id(order_id)}{query}")


def post(client, order_id, what, **typed):
    return client.post(f"/o/{token_by_id(order_id)}/{what}", data=typed)


def place_of(order_id):
    db.session.rollback()
    return db.session.scalars(select(Participation).where(Participation.order_id == order_id)).one()


def test_one_tap_answers_what_is_asked_and_may_be_changed(client, owner, campaign, order_id):
    days = Promise((MONDAY + timedelta(60)).date(), (MONDAY + timedelta(70)).date())
    reason = {"en": "The dyer is ill.", "zh-Hans": "师傅病了。"}
    question = promises.change(campaign.id, days, reason=reason, actor=owner.staff(), now=MONDAY)

    asked = words(page_of(client, order_id))
    post(client, order_id, "answers", question=str(question), choice="refund")
    answer = post(client, order_id, "answers", question=str(question), choice="keep")

    assert "The promised days have changed" in asked
    assert "you are asked about it below" in asked
    assert "nothing is to be done now" not in asked
    assert "No answer by Mon 30 Nov 2026, 10:00 counts as waiting." in asked
    assert answer.status_code == 303
    db.session.rollback()
    assert db.session.scalars(select(BuyerAnswer)).one().answer == Answer.KEEP
    told = words(page_of(client, order_id))
    assert "You keep waiting" in told
    assert "nothing is to be done now" in told


def test_nobody_answers_for_somebody_else(client, owner, campaign, order_id):
    days = Promise((MONDAY + timedelta(60)).date(), (MONDAY + timedelta(70)).date())
    other = cast.campaign(owner, MONDAY)
    cast.confirmed(owner, {cast.skus(other.id)[0].id: 1}, MONDAY)
    question = promises.change(other.id, days, reason={"en": "x"}, actor=owner.staff(), now=MONDAY)

    for typed in ({"question": str(question), "choice": "keep"}, {"question": "x"}, {}):
        assert post(client, order_id, "answers", **typed).status_code == 404
    assert db.session.scalars(select(BuyerAnswer)).all() == []


def test_an_answer_that_comes_too_late_is_refused(client, clock, owner, campaign, order_id):
    days = Promise((MONDAY + timedelta(60)).date(), (MONDAY + timedelta(70)).date())
    question = promises.change(
        campaign.id, days, reason={"en": "x"}, actor=owner.staff(), now=MONDAY
    )
    clock.advance(days=7)

    answer = post(client, order_id, "answers", question=str(question), choice="refund")

    assert answer.status_code == 409
    assert "The time to answer is over." in answer.text


def test_below_the_goal_the_buyers_are_asked(client, clock, owner):
    campaign = cast.campaign(owner, MONDAY, threshold=3)
    order_id = cast.confirmed(owner, {cast.skus(campaign.id)[0].id: 2}, MONDAY)
    clock.advance(days=7)
    clockwork.advance()
    lifecycle.decide(campaign.id, Decision.ASK, actor=owner.staff(), now=clock.now)

    order = words(page_of(client, order_id))
    everybody = words(client.get(f"/pre/{campaign.slug}"))

    assert "Fewer have joined than were needed" in order
    assert "counts as money back" in order
    assert "The buyers are being asked" in everybody


def test_leaving_is_one_button_while_it_is_free(client, owner, campaign, order_id):
    place = place_of(order_id)

    before = words(page_of(client, order_id))
    answer = post(client, order_id, "departures", place=str(place.id))
    after = words(page_of(client, order_id))

    assert "Leave and have my money back" in before
    assert answer.status_code == 303
    assert place_of(order_id).left_at is not None
    assert "Number 1 was yours; nobody else gets it." in after
    assert "Sent between" not in after
    assert "Leave and have my money back" not in after
    assert "is on its way back to you" in after


def test_with_earnest_money_the_shop_is_asked(client, owner):
    campaign = cast.campaign(
        owner,
        MONDAY,
        supply_mode=SupplyMode.MADE_TO_ORDER,
        deposit_kind=DepositKind.EARNEST,
        sku={"deposit": 5000},
    )
    order_id = cast.confirmed(owner, {cast.skus(campaign.id)[0].id: 1}, MONDAY)

    before = words(page_of(client, order_id))
    post(client, order_id, "departures", place=str(place_of(order_id).id))
    asked = words(page_of(client, order_id))
    leaving.refuse(place_of(order_id).id, actor=owner.staff(), now=MONDAY)
    refused = words(page_of(client, order_id))

    assert "Ask to leave this presale" in before
    assert "You asked to leave" in asked
    assert "The shop keeps your place" in refused


@pytest.mark.parametrize("place", ["0", "99999", "x", "9" * 30, ""])
def test_nobody_leaves_for_somebody_else(client, owner, campaign, order_id, place):
    assert post(client, order_id, "departures", place=place).status_code == 404
    assert place_of(order_id).left_at is None


def test_a_campaign_that_fails_says_why_on_the_order(client, clock, owner):
    campaign = cast.campaign(owner, MONDAY, threshold=3)
    order_id = cast.confirmed(owner, {cast.skus(campaign.id)[0].id: 1}, MONDAY)
    clock.advance(days=7)
    clockwork.advance()
    clock.advance(hours=2)
    clockwork.advance()

    english = words(page_of(client, order_id))
    chinese = words(page_of(client, order_id, "?lang=zh-Hans"))

    assert "Too few joined the presale, so it does not take place." in english
    assert "参加的人不够，预售未成团。" in chinese


def test_what_could_not_be_supplied_is_named_on_the_order(client, clock, owner):
    campaign = cast.campaign(
        owner, MONDAY, threshold=1, variants=cast.shirt(owner, MONDAY, ("M",)),
        payment_mode=PaymentMode.FULL,
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {sku.id: 3}, MONDAY)
    staff = owner.staff()
    clock.advance(days=7)
    clockwork.advance()
    production.start_production(campaign.id, actor=staff, now=clock.now)
    for stage in (Stage.RECEIVED, Stage.PASSED):
        production.record_production(
            campaign.id, Count(sku.id, stage, 1), actor=staff, now=clock.now
        )
    production.mark_arriving(campaign.id, actor=staff, now=clock.now)
    production.split_shortage(campaign.id, actor=staff, now=clock.now)
    clockwork.advance()

    text = words(page_of(client, order_id))

    assert "2 could not be supplied and are paid back." in text
    assert "Fewer arrived than were joined." in text


def test_an_unpaid_balance_that_is_lost_says_so(client, clock, owner):
    campaign = cast.campaign(
        owner, MONDAY, threshold=1, deposit_kind=DepositKind.EARNEST, sku={"deposit": 5000},
        balance_unpaid=BalanceUnpaid.FORFEIT,
    )  # fmt: skip
    order_id = cast.confirmed(owner, {cast.skus(campaign.id)[0].id: 1}, MONDAY)
    balance_is_due(owner, campaign.id, clock)
    clock.advance(days=3)
    clockwork.advance()

    text = words(page_of(client, order_id))

    assert "Lost: the balance was not paid in time" in text


def test_a_reload_of_an_answer_leads_to_the_order(client, order_id):
    token = token_by_id(order_id)

    for answer in ("answers", "departures"):
        assert client.get(f"/o/{token}/{answer}").location == f"/o/{token}"

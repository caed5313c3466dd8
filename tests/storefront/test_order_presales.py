"""The order of somebody who joined: place, promise, balance, questions, leaving, accepted terms."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.orders.queries import balance_token, for_mail, token_by_id
from app.payments.models import Payment
from app.platform.db import db
from app.presale.models import (
    Participation,
)
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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("You are number 1.", "Sent between 23 Dec 2026 and 7 Jan 2027.", "¥298")),
        ("zh-Hans", ("你是第 1 位。", "2026年12月23日至2027年1月7日之间发货。", "¥298")),
    ],
)
def test_who_has_joined_reads_their_number_the_promise_and_what_is_left(
    client, order_id, language, said
):
    text = words(page_of(client, order_id, f"?lang={language}"))

    for sentence in said:
        assert sentence in text


def test_the_terms_that_were_accepted_stand_on_the_page(client, owner, order_id, campaign):
    text = words(page_of(client, order_id))

    assert "The terms you accepted" in text
    assert "What if I do not pay the balance in time?" in text


def test_the_balance_has_its_own_amount_time_and_button(client, clock, owner, campaign, order_id):
    balance_is_due(owner, campaign.id, clock)
    balance = cast.balance_of(order_id)

    answer = page_of(client, order_id)

    assert "Balance due" in words(answer)
    assert "Balance, to be paid now" in words(answer)
    assert "The balance: ¥298.00" in words(answer)
    assert "to be paid by Thu 3 Dec 2026, 10:00" in words(answer)
    assert f'name="due" value="{balance.id}"' in answer.text


def test_paying_the_balance_pays_that_due(client, clock, owner, campaign, order_id):
    balance_is_due(owner, campaign.id, clock)
    balance = cast.balance_of(order_id)

    post(client, order_id, "payments", gateway="bank_transfer", due=str(balance.id))

    payment = db.session.scalars(select(Payment).order_by(Payment.id)).all()[-1]
    assert (payment.due, payment.amount) == (balance.id, 29800)
    assert payment.reference in page_of(client, order_id).text


def test_a_balance_that_could_not_be_begun_is_said_not_to_be_charged(
    client, clock, owner, campaign, order_id
):
    balance_is_due(owner, campaign.id, clock)

    away = page_of(client, order_id, "?away=1")
    cast.paid(order_id, clock.now)
    paid = page_of(client, order_id, "?away=1")

    assert "Nothing was charged" in words(away)
    assert "Nothing was charged" not in words(paid)


@pytest.mark.parametrize("due", ["0", "99999", "x", "9" * 30])
def test_a_strangers_due_is_not_paid(client, clock, owner, campaign, order_id, due):
    balance_is_due(owner, campaign.id, clock)
    other = cast.balance_of(order_id)
    before = len(db.session.scalars(select(Payment)).all())

    post(client, order_id, "payments", gateway="bank_transfer", due=due)

    after = db.session.scalars(select(Payment).order_by(Payment.id)).all()
    made = after[before:]
    assert all(payment.due == other.id for payment in made)


def test_the_end_of_the_balances_time_goes_into_a_calendar(
    client, clock, owner, campaign, order_id
):
    balance_is_due(owner, campaign.id, clock)
    token, balance = token_by_id(order_id), cast.balance_of(order_id)

    file = client.get(f"/o/{token}/balances/{balance.id}.ics")
    other = client.get(f"/o/{token}/balances/{balance.id + 1}.ics")

    assert file.mimetype == "text/calendar"
    assert "DTEND:20261203T020000Z" in file.text
    assert "TRIGGER:-PT1440M" in file.text
    assert other.status_code == 404


def test_a_link_to_pay_shows_one_balance_and_nothing_else(client, clock, owner, campaign, order_id):
    balance_is_due(owner, campaign.id, clock)
    view = for_mail(order_id)
    token = balance_token(view.order, cast.balance_of(order_id))

    answer = client.get(f"/b/{token}")

    assert "Balance of A**" in words(answer)
    assert "¥298.00" in words(answer)
    for secret in ("Ada Test", "@example.org", "Kyoto", view.order.code, "测试路"):
        assert secret not in re.sub(r'(href|action|value)="[^"]*"', "", answer.text)
    assert client.get(f"/o/{token}").status_code == 404
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_link_to_pay_says_when_it_is_paid_or_over(client, clock, owner, campaign, order_id):
    balance_is_due(owner, campaign.id, clock)
    token = balance_token(for_mail(order_id).order, cast.balance_of(order_id))
    cast.paid(order_id, clock.now)
    paid = client.get(f"/b/{token}")

    assert "Nothing more is to be paid." in words(paid)
    assert client.get(f"/b/{token_by_id(order_id)}").status_code == 404


@pytest.mark.parametrize("token", ["x", "x.1-y", ".-", "A.B-C", "é"])
def test_a_forged_link_pays_nothing(client, order_id, token):
    assert client.get(f"/b/{token}").status_code == 404
    assert client.post(f"/b/{token}/payments").status_code == 404

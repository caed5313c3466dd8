"""Giving more time at the counter: what it means is read first, and it is given once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.presale.commands import clockwork
from app.shop.models import Role
from tests.admin.counter import clerk, contents
from tests.cast import house
from tests.presale import cast, stages

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def asked(clock):
    owner = house(clock.now)
    campaign = cast.campaign(owner, clock.now)
    medium, _large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, clock.now)
    stages.balance_open(clock, owner, campaign.id)
    return owner, cast.fresh(campaign.id), order_id


def test_what_it_means_is_said_before_and_it_is_given_once(app, asked):
    owner, campaign, order_id = asked
    cleo = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{campaign.id}/balances/more-time"
    ends_at = campaign.balance_closes_at
    form = {"ends_at": ends_at.isoformat(), "days": "2"}

    page = cleo.read(here)
    answers = [cleo.post(here, form).status_code for _ in range(2)]
    clockwork.advance()

    assert "1 person still owes" in page
    assert "Who has not paid by then gets the deposit back." in page
    assert answers == [303, 303]
    assert cast.balance_of(order_id).closes_at == ends_at + timedelta(days=2)


def test_one_buyer_gets_more_time_from_the_list_of_who_owes(app, asked):
    owner, campaign, order_id = asked
    cleo = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/joins/{cast.participation(order_id)}/more-time"
    before = cast.balance_of(order_id).closes_at

    assert here in cleo.read(f"/admin/presales/{campaign.id}/balances")
    assert "For everybody else the window ends as before." in cleo.read(here)
    answer = cleo.post(here, {"ends_at": before.isoformat(), "days": "7"})

    assert answer.status_code == 303
    assert cast.balance_of(order_id).closes_at == before + timedelta(days=7)
    assert cast.fresh(campaign.id).balance_closes_at == before


@pytest.mark.parametrize(
    "form", [{}, {"days": "4"}, {"days": "2", "ends_at": "soon"}, {"days": "9" * 40}]
)
def test_nothing_sensible_chosen_changes_nothing(app, asked, form):
    owner, campaign, order_id = asked
    cleo = clerk(app, owner.merchant_id, "cleo")
    before = contents()
    typed = {"ends_at": campaign.balance_closes_at.isoformat(), **form}

    for here in (
        f"/admin/presales/{campaign.id}/balances/more-time",
        f"/admin/presales/joins/{cast.participation(order_id)}/more-time",
    ):
        answer = cleo.post(here, typed)
        assert answer.status_code == 422
        assert 'id="days-error"' in answer.text

    assert contents() == before


def test_more_time_than_the_rule_allows_or_for_a_window_that_is_over_is_refused(app, asked, clock):
    owner, campaign, order_id = asked
    cleo = clerk(app, owner.merchant_id, "cleo")
    before = contents()
    late = {"ends_at": (clock.now + timedelta(days=30)).isoformat(), "days": "1"}

    everybody = cleo.post(f"/admin/presales/{campaign.id}/balances/more-time", late)
    one = cleo.post(f"/admin/presales/joins/{cast.participation(order_id)}/more-time", late)

    assert (everybody.status_code, one.status_code) == (409, 409)
    assert contents() == before


def test_only_who_decides_gives_time_and_only_at_home(app, asked, clock):
    owner, campaign, order_id = asked
    pan = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT)
    eve = clerk(app, house(clock.now, "north", is_house=False).merchant_id, "eve")

    for path in (
        f"/admin/presales/{campaign.id}/balances/more-time",
        f"/admin/presales/joins/{cast.participation(order_id)}/more-time",
    ):
        assert pan.get(path).status_code == 403
        assert eve.get(path).status_code == 404
        assert eve.post(path, {"days": "1"}).status_code == 404

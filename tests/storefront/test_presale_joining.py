"""Joining a presale from its page: on to checkout, or told beside the field why not."""

from __future__ import annotations

import pytest

from tests.cast import house
from tests.conftest import MONDAY
from tests.presale import cast


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def campaign(owner):
    return cast.campaign(owner, MONDAY)


def test_joining_puts_the_place_into_the_bag_and_begins_checkout(client, campaign):
    medium, _large = cast.skus(campaign.id)

    answer = client.post(f"/pre/{campaign.slug}/joins", data={"sku": medium.id, "quantity": "2"})

    assert (answer.status_code, answer.location) == (303, "/checkout")
    assert cast.skus(campaign.id)[0].held == 2


def test_joining_by_the_bag_holds_nothing_yet(client, campaign):
    medium, _large = cast.skus(campaign.id)

    answer = client.post(f"/pre/{campaign.slug}/joins", data={"sku": medium.id, "bag": "1"})

    assert answer.location == "/bag"
    assert cast.skus(campaign.id)[0].held == 0


def test_nothing_chosen_says_so_beside_the_choice_and_keeps_the_rest(client, campaign):
    answer = client.post(f"/pre/{campaign.slug}/joins", data={"quantity": "4"})

    assert answer.status_code == 422
    assert 'id="sku-error"' in answer.text
    assert 'name="quantity" value="4"' in answer.text


def test_more_than_one_person_may_have_is_refused_beside_the_field(client, owner):
    campaign = cast.campaign(owner, MONDAY, per_person_limit=2)
    medium, _large = cast.skus(campaign.id)

    answer = client.post(f"/pre/{campaign.slug}/joins", data={"sku": medium.id, "quantity": "3"})

    assert answer.status_code == 422
    assert "One person may have 2 at most." in answer.text


@pytest.mark.parametrize("sku", ["0", "x", "-1", "9" * 30, "１", ""])
def test_a_strangers_sku_is_no_choice(client, campaign, sku):
    answer = client.post(f"/pre/{campaign.slug}/joins", data={"sku": sku})

    assert answer.status_code == 422


def test_after_the_close_nobody_joins(client, clock, campaign):
    medium, _large = cast.skus(campaign.id)
    clock.advance(days=7)

    answer = client.post(f"/pre/{campaign.slug}/joins", data={"sku": medium.id})

    assert answer.status_code == 409
    assert "This presale is not open for joining." in answer.text


def test_a_place_somebody_else_took_meanwhile_is_said_on_the_page(client, owner):
    campaign = cast.campaign(owner, MONDAY, threshold=1, sku={"cap": 1})
    medium, _large = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 1}, MONDAY)

    answer = client.post(f"/pre/{campaign.slug}/joins", data={"sku": medium.id})

    assert answer.status_code == 409
    assert "All places are taken. You can join the waiting list." in answer.text


def test_a_reload_of_a_refused_join_leads_to_the_page(client, campaign):
    answer = client.get(f"/pre/{campaign.slug}/joins")

    assert answer.location == f"/pre/{campaign.slug}"

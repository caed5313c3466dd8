"""Offering another variant at the counter, and taking it on the order's own page."""

from __future__ import annotations

import pytest

from app.orders.queries import token_by_id
from app.presale.commands import production
from app.presale.commands.production import Count
from app.presale.models import PaymentMode, Stage
from app.shop.models import Role
from tests.admin.counter import clerk, contents
from tests.cast import house
from tests.presale import cast, stages

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def short(clock):
    """Three want M, of which two came; two L came that nobody is owed."""
    owner = house(clock.now)
    campaign = cast.campaign(owner, clock.now, payment_mode=PaymentMode.FULL)
    medium, large = cast.skus(campaign.id)
    order_id = cast.confirmed(owner, {medium.id: 3}, clock.now)
    small_id = cast.confirmed(owner, {medium.id: 1}, clock.now)
    stages.closed(clock)
    production.start_production(campaign.id, actor=owner.staff(), now=clock.now)
    for sku in (medium, large):
        for stage in (Stage.RECEIVED, Stage.PASSED):
            counted = Count(sku.id, stage, 2)
            production.record_production(campaign.id, counted, actor=owner.staff(), now=clock.now)
    production.mark_arriving(campaign.id, actor=owner.staff(), now=clock.now)
    return owner, campaign.id, medium.id, large.id, order_id, small_id


def offer(who, campaign_id, sku_id, instead_id):
    form = {"sku": str(sku_id), "instead": str(instead_id)}
    return who.post(f"/admin/presales/{campaign_id}/substitutions", form)


def answer(client, order_id, choice):
    """Press a button of the form that the order's page shows."""
    path = f"/o/{token_by_id(order_id)}"
    form = {"place": cast.participation(order_id), "offer": "1", "choice": choice}
    return client.get(f"{path}?lang=en").text, client.post(f"{path}/substitutions", data=form)


def test_it_is_offered_asked_answered_and_counted(app, client, short):
    owner, campaign_id, medium, large, _order_id, small_id = short
    cleo = clerk(app, owner.merchant_id, "cleo")
    here = f"/admin/presales/{campaign_id}/production"

    before = cleo.read(here)
    said = offer(cleo, campaign_id, medium, large)
    asked, exchanged = answer(client, small_id, "yes")
    after = cleo.read(here)

    assert "L, 2 spare" in before
    assert said.status_code == 303
    assert "it costs the same" in asked
    assert exchanged.status_code == 303
    assert "1 yes" in after
    assert "1 unit exchanged" in after
    assert "Exchanged as you agreed" in client.get(f"/o/{token_by_id(small_id)}?lang=en").text


def test_more_than_are_spare_are_not_exchanged(app, client, short):
    owner, campaign_id, medium, large, order_id, _small_id = short
    offer(clerk(app, owner.merchant_id, "cleo"), campaign_id, medium, large)
    before = contents()

    _asked, refused = answer(client, order_id, "yes")

    assert refused.status_code == 409
    assert "Others were quicker" in refused.text
    assert contents() == before


def test_a_no_stands_on_the_page_and_may_be_changed(app, client, short):
    owner, campaign_id, medium, large, _order_id, small_id = short
    offer(clerk(app, owner.merchant_id, "cleo"), campaign_id, medium, large)

    answer(client, small_id, "no")
    asked, changed = answer(client, small_id, "yes")

    assert "You would rather not" in asked
    assert changed.status_code == 303


@pytest.mark.parametrize("form", [{}, {"sku": "x"}, {"sku": "9" * 40, "instead": "1"}])
def test_nothing_chosen_asks_nobody(app, short, form):
    owner, campaign_id, *_rest = short
    cleo = clerk(app, owner.merchant_id, "cleo")
    before = contents()

    said = cleo.post(f"/admin/presales/{campaign_id}/substitutions", form)

    assert said.status_code == 422
    assert contents() == before


def test_only_who_decides_offers_and_only_the_buyer_answers(app, client, short, clock):
    owner, campaign_id, medium, large, order_id, small_id = short
    pan = clerk(app, owner.merchant_id, "pan", Role.FULFILMENT)
    eve = clerk(app, house(clock.now, "north", is_house=False).merchant_id, "eve")

    assert offer(pan, campaign_id, medium, large).status_code == 403
    assert offer(eve, campaign_id, medium, large).status_code == 404
    offer(clerk(app, owner.merchant_id, "cleo"), campaign_id, medium, large)
    before = contents()
    stranger = client.post(
        f"/o/{token_by_id(order_id)}/substitutions",
        data={"place": cast.participation(small_id), "offer": "1", "choice": "yes"},
    )
    assert stranger.status_code == 404
    assert contents() == before

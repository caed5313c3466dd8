"""A product that is sold in a presale says so wherever it is shown, and leads there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.catalog.commands import products, stock
from app.catalog.models import CollectionProduct, MovementReason
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import lifecycle
from app.presale.models import PaymentMode, SupplyMode
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY
from tests.presale import cast
from tests.storefront.test_pages import address_of

SINGLE = {
    "supply_mode": SupplyMode.SINGLE,
    "payment_mode": PaymentMode.FULL,
    "sku": {"cap": 1, "deposit": None},
}


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


def page_of(client, campaign):
    address = address_of(cast.skus(campaign.id)[0].variant_id)
    return client.get(f"{address}?lang=en").text


@pytest.fixture
def shelf(owner):
    """Puts what a campaign sells into a collection; returns where that is shown."""

    def put(campaign):
        collection_id = products.save_collection(
            "soon", title={"en": "Soon"}, description={}, position=0, actor=SYSTEM, now=MONDAY
        )
        with transaction():
            for product_id in {product_of(sku.variant_id) for sku in cast.skus(campaign.id)}:
                row = CollectionProduct(collection_id=collection_id, product_id=product_id)
                db.session.add(row)
        return "/c/soon"

    return put


def test_what_does_not_exist_yet_is_not_called_sold_but_leads_to_its_presale(client, owner):
    campaign = cast.campaign(owner, MONDAY)

    text = page_of(client, campaign)

    assert "In presale until 30 Nov, 10:00" in text
    assert f'href="/pre/{campaign.slug}"' in text
    assert "schema.org/PreOrder" in text
    assert "All of them are sold." not in text


def test_a_card_says_until_when_and_leads_to_the_presale(client, owner, shelf):
    campaign = cast.campaign(owner, MONDAY)
    address = shelf(campaign)

    english = client.get(f"{address}?lang=en").text
    chinese = client.get(f"{address}?lang=zh-Hans").text

    assert f'href="/pre/{campaign.slug}"' in english
    assert "in presale until 30 Nov, 10:00" in english
    assert "预售中，" in chinese


def test_a_piece_that_a_presale_sells_is_not_being_paid_for(client, owner, clock):
    campaign = cast.campaign(owner, MONDAY, variants=[piece(owner, MONDAY)], **SINGLE)

    running, home = page_of(client, campaign), client.get("/?lang=en").text
    lifecycle.close_early(campaign.id, actor=owner.staff(), now=clock.now)
    closed = page_of(client, campaign)

    assert "In presale until" in running
    assert "Someone is paying" not in running + home + closed
    assert "The presale is closed; what there is goes to those who joined." in closed


def test_a_presale_to_come_says_from_when(client, owner):
    opens = MONDAY + timedelta(days=1)
    campaign = cast.campaign(owner, MONDAY, opens_at=opens, closes_at=opens + timedelta(days=3))

    assert "In presale from 24 Nov, 10:00" in page_of(client, campaign)


def test_what_lies_on_the_shelf_is_bought_there_beside_the_presale(client, owner):
    campaign = cast.campaign(owner, MONDAY, variants=[piece(owner, MONDAY, units=9)])

    text = page_of(client, campaign)

    assert "Add to bag" in text
    assert "In presale as well, until" in text


def test_a_presale_that_came_to_nothing_leads_nowhere_and_sold_nothing(client, owner, shelf):
    campaign = cast.campaign(owner, MONDAY)
    address = shelf(campaign)
    lifecycle.cancel(campaign.id, reason="No cloth.", actor=owner.staff(), now=MONDAY)

    page, shown = page_of(client, campaign), client.get(f"{address}?lang=en").text

    assert f"/pre/{campaign.slug}" not in page + shown
    assert "It did not come about; whoever had paid gets it back." in page
    assert "All of them are sold." not in page
    assert "Presale over" in shown
    assert "it did not come about" in shown
    assert ">Sold<" not in shown


def test_what_was_sold_from_the_shelf_since_is_called_sold(client, owner):
    (variant_id, *_others) = variants = cast.shirt(owner, MONDAY)
    campaign = cast.campaign(owner, MONDAY, variants=variants)
    lifecycle.cancel(campaign.id, reason="No cloth.", actor=owner.staff(), now=MONDAY)
    stock.count(
        variant_id, owner.store_id, 1, reason=MovementReason.RECEIVED, actor=SYSTEM, now=MONDAY
    )
    until = MONDAY + timedelta(hours=1)
    stock.reserve("order:1", [stock.Wanted(variant_id, 1)], until=until, now=MONDAY)
    stock.sell("order:1", reference="S", now=MONDAY)

    assert "All of them are sold." in page_of(client, campaign)


def test_the_presale_that_runs_goes_before_the_one_to_come_and_the_one_that_is_over(client, owner):
    variants = cast.shirt(owner, MONDAY)
    opens = MONDAY + timedelta(days=1)
    over = cast.campaign(owner, MONDAY, variants=variants)
    lifecycle.close_early(over.id, actor=owner.staff(), now=MONDAY)
    cast.campaign(
        owner, MONDAY, variants=variants, opens_at=opens, closes_at=opens + timedelta(days=1)
    )
    running = cast.campaign(owner, MONDAY, variants=variants)

    assert f'href="/pre/{running.slug}"' in page_of(client, running)

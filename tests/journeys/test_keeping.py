"""What shoppers keep, are told and tell: a wish list, a mail when something is back, a review."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.catalog.commands import stock
from app.catalog.commands.stock import Wanted
from app.notifications.models import Message
from app.orders.commands import fulfil
from app.orders.models import OrderLine
from app.orders.queries import for_mail, token_by_id
from app.platform.db import db
from app.reviews.commands import moderating
from app.reviews.models import Review
from tests.cast import product_of
from tests.catalog.test_media import phone_photograph
from tests.journeys.conftest import Shop
from tests.journeys.orders import shipped
from tests.journeys.test_access import breaches
from tests.servers.chromium import until

pytestmark = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)


def sell(shop: Shop, variant_id: int) -> None:
    until = shop.now + timedelta(hours=1)
    stock.reserve("order:1", [Wanted(variant_id, 1)], until=until, now=shop.now)
    stock.sell("order:1", reference="S", now=shop.now)


def test_a_heart_keeps_a_piece_which_then_goes_into_the_bag(shop: Shop, page: Page) -> None:
    page.goto(shop.address(shop.pieces[0]))
    heart = page.locator(".heart button").first
    assert heart.get_attribute("aria-pressed") == "false"

    heart.click()
    page.locator(".heart button[aria-pressed=true]").first.wait_for()
    page.goto("/")
    page.locator(".heart button[aria-pressed=true]").wait_for()
    page.goto("/wishes")
    assert breaches(page) == []
    page.get_by_role("button", name="Into the bag").click()

    page.wait_for_url("**/bag")
    page.goto("/wishes")
    page.get_by_text("Nothing on your wish list yet").wait_for()


def test_what_was_looked_at_comes_back_until_it_is_forgotten(shop: Shop, page: Page) -> None:
    first, second = shop.pieces[:2]
    page.goto(shop.address(first))
    page.goto(shop.address(second))

    page.locator("#seen .piece").wait_for()
    assert breaches(page) == []
    page.get_by_role("button", name="Clear the list").click()
    page.locator("#seen .piece").wait_for(state="detached")

    page.goto(shop.address(first))
    page.wait_for_load_state("networkidle")
    expect(page.locator("#seen .piece")).to_have_count(0)


def test_somebody_asks_to_be_told_and_confirms_without_scripts(shop: Shop, new_page) -> None:
    sell(shop, shop.pieces[0])
    page = new_page(java_script_enabled=False)
    page.goto(shop.address(shop.pieces[0]))
    page.get_by_role("link", name="Tell me of one like it").click()
    page.locator("#email").fill("ada@example.org")
    page.get_by_role("button", name="Tell me").click()
    page.get_by_text("a mail is on its way").wait_for()

    shop.deliver()
    asked = db.session.scalars(select(Message).where(Message.kind == "wishes.asked")).one()
    found = re.search(r"/told/[\w-]+", asked.text)
    assert found is not None
    page.goto(found[0])
    page.get_by_role("button", name="Yes, tell me").click()

    page.get_by_role("heading", name="We will write to you once").wait_for()


def received(shop: Shop) -> OrderLine:
    """The line of an order that has arrived."""
    order_id = shipped(shop)
    line = for_mail(order_id).lines[0]
    fulfil.mark_delivered(order_id, {line.id: 1}, now=shop.now)
    return line


def test_a_buyer_writes_a_review_that_is_shown_after_a_look(shop: Shop, page: Page) -> None:
    line = received(shop)
    page.goto(f"/o/{token_by_id(line.order_id)}")
    page.get_by_role("link", name="Write a review").click()
    assert breaches(page) == []

    page.get_by_label("Add photographs").set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": phone_photograph(6)}
    )
    page.get_by_label("What they show").fill("Over a shirt")
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("Please give one to five stars.").wait_for()
    expect(page.get_by_label("What photo 1 shows")).to_have_value("Over a shirt")
    page.locator("input[name=stars][value='4']").check(force=True)
    page.locator("input[name=fit][value=large]").check(force=True)
    page.get_by_label("In words").fill("A generous jacket.")
    page.get_by_role("button", name="Send it").click()
    page.get_by_text("We look at it before it is shown").first.wait_for()

    db.session.rollback()
    review = db.session.scalars(select(Review)).one()
    moderating.publish(review.id, seen=review.version, actor=shop.owner.staff(), now=shop.now)
    page.goto(shop.address(line.variant_id))
    page.get_by_text("A generous jacket.").wait_for()
    page.get_by_alt_text("Over a shirt").click()
    until(page, "document.querySelector('.lightbox[open] img')?.naturalWidth === 800")
    page.keyboard.press("Escape")
    assert page.get_by_label("4 of 5 stars").count() > 0
    assert breaches(page) == []
    assert product_of(line.variant_id) == review.product_id

"""Looking around: suggestions, showing more and coming back, photographs, units, light and dark."""

from __future__ import annotations

import pytest

from app.catalog.commands import products
from app.catalog.models import CollectionProduct, Product
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.transaction import transaction
from tests.cast import piece, product_of
from tests.journeys.conftest import Shop

pytestmark = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
MORE_THAN_A_PAGE = 27


def collection(shop: Shop) -> None:
    products.save_collection(
        "all", title={"en": "All", "zh-Hans": "全部"}, description={}, position=0,
        actor=SYSTEM, now=shop.now,
    )  # fmt: skip
    found = [*shop.pieces, *(piece(shop.owner, shop.now) for _ in range(MORE_THAN_A_PAGE - 3))]
    with transaction():
        db.session.add_all(
            CollectionProduct(collection_id=1, product_id=product_of(variant_id))
            for variant_id in found
        )


def test_more_is_added_and_is_there_after_coming_back(shop, page):
    collection(shop)
    page.goto("/c/all")
    assert page.locator("#grid > li").count() == 24

    page.get_by_role("link", name="Show 3 more").click()
    page.locator("#grid > li").nth(26).wait_for()
    assert page.evaluate("document.activeElement.closest('li') === grid.children[24]")
    page.locator("#grid a").last.click()
    page.wait_for_url("**/i/**")
    page.go_back()
    page.wait_for_url("**/c/all?page=2")

    assert page.locator("#grid > li").count() == MORE_THAN_A_PAGE


def test_suggestions_are_walked_with_arrow_keys(shop, page):
    shop.deliver()
    page.goto("/")
    page.get_by_role("link", name="Search").click()
    page.keyboard.type("jack")
    page.locator("#q-sheet-list [role=option]").first.wait_for()

    page.keyboard.press("ArrowDown")
    field = page.locator("#q-sheet")
    assert field.get_attribute("aria-activedescendant") == "suggest-word-1"
    assert field.input_value() == "jacket"
    page.keyboard.press("Enter")

    page.wait_for_url("**/search?q=jacket")
    assert page.locator("#grid > li").count() == 3


def test_a_search_is_offered_again_on_the_same_device_until_it_is_cleared(shop, page):
    shop.deliver()
    page.goto("/search?q=")
    page.locator("#q-page").fill("jacket")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=jacket")

    page.get_by_role("link", name="Search").click()
    again = page.locator("#q-sheet-list [role=option]", has_text="jacket")
    again.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.locator("#q-sheet").input_value() == "jacket"
    page.locator("#suggest-forget").click()

    assert page.locator("#q-sheet-list li").count() == 0
    assert page.evaluate("localStorage.length") == 0


def test_the_photograph_of_a_fault_is_one_tap_away(shop, page):
    page.goto(shop.address(shop.pieces[0]))

    page.get_by_role("link", name="Photo 1").last.click()
    page.locator("[data-zoom]").first.click()

    assert page.locator(".lightbox[open] img").evaluate("image => image.naturalWidth") > 0
    page.keyboard.press("Escape")
    assert page.locator("[data-zoom]").first.evaluate("link => link === document.activeElement")


def test_inches_stay_chosen_on_the_next_piece(shop, page):
    page.goto(shop.address(shop.pieces[0]))
    page.get_by_role("group", name="Unit").get_by_role("link", name="in").click()
    page.wait_for_url("**unit=in**")

    page.goto(shop.address(shop.pieces[1]))

    assert "40.9" in page.locator(".measures").inner_text()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_language_and_mode_are_chosen_and_kept(shop, new_page, scripts):
    page = new_page(java_script_enabled=scripts)
    page.goto("/help")

    page.get_by_role("link", name="简体中文").click()
    page.get_by_role("button", name="深色").click()
    page.goto("/")

    assert page.locator("html").get_attribute("lang") == "zh-Hans"
    assert page.locator("html").get_attribute("data-mode") == "dark"


def test_the_address_of_a_piece_names_it(shop, page):
    page.goto(shop.address(shop.pieces[0]))

    product = db.session.get_one(Product, product_of(shop.pieces[0]))
    assert page.url.endswith(f"/i/{product.number:04d}-{product.slug}")
    assert f"№ {product.number:04d}" in page.title()

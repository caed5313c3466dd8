"""Looking around: suggestions, showing more and coming back, photographs, units, light and dark."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from app.catalog.models import Product
from app.platform.db import db
from app.search.commands import indexing
from tests.cast import piece, product_of
from tests.journeys.conftest import Shop
from tests.servers.chromium import until

pytestmark = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)


def more_pieces(shop: Shop, count: int) -> None:
    """So many of the sixties; the shop's own three are of the seventies."""
    for _one in range(count):
        piece(shop.owner, shop.now, era="1960s")


def test_a_search_is_narrowed_shown_further_and_found_again_after_a_look_at_a_piece(shop, page):
    more_pieces(shop, 27)
    indexing.rebuild_all()
    page.goto("/search?q=jacket")
    page.locator("#filters-open").click()
    page.locator("#facet-era").get_by_label("1960s").check()
    page.get_by_role("button", name="Show 27 pieces").click()
    page.wait_for_url("**/search?q=jacket&era=1960s")
    page.locator("#filters").wait_for(state="hidden")
    expect(page.locator("#grid > li")).to_have_count(24)

    page.get_by_role("link", name="Show 3 more").click()
    expect(page.locator("#grid > li")).to_have_count(27)
    until(page, "document.activeElement.closest('li') === grid.children[24]")
    last = page.locator("#grid h3 a").last
    looked_at = last.inner_text()
    last.click()
    page.wait_for_url("**/i/**")
    expect(page.locator("h1")).to_have_text(looked_at)
    page.go_back()
    page.wait_for_url("**/search?q=jacket&era=1960s&after=*")

    expect(page.locator("#grid > li")).to_have_count(27)
    expect(page.locator("#grid h3 a").last).to_be_in_viewport()
    expect(page.locator("#facet-era").get_by_label("1960s")).to_be_checked()
    page.locator("#results .listing-said .chip", has_text="1960s").click()
    page.wait_for_url("**/search?q=jacket")
    expect(page.locator("#results")).to_contain_text("30 pieces")


def test_filters_need_no_scripts(shop, new_page):
    more_pieces(shop, 1)
    page = new_page(java_script_enabled=False)
    page.goto("/c/all")

    page.locator("#filters-open").click()
    page.locator("#facet-era").get_by_label("1960s").check()
    page.get_by_role("button", name="Show 4 pieces").click()

    page.wait_for_url("**/c/all?era=1960s")
    expect(page.locator("#grid > li")).to_have_count(1)


def test_suggestions_are_walked_with_arrow_keys(shop, page):
    shop.deliver()
    page.goto("/")
    page.get_by_role("link", name="Search").click()
    page.keyboard.type("jack")
    page.locator("#q-sheet-list [role=option]").first.wait_for()

    page.keyboard.press("ArrowDown")
    field = page.locator("#q-sheet")
    assert field.get_attribute("aria-activedescendant") == "suggest-word-1"
    expect(field).to_have_value("jacket")
    page.keyboard.press("Enter")

    page.wait_for_url("**/search?q=jacket")
    expect(page.locator("#grid > li")).to_have_count(3)


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
    expect(page.locator("#q-sheet")).to_have_value("jacket")
    page.locator("#suggest-forget").click()

    expect(page.locator("#q-sheet-list li")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_the_photograph_of_a_fault_is_one_tap_away(shop, page):
    page.goto(shop.address(shop.pieces[0]))

    page.get_by_role("link", name="Photo 1").last.click()
    page.locator("[data-zoom]").first.click()

    until(page, "document.querySelector('.lightbox[open] img')?.naturalWidth > 0")
    page.keyboard.press("Escape")
    expect(page.locator("[data-zoom]").first).to_be_focused()


def test_inches_stay_chosen_on_the_next_piece(shop, page):
    page.goto(shop.address(shop.pieces[0]))
    page.get_by_role("group", name="Unit").get_by_role("link", name="in").click()
    page.wait_for_url("**unit=in**")

    page.goto(shop.address(shop.pieces[1]))

    expect(page.locator(".measures")).to_contain_text("40.9")


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

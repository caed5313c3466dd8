"""Every page of the shopper: nothing that axe finds wrong, nothing wider than a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from app.orders.commands import fulfil, pay
from app.orders.queries import token_by_id
from app.platform.actor import GUEST
from app.shop.models import Role
from tests.cast import piece, placed
from tests.journeys.conftest import Ada, Shop
from tests.journeys.orders import paid, shipped

if TYPE_CHECKING:
    from playwright.sync_api import Page

PAGES_ALONE = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
LOOKS = pytest.mark.parametrize(
    ("locale", "scheme"), [("zh-CN", "light"), ("en-GB", "dark")], ids=["zh light", "en dark"]
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def breaches(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{page.url} {one['id']}: {[node['html'][:120] for node in one['nodes']]}" for one in found
    ]


def order_pages(shop: Shop) -> list[str]:
    """An order in each state that has something of its own to show."""
    transfer = placed(shop.owner, [piece(shop.owner, shop.now)], shop.now)
    pay.open_attempt(transfer, "bank_transfer", actor=GUEST, now=shop.now)
    collected = paid(shop, method="pickup", fee=0)
    fulfil.make_ready(collected, actor=shop.owner.staff(Role.FULFILMENT), now=shop.now)
    ids = [transfer, collected, shipped(shop), paid(shop)]
    return [f"/o/{token_by_id(order_id)}" for order_id in ids]


@PAGES_ALONE
@LOOKS
def test_pages_can_be_used_by_everybody(shop, new_page, locale, scheme):
    page = new_page(locale=locale, color_scheme=scheme)
    addresses = [
        "/", shop.address(shop.pieces[0]), "/search", "/search?q=jacket", "/search?q=zzzz",
        "/c/all?size=chest-104-112", "/help", "/orders", "/bag", "/checkout", "/nowhere",
        *order_pages(shop),
    ]  # fmt: skip

    found = []
    for address in addresses:
        page.goto(address)
        found += breaches(page)

    assert not found, "\n".join(found)


@PAGES_ALONE
@LOOKS
def test_the_way_to_pay_can_be_used_by_everybody(shop, new_page, locale, scheme):
    ada = Ada(new_page(locale=locale, color_scheme=scheme), locale[:2])
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("add")
    ada.page.locator("#sheet[open]").wait_for()
    found = breaches(ada.page)
    ada.page.goto("/bag")
    found += breaches(ada.page)
    ada.page.locator("#bag-bar button").click()
    ada.page.wait_for_url("**/checkout")
    found += breaches(ada.page)
    ada.pay()
    ada.page.locator("#error-summary").wait_for()
    found += breaches(ada.page)
    ada.page.locator("[name=method][value=pickup]").check()
    ada.page.locator("#location").wait_for()
    found += breaches(ada.page)

    assert not found, "\n".join(found)


@PAGES_ALONE
@pytest.mark.parametrize(("width", "root"), [(320, "16px"), (390, "32px")], ids=["320", "double"])
def test_nothing_is_wider_than_the_screen(shop, new_page, width, root):
    """At 320 px, and with text twice as large."""
    ada = Ada(new_page(viewport={"width": width, "height": 700}, bypass_csp=True))
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")
    ada.page.wait_for_url("**/checkout")
    addresses = [
        "/", shop.address(shop.pieces[1]), "/search?q=jacket", "/help", "/bag", "/checkout",
        *order_pages(shop),
    ]  # fmt: skip

    wide = []
    for address in addresses:
        ada.page.goto(address)
        ada.page.evaluate("size => document.documentElement.style.fontSize = size", root)
        needed = ada.page.evaluate("document.documentElement.scrollWidth")
        wide += [f"{address}: {needed}"] if needed > width else []

    assert not wide, "\n".join(wide)


@PAGES_ALONE
def test_no_focused_field_hides_behind_a_bar(shop, new_page):
    ada = Ada(new_page())
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")
    ada.page.wait_for_url("**/checkout")

    hidden = []
    for _press in range(25):
        ada.page.keyboard.press("Tab")
        hidden += ada.page.evaluate(BEHIND_A_BAR)

    assert not hidden, hidden


BEHIND_A_BAR = """() => {
  const element = document.activeElement, box = element.getBoundingClientRect();
  if (element.closest(".action-bar, .site-head, .skip") || !box.width) return [];
  const [x, y] = [box.left + box.width / 2, box.top + Math.min(box.height, 20) / 2];
  const over = document.elementFromPoint(x, y)?.closest(".action-bar, .site-head");
  return over ? [element.id || element.outerHTML.slice(0, 80)] : [];
}"""

"""A coupon in a real browser: what it takes off, why it does not, and paying what was said."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from app.marketing.commands import promotions
from app.marketing.commands.promotions import Draft
from app.marketing.models import PromotionKind
from app.marketing.rules import Terms
from tests.journeys.conftest import Ada, Shop

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)


def coupon(shop: Shop, code: str, percent: int, *, min_spend: int = 0) -> None:
    draft = Draft(
        name={"en": f"{percent} % off", "zh-Hans": f"减{percent}%"},
        kind=PromotionKind.PERCENT,
        terms=Terms(percent=Decimal(percent)),
        needs_code=True,
        min_spend=min_spend,
        starts_at=shop.now - timedelta(days=1),
    )
    made = promotions.create(draft, actor=shop.owner.staff(), now=shop.now)
    promotions.add_code(made, code, label="", max_uses=None, actor=shop.owner.staff(), now=shop.now)


def in_the_bag(shop: Shop, ada: Ada) -> Page:
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("add")
    ada.page.locator("#sheet[open]").wait_for()
    ada.page.goto("/bag")
    return ada.page


def enter(page: Page, code: str) -> None:
    """Into the field, which is opened first if it is not yet."""
    field = page.get_by_label("Promotion code")
    if not field.is_visible():
        page.get_by_text("Do you have a code?").click()
    field.fill(code)
    page.get_by_role("button", name="Apply").click()


def test_a_coupon_says_in_the_bag_why_it_does_not_apply(shop, ada):
    coupon(shop, "THREETHOUSAND", 20, min_spend=300000)
    page = in_the_bag(shop, ada)

    enter(page, "nosuch1")
    expect(page.locator("main")).to_contain_text("There is no such code.")
    expect(page.get_by_label("Promotion code")).to_have_value("nosuch1")
    enter(page, "threethousand")

    expect(page.locator("main")).to_contain_text("Applies with ¥1,720 more")
    expect(page.locator("#bag-bar")).to_contain_text("¥1,280")


def test_a_coupon_entered_at_checkout_is_paid_as_every_page_said(shop, ada):
    coupon(shop, "WELCOME10", 10)
    page = in_the_bag(shop, ada)
    page.locator("#bag-bar button").click()
    page.wait_for_url("**/checkout")
    ada.fill_address()

    enter(page, "welcome-10")
    expect(page.locator("#checkout")).to_contain_text("-¥128.00")
    expect(page.locator("#paybar")).to_contain_text("Pay ¥1,152.00")
    expect(page.locator("#street")).to_have_value("测试路1号")
    ada.pay()
    page.wait_for_url("**/pay/**")
    expect(page.get_by_role("button", name="Pay ¥1,152")).to_be_visible()
    ada.pay_at_provider()

    assert ada.headline == "Paid"
    expect(page.locator("main")).to_contain_text("10 % off (WELCOME10)")
    (order,) = shop.orders()
    assert (order.discount_total, order.total) == (12800, 115200)


def test_a_coupon_works_without_scripts_in_chinese(shop, new_page):
    coupon(shop, "WELCOME10", 10)
    page = new_page(java_script_enabled=False, locale="zh-CN")
    page.goto(shop.address(shop.pieces[0]))
    page.get_by_role("button", name="加入购物袋").click()

    page.get_by_text("有优惠码").click()
    page.get_by_label("优惠码").fill("welcome10")
    page.get_by_label("优惠码").press("Enter")

    expect(page.locator("main")).to_contain_text("减10%")
    expect(page.locator("#bag-bar")).to_contain_text("¥1,152")

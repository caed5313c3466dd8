"""Whole purchases in a real browser: in each language, with scripts and without, in a chat app."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from app.notifications.models import Message
from app.orders.commands import fulfil
from app.orders.models import OrderDelivery
from app.platform.db import db
from app.shop.models import Role
from tests.journeys.conftest import Ada, Shop

WECHAT = (
    "Mozilla/5.0 (Linux; Android 14; V2307A; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Version/4.0 Chrome/130.0.6723.103 Mobile Safari/537.36 XWEB/1300259 MMWEBSDK/20241103 "
    "MicroMessenger/8.0.55.2780(0x2800373D) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN"
)
PASTING = """(box, text) => {
    box.value = text;
    box.dispatchEvent(new ClipboardEvent("paste", {bubbles: true}));
}"""
PASTED = "林晓 13800000012 浙江省杭州市西湖区文三路1号2幢301"


def mails_of(shop: Shop) -> set[str]:
    shop.deliver()
    return set(db.session.scalars(select(Message.kind)))


def test_a_guest_buys_a_piece_in_chinese(shop, new_page):
    ada = Ada(new_page(locale="zh-CN"), "zh")

    ada.page.goto("/")
    ada.page.locator(".grid-pieces .title a").first.click()
    ada.page.wait_for_url("**/i/**")
    ada.press("add")
    ada.page.locator("#sheet[open]").get_by_role("button", name=re.compile("去结账")).click()
    ada.page.wait_for_url("**/checkout")
    ada.fill(pasted=PASTED)
    ada.press("read")
    ada.page.locator("#name[value='林晓']").wait_for()
    expect(ada.page.locator("#phone")).to_have_value("13800000012")
    expect(ada.page.locator("#street")).to_have_value("文三路1号2幢301")
    ada.fill(email="ada@example.org")
    expect(ada.page.locator("#paybar")).to_have_text(re.compile(r"付款 ¥1,2\d0\.00"))
    ada.pay()
    ada.pay_at_provider()

    assert ada.headline == "已付款"
    assert mails_of(shop) >= {"orders.placed", "orders.paid"}
    (order,) = shop.orders()
    assert (order.headline, order.locale, order.name) == ("to_ship", "zh-Hans", "林晓")


def test_an_address_is_read_as_it_is_pasted_and_an_empty_bag_shows_what_was_looked_at(shop, ada):
    ada.page.goto("/")
    ada.page.locator(".grid-pieces .title a").first.click()
    ada.page.wait_for_url("**/i/**")
    looked_at = ada.page.locator("h1").inner_text()
    ada.page.goto("/bag")
    expect(ada.page.locator("#seen h3")).to_have_text(looked_at)
    ada.page.go_back()
    ada.press("add")
    ada.page.locator("#sheet[open]").get_by_role("button", name=re.compile("Check out")).click()
    ada.page.wait_for_url("**/checkout")

    ada.page.locator("#pasted").evaluate(PASTING, PASTED)

    ada.page.locator("#name[value='林晓']").wait_for()
    expect(ada.page.locator("#street")).to_have_value("文三路1号2幢301")


def test_a_guest_buys_a_piece_in_english_without_scripts(shop, new_page):
    ada = Ada(new_page(java_script_enabled=False))

    ada.page.goto("/")
    ada.page.locator(".grid-pieces .title a").first.click()
    ada.press("add")
    assert ada.page.url.endswith("/bag")
    ada.page.locator("#bag-bar button").click()
    ada.fill(
        name="Ada Test", phone="13800000012", email="ada@example.org",
        region="Zhejiang, Hangzhou, Xihu", street="1 Test Road",
    )  # fmt: skip
    ada.pay()
    expect(ada.page.locator("#checkout")).to_contain_text("With the address known, the total is")
    expect(ada.page.locator("#street")).to_have_value("1 Test Road")
    ada.pay()
    ada.pay_at_provider()

    assert ada.headline == "Paid"
    (order,) = shop.orders()
    assert order.address["region"] == "Zhejiang, Hangzhou, Xihu"
    assert order.address["province"] == "浙江省"


def test_the_order_page_turns_to_paid_by_itself(shop, ada):
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")
    ada.fill_address()
    ada.pay()
    ada.page.wait_for_url("**/pay/**")
    payment = ada.page.url.partition("/pay/")[2].partition("?")[0]
    ada.page.get_by_role("link", name=re.compile("Leave")).click()
    ada.page.wait_for_url("**/o/**")
    assert ada.headline == "Waiting for payment"
    expect(ada.page.locator("main")).to_contain_text("need not pay again")

    shop.sandbox.act("payments", payment, "pay")
    shop.sandbox.wait_until_quiet()
    shop.deliver()

    ada.page.get_by_role("heading", level=1, name="Paid").wait_for()
    assert not ada.page.locator("[aria-labelledby=pay]").count()


def test_a_purchase_inside_a_chat_app(shop, new_page):
    ada = Ada(new_page(locale="zh-CN", user_agent=WECHAT, is_mobile=True, has_touch=True), "zh")
    opened = []
    ada.page.context.on("page", lambda page: opened.append(page.url))

    for address in ("/", shop.address(shop.pieces[0]), "/help"):
        ada.page.goto(address)
        assert not ada.page.locator("a[download], a[target=_blank]").count()
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")
    ada.fill_address()
    ada.pay()
    ada.pay_at_provider()

    assert ada.headline == "已付款"
    assert not opened
    assert not ada.page.locator("a[download], a[target=_blank]").count()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_piece_is_collected_in_the_store(shop, new_page, scripts):
    ada = Ada(new_page(java_script_enabled=scripts))
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")

    ada.page.locator("[name=method][value=pickup]").check()
    if not scripts:
        ada.page.get_by_role("button", name="Show the fields for this").click()
    ada.page.locator("#location").check()
    ada.fill(name="Ada Test", phone="13800000012", email="ada@example.org")
    assert len(ada.page.locator("#order [required]").all()) == 3
    ada.pay()
    ada.pay_at_provider()
    expect(ada.page.locator("main")).to_contain_text("We lay it out in the store")
    lay_out(shop)
    ada.page.reload()

    code = db.session.scalars(select(OrderDelivery.pickup_code)).one()
    assert ada.headline == "Ready to collect"
    assert ada.page.locator(".pickup-code").inner_text().replace(" ", "") == code
    assert ada.page.locator(".qr img").evaluate("image => image.naturalWidth") > 0


def lay_out(shop: Shop) -> None:
    (order,) = shop.orders()
    fulfil.make_ready(order.id, actor=shop.owner.staff(Role.FULFILMENT), now=shop.now)
    db.session.rollback()


def test_keyboard_alone_reaches_the_payment(shop, ada):
    """Enter in a field pays; it never presses the button that reads an address."""
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")
    ada.fill_address()
    ada.page.locator("#street").press("Enter")

    ada.page.wait_for_url("**/pay/**")
    assert len(shop.orders()) == 1

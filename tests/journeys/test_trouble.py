"""What may go wrong between bag and payment: each has its page, and nothing typed is lost."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from app.catalog.commands import stock
from app.catalog.models import Variant
from app.checkout.models import Checkout
from app.checkout.queries import holder_of
from app.orders.models import Order
from app.platform.db import db
from app.platform.transaction import transaction
from tests.cast import placed
from tests.journeys.conftest import Ada, Shop

PAGES_ALONE = pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
"""What these show is in the page; tests/checkout has the same refusals on both databases."""
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def dearer(variant_id: int, price: int) -> None:
    with transaction():
        db.session.execute(update(Variant).where(Variant.id == variant_id).values(price=price))


def bought_by_ben(shop: Shop, variant_id: int) -> None:
    """Ada's hold has run out, and somebody else was quicker."""
    with transaction():
        for checkout_id in db.session.scalars(select(Checkout.id)).all():
            stock.release(holder_of(checkout_id))
        placed(shop.owner, [variant_id], shop.now)


def checkout_with(ada: Ada, shop: Shop, *places: int) -> None:
    """Everything in the bag, the form filled in, the total on the button."""
    for place in places:
        ada.page.goto(shop.address(shop.pieces[place]))
        ada.press("add")
        ada.page.locator("#sheet[open], #bag-page").first.wait_for()
    ada.page.goto("/bag")
    ada.page.locator("#bag-bar button").click()
    ada.page.wait_for_url("**/checkout")
    ada.fill_address()


def typed(ada: Ada) -> tuple[str, ...]:
    names = ("name", "phone", "email", "region", "street")
    return tuple(ada.page.locator(f"#{name}").input_value() for name in names)


FILLED = ("Ada Test", "13800000012", "ada@example.org", "浙江省 杭州市 西湖区", "测试路1号")


def test_two_presses_make_one_order(shop, ada):
    checkout_with(ada, shop, 0)

    ada.page.locator("#paybar button").dblclick()
    ada.page.wait_for_url("**/pay/**")

    assert len(shop.orders()) == 1


@PAGES_ALONE
def test_the_back_button_after_ordering_leads_to_the_order_that_waits(shop, ada):
    checkout_with(ada, shop, 0)
    ada.pay()
    ada.page.wait_for_url("**/pay/**")

    ada.page.go_back()
    ada.page.wait_for_url("**/o/**")

    assert ada.headline == "Waiting for payment"
    assert len(shop.orders()) == 1


def test_the_second_of_two_tabs_leads_to_the_order_of_the_first(shop, ada):
    checkout_with(ada, shop, 0)
    other = Ada(ada.page.context.new_page())
    other.page.goto("/checkout")

    ada.pay()
    ada.pay_at_provider()
    other.pay()
    other.page.wait_for_url("**/o/**")

    assert other.headline == "Paid"
    assert len(shop.orders()) == 1


@PAGES_ALONE
def test_another_price_is_shown_before_anything_is_ordered(shop, ada):
    checkout_with(ada, shop, 0)
    dearer(shop.pieces[0], 150000)

    ada.pay()
    ada.page.get_by_text("The price has changed").wait_for()

    said = ada.page.locator("#checkout").inner_text()
    assert "It was ¥1,280 and is now ¥1,500." in said
    assert typed(ada) == FILLED
    assert not shop.orders()
    ada.pay()
    ada.page.wait_for_url("**/pay/**")
    assert [order.total for order in shop.orders()] == [150000]


@PAGES_ALONE
def test_a_piece_sold_while_typing_leaves_the_rest_to_be_bought(shop, ada):
    checkout_with(ada, shop, 0, 1)
    bought_by_ben(shop, shop.pieces[0])

    ada.pay()
    ada.page.get_by_text("If they do not pay, it is free again").wait_for()
    assert typed(ada) == FILLED
    assert not ada.page.locator("#paybar").count()
    ada.press("out")
    ada.page.locator("#paybar", has_text="¥1,290.00").wait_for()
    assert typed(ada) == FILLED
    ada.pay()
    ada.page.wait_for_url("**/pay/**")

    ours = [order for order in shop.orders() if order.email == "ada@example.org"]
    assert [order.total for order in ours][-1] == 129000


@PAGES_ALONE
def test_the_only_piece_sold_while_typing_says_so_without_scripts(shop, new_page):
    ada = Ada(new_page(java_script_enabled=False))
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")
    bought_by_ben(shop, shop.pieces[0])
    ada.fill(
        name="Ada Test", phone="13800000012", email="ada@example.org",
        region="浙江省 杭州市 西湖区", street="测试路1号",
    )  # fmt: skip

    ada.pay()

    ada.page.get_by_text("If they do not pay, it is free again").wait_for()
    assert len(shop.orders()) == 1
    ada.press("out")
    assert ada.page.url.endswith("/bag")
    ada.page.get_by_role("heading", name="Still empty").wait_for()


@PAGES_ALONE
@BOTH_WAYS
def test_wrong_fields_stand_there_again_with_what_to_do(shop, new_page, scripts):
    ada = Ada(new_page(java_script_enabled=scripts))
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")
    ada.fill(name="Ada Test", phone="1380000", email="ada at example.org", street="测试路1号")

    ada.pay()
    ada.page.locator("#error-summary").wait_for()

    expect(ada.page.locator("#error-summary li")).to_have_count(3)
    expect(ada.page.locator("#phone-error")).to_contain_text("4 digits short")
    assert ada.page.locator("#phone").get_attribute("aria-invalid") == "true"
    assert typed(ada) == ("Ada Test", "1380000", "ada at example.org", "", "测试路1号")
    assert not shop.orders()


@PAGES_ALONE
def test_a_field_says_what_is_wrong_when_it_is_left(shop, ada):
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")

    ada.page.locator("#phone").fill("1380000")
    ada.page.locator("#phone").blur()
    ada.page.locator("#phone-error").wait_for()
    ada.page.locator("#phone").fill("13800000012")
    ada.page.locator("#phone").blur()

    ada.page.locator("#phone-error").wait_for(state="detached")
    expect(ada.page.locator("#phone")).to_have_value("13800000012")
    ada.page.reload()
    expect(ada.page.locator("#phone")).to_have_value("13800000012")


@PAGES_ALONE
@BOTH_WAYS
def test_a_removal_from_the_bag_can_be_taken_back(shop, new_page, scripts):
    ada = Ada(new_page(java_script_enabled=scripts))
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("add")
    ada.page.locator("#sheet[open], #bag-page").first.wait_for()
    ada.page.goto("/bag")

    ada.press("out")
    ada.page.get_by_text("Removed:").wait_for()
    ada.page.get_by_role("heading", name="Still empty").wait_for()
    ada.page.get_by_role("button", name="Put back").click()

    ada.page.locator(".line-item").wait_for()
    ada.page.locator("#bag-bar button").wait_for()


@PAGES_ALONE
def test_the_provider_being_away_keeps_the_order(shop, ada):
    checkout_with(ada, shop, 0)
    shop.sandbox.switch(api_down=True)

    ada.pay()
    ada.page.wait_for_url("**/o/**")

    expect(ada.page.locator("main")).to_contain_text("cannot be reached at the moment")
    assert len(shop.orders()) == 1
    shop.sandbox.switch(api_down=False)
    ada.page.get_by_role("button", name="Test payment").click()
    ada.pay_at_provider()
    assert ada.headline == "Paid"


@PAGES_ALONE
def test_an_order_nobody_paid_can_be_given_up(shop, ada):
    checkout_with(ada, shop, 0)
    ada.pay()
    ada.page.wait_for_url("**/pay/**")
    ada.page.goto(f"/o/{token_of_only(shop)}")

    ada.page.get_by_text("Give up this order").click()
    ada.page.get_by_role("button", name="Cancel order").click()
    ada.page.get_by_role("heading", level=1, name="Cancelled").wait_for()

    expect(ada.page.locator("main")).to_contain_text("Nothing was charged")


def token_of_only(shop: Shop) -> str:
    from app.orders.queries import token_of

    (order,) = shop.orders()
    assert isinstance(order, Order)
    return token_of(order)

"""A shop moves in from Shopify: its file is looked into and taken in, and what it brought sells."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.catalog.commands.importing import working
from app.catalog.models import Product, Stock, Variant
from app.platform.db import db
from app.shop.models import Role
from tests.journeys.conftest import Ada, Shop
from tests.shop.people import PASSWORD, staff

pytestmark = pytest.mark.parametrize("stage", ["postgresql"], indirect=True)
EXPORT = Path(__file__).parent.parent / "data" / "shopify_export.csv"


def test_a_shopify_export_moves_in_and_sells(shop, new_page):
    counter = new_page(viewport={"width": 1280, "height": 800})
    sign_in(counter, shop)
    assert "8 to create, 0 to change, 0 unchanged, 1 refused" in on_the_terminal(shop, "--dry-run")

    counter.goto("/admin/imports?lang=en")
    counter.locator("#file").set_input_files(EXPORT)
    counter.get_by_role("button", name="Look into it").click()
    counter.get_by_role("button", name="Cancel").wait_for()
    work()
    counter.get_by_text("Gift cards cannot be sold here.").wait_for()
    assert imported() == 0
    counter.get_by_role("button", name="Import it").click()
    counter.get_by_text("Begins in a moment").wait_for()
    work()
    counter.get_by_role("heading", name="What was imported").wait_for()
    assert imported() == 8
    assert "0 created, 1 changed, 7 unchanged, 1 refused" in on_the_terminal(shop)

    ada = buy_trousers(new_page)

    assert ada.headline == "Paid"
    (order,) = shop.orders()
    assert order.goods_total == 48900
    assert on_hand("WP-M-EC-L") == 0


def buy_trousers(new_page) -> Ada:
    ada = Ada(new_page())
    ada.page.goto("/search?q=worker+trousers")
    ada.page.locator("#grid .title a", has_text="Worker trousers").click()
    ada.page.wait_for_url("**/i/**")
    ada.page.locator(".radio-card", has_text=re.compile("M.*Ecru, undyed.*Long")).click()
    ada.press("buy")
    ada.fill_address()
    ada.pay()
    ada.pay_at_provider()
    return ada


def sign_in(page, shop: Shop) -> None:
    member = staff(shop.owner.merchant_id, "cleo", Role.EDITOR)
    page.goto("/admin/login")
    page.locator("[name=email]").fill(member.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/admin/?$"))


def on_the_terminal(shop: Shop, *arguments: str) -> str:
    """`flask shop import FILE`; the gift card among its rows is refused."""
    db.session.rollback()
    result = shop.app.test_cli_runner().invoke(args=["shop", "import", str(EXPORT), *arguments])
    shop.deliver()
    assert result.exit_code == 1
    return result.output


def work() -> None:
    """What the worker does a moment later."""
    db.session.rollback()
    assert working.work()


def imported() -> int:
    db.session.rollback()
    statement = select(func.count()).select_from(Product)
    return db.session.scalars(statement.where(Product.source_key.not_like("cast-%"))).one()


def on_hand(sku: str) -> int:
    db.session.rollback()
    statement = select(Stock.on_hand).join(Variant, Variant.id == Stock.variant_id)
    return db.session.scalars(statement.where(Variant.sku == sku)).one()

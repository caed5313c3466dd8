"""A bank transfer: account and reference, a picture as proof, and the shop's word that it came."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from app.orders.commands import question
from app.orders.queries import for_mail
from app.platform.db import db
from app.shop.models import Role
from tests.journeys.conftest import Ada, Shop

pytestmark = pytest.mark.parametrize("stage", ["postgresql"], indirect=True)


def screenshot() -> bytes:
    written = BytesIO()
    Image.new("RGB", (300, 600), (240, 240, 240)).save(written, "PNG")
    return written.getvalue()


def confirmed(shop: Shop, reference: str, amount: int) -> None:
    (order,) = shop.orders()
    (payment,) = for_mail(order.id).payments
    assert payment.reference == reference
    question.confirm_transfer(
        payment.id, amount=amount, transaction_id="BANK-1",
        actor=shop.owner.staff(Role.OWNER), now=shop.now,
    )  # fmt: skip
    db.session.rollback()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_transfer_with_its_proof_is_confirmed(shop, new_page, scripts):
    ada = Ada(new_page(java_script_enabled=scripts))
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")
    ada.page.locator("[name=gateway][value=bank_transfer]").check()
    ada.fill(
        name="Ada Test", phone="13800000012", email="ada@example.org",
        region="浙江省 杭州市 西湖区", street="测试路1号",
    )  # fmt: skip
    if scripts:
        ada.page.locator("#paybar", has_text="¥").wait_for()
    else:
        ada.pay()
    ada.pay()
    ada.page.wait_for_url("**/o/**")
    expect(ada.page.locator("main")).to_contain_text("Transfer ¥1,280.00")

    ada.page.get_by_role("button", name="Send the picture").click()
    ada.page.get_by_text("Please choose the picture of your transfer.").wait_for()
    ada.page.locator("#picture").set_input_files(
        {"name": "slip.png", "mimeType": "image/png", "buffer": screenshot()}
    )
    ada.page.locator("#note").fill("from my sister's account")
    ada.page.get_by_role("button", name="Send the picture").click()
    ada.page.get_by_text("Picture 1 sent").wait_for()
    reference = ada.page.locator("[aria-labelledby=pay] dd").nth(1).inner_text().split()[0]
    confirmed(shop, reference, 128000)
    ada.page.reload()

    assert ada.headline == "Paid"


def test_a_note_being_typed_outlives_the_page_asking_for_news(shop, ada):
    ada.page.goto(shop.address(shop.pieces[0]))
    ada.press("buy")
    ada.page.locator("[name=gateway][value=bank_transfer]").check()
    ada.fill_address()
    ada.pay()
    ada.page.wait_for_url("**/o/**")

    ada.page.locator("#note").fill("half a sen")
    with ada.page.expect_response(lambda answer: "/o/" in answer.url, timeout=30_000):
        ada.page.evaluate("htmx.trigger('#order-status', 'every')")

    expect(ada.page.locator("#note")).to_have_value("half a sen")

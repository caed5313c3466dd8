"""Tax from the bag to the refund: every page says the same, and nothing changes without a rate."""

from __future__ import annotations

from html import unescape

from sqlalchemy import select

from app.catalog.models import Product
from app.catalog.queries.cards import product_path
from app.orders import mail_sums, queries
from app.orders.bookkeeping import examine
from app.orders.commands import cancel
from app.orders.commands.decision import RefundRequest
from app.orders.models import OrderRefund, OrderRefundLine
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.i18n import speaking
from app.platform.transaction import transaction
from app.presale.models import PaymentMode
from app.shop.taxation import replace_taxes
from app.shop.taxes import Tax, TaxClass, TaxRate, TaxTable
from tests import cast
from tests.admin.counter import clerk, lines_of, settle_in_full
from tests.checkout.buying import begun, filled, orders
from tests.conftest import MONDAY
from tests.presale import cast as presale

GOODS = TaxClass("goods", {"en": "Goods", "zh-Hans": "商品"})
POST = TaxClass("post", {"en": "Post", "zh-Hans": "邮费"}, is_of_delivery=True)


def taxed(percent, *, is_included):
    tax = Tax(percent * 1000, is_included=is_included)
    rates = (TaxRate("goods", "CN", tax), TaxRate("post", "*", Tax(6000, is_included=is_included)))
    replace_taxes(TaxTable((GOODS, POST), rates), actor=SYSTEM, now=MONDAY)


def sums_in_mail(order_id):
    with speaking("en"):
        view = queries.for_mail(order_id)
        return {row["label"]: str(row["amount"]) for row in mail_sums.sums_for_mail(view)}


def test_tax_that_is_added_is_shown_from_the_bag_to_the_counter(app, client, owner):
    taxed(13, is_included=False)
    client.post("/bag", data={"variant": cast.piece(owner, MONDAY, price=10000)})
    bag = client.get("/bag?lang=en").text
    begun(client)
    form = filled(client)
    checkout = client.get("/checkout?lang=en").text

    client.post("/checkout/order", data=form)

    (order,) = orders()
    (line,) = lines_of(order.id)
    counter = clerk(app, owner.merchant_id, "cleo").read(f"/admin/orders/{order.id}")
    assert all("Tax 13 %" in page for page in (bag, checkout, counter))
    assert "Tax 6 %" in checkout
    assert (line.total, line.tax, order.tax_added) == (11300, 1300, 1300)
    assert (order.goods_total, order.shipping_total, order.total) == (10000, 1272, 12572)
    assert sums_in_mail(order.id)["Tax 13 %"] == "CNY 13.00"
    assert sums_in_mail(order.id)["Delivery cost"] == "CNY 12.00"


def test_what_is_paid_back_gives_back_its_tax_to_the_cent(client, owner):
    taxed(13, is_included=False)
    begun(client, cast.piece(owner, MONDAY, price=10000))
    client.post("/checkout/order", data=filled(client))
    (order,) = orders()
    (line,) = lines_of(order.id)
    settle_in_full(order.id, MONDAY)

    for key, amount, shipping in (("a", 3766, 0), ("b", 3767, 0), ("c", 3767, 1272)):
        request = RefundRequest(line_amounts={line.id: amount}, shipping=shipping)
        cancel.refund(order.id, request, idempotency_key=key, actor=owner.staff(), now=MONDAY)

    db.session.rollback()
    parts = select(OrderRefundLine.tax).order_by(OrderRefundLine.order_refund_id)
    assert list(db.session.scalars(parts)) == [433, 433, 434]
    assert sum(db.session.scalars(select(OrderRefund.shipping_tax))) == 72
    assert examine(MONDAY.replace(year=2000), MONDAY.replace(year=2100)).odd_orders == ()


def test_tax_that_is_included_changes_no_price(client, owner):
    taxed(13, is_included=True)
    begun(client, cast.piece(owner, MONDAY, price=11300))

    client.post("/checkout/order", data=filled(client))

    (order,) = orders()
    (line,) = lines_of(order.id)
    assert (line.total, line.tax, order.tax_added, order.total) == (11300, 1300, 0, 12500)
    assert sums_in_mail(order.id)["of which tax 13 %"] == "CNY 13.00"
    assert "of which tax 13 %" in client.get(f"/o/{queries.token_by_id(order.id)}?lang=en").text


def test_a_class_of_its_own_is_taxed_by_its_own_rate(client, owner):
    taxed(13, is_included=False)
    book = cast.piece(owner, MONDAY, price=10000)
    with transaction():
        db.session.get_one(Product, cast.product_of(book)).tax_class = "post"
    begun(client, book)

    client.post("/checkout/order", data=filled(client))

    assert lines_of(orders()[0].id)[0].tax == 600


def test_a_shop_without_rates_says_nothing_of_tax(client, owner):
    begun(client, cast.piece(owner, MONDAY, price=10000))

    shown = client.post("/checkout/fields", data=filled(client)).text
    client.post("/checkout/order", data=filled(client))

    (order,) = orders()
    assert "ax 13" not in shown
    assert (order.total, order.tax_added) == (11200, 0)


def test_a_price_that_is_not_all_of_it_says_so_beside_it(client, owner):
    variant = cast.piece(owner, MONDAY, price=10000)
    product = db.session.get_one(Product, cast.product_of(variant))
    path = f"{product_path(product.number, product.slug)}?lang=en"
    untaxed = client.get(path).text

    taxed(13, is_included=False)

    shown = client.get(path).text
    assert "Tax 13 % is added." in shown
    assert '"valueAddedTaxIncluded": false' in shown
    assert "is added." not in untaxed
    assert "valueAddedTax" not in untaxed


def test_a_presale_says_what_comes_on_top_like_every_page(client, owner):
    pages = {
        mode: f"/pre/{presale.campaign(owner, MONDAY, payment_mode=mode).slug}?lang=en"
        for mode in (PaymentMode.FULL, PaymentMode.DEPOSIT)
    }
    untaxed = client.get(pages[PaymentMode.FULL]).text
    taxed(13, is_included=False)
    full, deposit = (client.get(pages[mode]).text for mode in pages)
    taxed(13, is_included=True)
    included = client.get(pages[PaymentMode.FULL]).text

    assert "Delivery ¥12 in mainland China" in unescape(untaxed)
    assert "Tax 13 % is added.</p>" in full
    assert "Tax 13 % is added. You pay it with the balance." in deposit
    assert '"valueAddedTaxIncluded": false' in full
    assert '"valueAddedTaxIncluded": true' in included
    assert "is added." not in untaxed + included
    assert "Prices are without tax" in full
    assert "Prices are without tax" not in untaxed + included

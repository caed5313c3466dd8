"""Items as the counter's tests open and send them."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

from sqlalchemy import select

from app.catalog.commands import stock
from app.catalog.commands.stock import Wanted
from app.catalog.models import Product, Variant
from app.platform.db import db
from tests.admin.counter import Clerk
from tests.admin.forms import form_on


def row(product_id):
    return db.session.get_one(Product, product_id, populate_existing=True)


def variant_of(product_id):
    statement = select(Variant).where(Variant.product_id == product_id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def opened(who: Clerk, product_id: int):
    """The editor's form as it is opened."""
    return form_on(who.get(f"/admin/items/{product_id}").get_data(as_text=True), "item")


def send(who: Clerk, product_id: int, typed, do="save", **options):
    data = {**typed, "do": do}
    return who.client.post(f"/admin/items/{product_id}", data=data, **options)


def text_of(response):
    return unescape(response.get_data(as_text=True))


def sell(variant_id, clock):
    until = clock.now + timedelta(minutes=9)
    stock.reserve("checkout:1", [Wanted(variant_id, 1)], until=until, now=clock.now)
    stock.sell("checkout:1", reference="S", now=clock.now)


def stocked(cleo, clock):
    """A draft of stocked goods in two sizes; returns its id."""
    response = cleo.post(
        "/admin/items", {"kind": "stocked", "key": "s" * 20, "title-en": "Work shirt"}
    )
    product_id = int(response.headers["Location"].rpartition("/")[2])
    typed = opened(cleo, product_id)
    typed = form_on(send(cleo, product_id, typed, do="row").get_data(as_text=True), "item")
    typed |= {
        "option-1-en": ["Size"],
        "option-1-zh": ["尺码"],
        "v-0-o1-en": ["S"],
        "v-0-sku": ["WS-S"],
        "v-0-price": ["399"],
        "v-1-o1-en": ["M"],
        "v-1-o1-zh": ["中"],
        "v-1-sku": ["WS-M"],
        "v-1-price": ["429"],
    }
    response = send(cleo, product_id, typed)
    assert response.status_code == 303, text_of(response)
    return product_id

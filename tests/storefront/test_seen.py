"""What was looked at comes back as cards; the shop keeps none of it."""

from __future__ import annotations

import re

from app.catalog.models import Product
from app.platform.db import db
from tests.admin.counter import contents
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY


def number_of(variant_id):
    return db.session.get_one(Product, product_of(variant_id)).number


def test_numbers_become_cards_in_their_order_and_nothing_is_kept(client, clock):
    owner = house(MONDAY)
    first, second = (number_of(piece(owner, MONDAY)) for _each in range(2))
    before = contents()

    answer = client.post("/seen", data={"no": f"{second:04d}.999999.x.{first:04d}.{second:04d}"})

    assert re.findall(r'href="/i/(\d{4})-', answer.text) == [f"{second:04d}", f"{first:04d}"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer.headers
    assert contents() == before
    assert client.post("/seen", data={"no": "9" * 50}).text.strip() == ""
    assert client.post("/seen").status_code == 200

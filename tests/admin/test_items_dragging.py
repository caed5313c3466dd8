"""Photographs put in order with the mouse: what is dropped is kept, as the buttons keep it."""

from __future__ import annotations

import re

from app.platform.db import db
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk
from tests.admin.test_items_photos import media_ids, upload
from tests.catalog.goods import photograph
from tests.shop.people import PASSWORD


def test_a_photograph_dragged_before_another_is_kept_there(app, clock, live_server, page):
    house = cast.house(clock.now)
    cleo = clerk(app, house.merchant_id, "cleo", Role.EDITOR)
    piece = cast.product_of(cast.piece(house, clock.now))
    upload(cleo, piece, photograph(10), photograph(20))
    first, second, third = media_ids(piece)
    db.session.rollback()
    page.goto(f"{live_server}/admin/login")
    page.locator("[name=email]").fill(cleo.member.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/admin/?$"))
    page.goto(f"{live_server}/admin/items/{piece}")
    tiles = page.locator("[data-order] > .tile")

    with page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        tiles.nth(2).drag_to(tiles.nth(0))

    assert (answered.value.status, answered.value.url) == (200, page.url)
    db.session.rollback()
    assert media_ids(piece) == [third, first, second]

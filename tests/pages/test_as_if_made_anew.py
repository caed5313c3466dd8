"""Whatever is done, a page that was kept says what one that is made anew would say."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.catalog.commands import collections, products, stock
from app.catalog.commands.collections import Words
from app.catalog.commands.stock import MovementReason, Wanted
from app.catalog.drafts import ProductDraft
from app.catalog.models import Product, ProductState
from app.catalog.queries.drafts import draft_of
from app.orders.models import OrderLine
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.errors import DomainError
from app.platform.transaction import transaction
from app.presale.commands import clockwork
from app.reviews.models import Review, ReviewState
from app.shop import arranging, home
from app.shop.home import Section
from tests.cast import house, piece, placed, product_of
from tests.conftest import MONDAY
from tests.pages.looking import said, without_memory
from tests.presale import cast
from tests.soaking import SOAK, on_postgresql, on_sqlite
from tests.storefront.conftest import english
from tests.storefront.test_pages import address_of

AWHILE = timedelta(minutes=15)


class Shop:
    """Pieces, a presale, and all that can happen to them."""

    def __init__(self, owner: Any, clock: Any) -> None:
        self.owner, self.clock, self.staff = owner, clock, owner.staff()
        self.autumn = Words({"en": "Autumn"}, {})
        self.collection = collections.create(self.autumn, "autumn", actor=self.staff, now=MONDAY)
        self.pieces = [piece(owner, MONDAY, units=units) for units in (1, 2)]
        for variant_id in self.pieces:
            number = db.session.get_one(Product, product_of(variant_id)).number
            collections.add("autumn", number, actor=self.staff, now=MONDAY)
        self.campaign = cast.campaign(owner, MONDAY, sku={"cap": 3})
        self.times = 0

    @property
    def addresses(self) -> list[str]:
        return ["/", "/c/autumn", "/c/all", *map(address_of, self.pieces),
                f"/pre/{self.campaign.slug}"]  # fmt: skip

    def do(self, what: str, which: int) -> None:
        self.times += 1
        with suppress(DomainError):
            DEEDS[what](self, self.pieces[which % len(self.pieces)])

    def hold(self, variant_id: int) -> None:
        until = self.clock.now + AWHILE
        stock.reserve(f"checkout:{self.times}", [Wanted(variant_id, 1)], until=until,
                      now=self.clock.now)  # fmt: skip

    def let_go(self, _variant_id: int) -> None:
        for at in range(self.times):
            stock.release(f"checkout:{at}")

    def order(self, variant_id: int) -> None:
        self.hold(variant_id)
        placed(self.owner, [variant_id], self.clock.now)

    def sell(self, variant_id: int) -> None:
        self.hold(variant_id)
        stock.sell(f"checkout:{self.times}", reference="T", now=self.clock.now)

    def count(self, variant_id: int) -> None:
        stock.count(variant_id, self.owner.store_id, self.times % 3,
                    reason=MovementReason.CORRECTED, actor=SYSTEM, now=self.clock.now)  # fmt: skip

    def rewrite(self, variant_id: int) -> None:
        self._edit(variant_id, story={"en": f"Told {self.times} times."})

    def reprice(self, variant_id: int) -> None:
        before = self._draft(variant_id)
        dearer = replace(before.variants[0], price=before.variants[0].price + 100)
        self._edit(variant_id, variants=(dearer,))

    def withdraw(self, variant_id: int) -> None:
        products.withdraw(product_of(variant_id), ProductState.DRAFT, actor=SYSTEM,
                          now=self.clock.now)  # fmt: skip

    def publish(self, variant_id: int) -> None:
        products.publish_product(product_of(variant_id), actor=SYSTEM, now=self.clock.now)

    def join(self, _variant_id: int) -> None:
        sku = cast.skus(self.campaign.id)[0]
        cast.confirmed(self.owner, {sku.id: 1}, self.clock.now)

    def begin_to_join(self, _variant_id: int) -> None:
        sku = cast.skus(self.campaign.id)[0]
        cast.joined(self.owner, {sku.id: 1}, self.clock.now)

    def review(self, variant_id: int) -> None:
        self.hold(variant_id)
        order_id = placed(self.owner, [variant_id], self.clock.now)
        with transaction():
            line = db.session.query(OrderLine).filter_by(order_id=order_id).one()
            db.session.add(_review_of(line, self.times, self.clock.now))

    def rename_collection(self, _variant_id: int) -> None:
        words = replace(self.autumn, title={"en": f"Autumn {self.times}"})
        collections.change("autumn", words, actor=self.staff, now=self.clock.now)

    def rearrange(self, _variant_id: int) -> None:
        text = Section("text", {"title": {"en": f"Hello {self.times}"}, "text": {"en": "Text."}})
        arranging.add(text, seen=home.draft().id, actor=self.staff, now=self.clock.now)
        arranging.publish(seen=home.draft().id, actor=self.staff, now=self.clock.now)

    def wait_a_little(self, _variant_id: int) -> None:
        self.clock.advance(seconds=17)

    def wait(self, _variant_id: int) -> None:
        self.clock.advance(minutes=14, seconds=51)

    def wait_long(self, _variant_id: int) -> None:
        self.clock.advance(days=2, hours=3, minutes=7)
        clockwork.advance()

    def _edit(self, variant_id: int, **changes: Any) -> None:
        draft = replace(self._draft(variant_id), **changes)
        products.change(product_of(variant_id), draft, actor=SYSTEM, now=self.clock.now)

    def _draft(self, variant_id: int) -> ProductDraft:
        db.session.rollback()
        return draft_of(db.session.get_one(Product, product_of(variant_id)))


def _review_of(line: OrderLine, stars: int, now: Any) -> Review:
    return Review(
        product_id=line.product_id, merchant_id=line.merchant_id, order_id=line.order_id,
        line_id=line.id, stars=1 + stars % 5, text="Said.", name="A", locale="en",
        state=ReviewState.PUBLISHED, written_at=now, changed_at=now,
    )  # fmt: skip


Deed = Callable[[Shop, int], None]
DEEDS: dict[str, Deed] = {
    name: value
    for name, value in vars(Shop).items()
    if callable(value) and not name.startswith("_") and name != "do"
}


@pytest.fixture
def shop(app, clock):
    return Shop(house(MONDAY), clock)


@on_postgresql
@settings(
    max_examples=60 if SOAK else 6, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=st.lists(st.tuples(st.sampled_from(sorted(DEEDS)), st.integers(0, 1)), min_size=4,
                      max_size=10))  # fmt: skip
def test_a_kept_page_is_the_page_that_would_be_made_now(app, shop, deeds):
    visitor = english(app)

    for what, which in deeds:
        shop.do(what, which)

        for address in shop.addresses:
            kept = said(visitor.get(address))
            with without_memory(app):
                assert said(visitor.get(address)) == kept, (what, address)


@on_sqlite
def test_each_deed_is_seen_on_another_machine(app, make_app, shop):
    """A second application over the same database has memory and connections of its own."""
    here, there = english(app), english(make_app())
    for address in shop.addresses:
        there.get(address)

    for what in DEEDS:
        shop.do(what, 0)

        for address in shop.addresses:
            with without_memory(app):
                made = here.get(address)
            kept = there.get(address)
            assert (kept.status_code, kept.data) == (made.status_code, made.data), (what, address)

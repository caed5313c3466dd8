"""The demo shop goes as it came, and takes nothing of anybody else's with it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from app.catalog.models import Product
from app.demo.copy.catalogue import PIECES
from app.demo.loading import goods, orders, people, words
from app.demo.loading.goods import Item
from app.demo.loading.purge import purge
from app.fulfilment.models import Parcel
from app.orders.models import Order
from app.payments.events import PaymentCallbackReceived
from app.payments.models import Payment
from app.platform import clock
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.facts import publish
from app.platform.images import from_image
from app.platform.inbox import commands as inbox
from app.platform.outbox.commands import drain
from app.platform.outbox.models import DeliveryState, OutboxDelivery, OutboxFact
from app.platform.transaction import command
from app.search import queries
from app.search.commands import words as commands
from tests.cast import House, piece, placed

EMPTY = ("product", "variant", "stock", "stock_movement", "hold", "ledger_entry", "parcel", "media",
         "search_synonym", "search_hot_word", "inbound_event")  # fmt: skip


@contextmanager
def plain_pictures(items: Sequence[Item]) -> Iterator[Iterator[list[bytes]]]:
    """One flat colour per picture: drawing is tested elsewhere."""
    shades = count()
    yield iter([[_flat(next(shades)) for _ in item.pictures] for item in items])


def _flat(shade: int) -> bytes:
    return from_image(Image.new("RGB", (80, 100), (shade % 256, 90, 60))).jpeg


@pytest.fixture
def demo(app: Flask) -> people.Places:
    now = clock.now()
    places = people.load(now=now)
    first_store = [item for item in PIECES if (item.merchant, item.store) == ("house", "hangzhou")]
    goods.load(
        places, now=now, said=lambda _done, _all: None, items=first_store[:6], artist=plain_pictures
    )
    assert orders.load(places, now=now) > 3
    words.load(now=now)
    return places


def rows(table: str) -> int:
    return int(db.session.execute(text(f"SELECT count(*) FROM {table}")).scalar() or 0)


@command
def callback(source: str, about: str) -> None:
    """A stored callback, still to be applied."""
    body = json.dumps({"id": about, "reference": about}).encode()
    row = inbox.store(source, about, headers={}, body=body, now=clock.now())
    publish(PaymentCallbackReceived(int(row or 0), source, clock.now()))


def told() -> list[str]:
    """What could not be told once everything is told that can be."""
    while drain():
        pass
    undone = select(OutboxDelivery.handler).where(OutboxDelivery.state != DeliveryState.DONE)
    return list(db.session.scalars(undone))


def test_purging_leaves_an_empty_shop(demo):
    for payment in db.session.scalars(select(Payment.reference)).all():
        callback("payments/sandbox", payment)
    for number in db.session.scalars(select(Parcel.tracking_number)).all():
        callback("logistics/standard", number)
    assert rows("outbox_delivery") > 6

    done = purge()
    again = purge()

    assert (done.products, again.products) == (6, 0)
    assert {table: rows(table) for table in EMPTY} == dict.fromkeys(EMPTY, 0)
    assert rows("merchant") == 0
    assert told() == []


def test_callbacks_about_anything_else_stay(demo):
    reference = db.session.scalars(select(Payment.reference)).first()
    callback("payments/sandbox", f"{reference}7")
    callback("payments/sandbox", "of somebody real")

    purge()

    assert rows("inbound_event") == 2
    facts = db.session.scalars(select(OutboxFact.name)).all()
    assert facts.count(PaymentCallbackReceived.name) == 2


def test_words_that_somebody_changed_stay(demo):
    row = queries.synonym_rows()[0]
    commands.change_synonyms(row.id, [*row.words, "moleskin"], actor=SYSTEM, now=clock.now())
    commands.offer_words(["moleskin"], actor=SYSTEM, now=clock.now())

    purge()

    assert queries.synonyms().groups == ((*row.words, "moleskin"),)
    assert queries.hot_words() == ["moleskin"]


def test_what_real_orders_stand_on_stays(demo):
    now = clock.now()
    house = House(demo.merchants["house"], demo.locations["house", "hangzhou"], is_house=True)
    own = piece(house, now)
    order_id = placed(house, [own], now)

    done = purge()

    assert any("house" in kept for kept in done.kept)
    assert db.session.scalars(select(Order.id)).all() == [order_id]
    assert db.session.scalar(select(func.count()).select_from(Product)) == 1


def test_after_purging_the_movements_are_guarded_again(demo):
    now = clock.now()
    house = House(demo.merchants["house"], demo.locations["house", "hangzhou"], is_house=True)
    piece(house, now)
    purge()

    with pytest.raises(DBAPIError, match="append-only"):
        _delete_movements()


@command
def _delete_movements() -> None:
    db.session.execute(text("DELETE FROM stock_movement"))

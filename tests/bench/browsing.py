"""Browsing: a collection of a shop of 1,000 and of 100,000 products, as it is first asked for, as
it is asked for again, narrowed down, and a thousand pages deep.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from statistics import median
from typing import Any

from flask import Flask
from sqlalchemy import delete, insert

from app.catalog.commands import products, relisting
from app.catalog.models import (
    Collection,
    CollectionProduct,
    ListedProduct,
    ListingStamp,
    Piece,
    Product,
    Stock,
    Variant,
)
from app.platform.actor import SYSTEM
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.transaction import transaction
from tests.bench.surroundings import shop_on
from tests.bench.table import Figure
from tests.cast import House, house

FEW, MANY = 1_000, 100_000
ASKED = 15
GROWTH_BAR, NARROWED_BAR = 25.0, 300.0
BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
GARMENTS = ("top", "trousers", "dress", "skirt", "shoes", "bag")
COLOURS = ("white", "beige", "brown", "red", "green", "blue", "grey", "black")
CLOTHS = ("Cotton denim", "Wool tweed", "Linen", "Silk", "Calf leather", "Cotton corduroy")


def measure() -> list[Figure]:
    return [figure for database in ("sqlite", "postgresql") for figure in _on(database)]


def _on(database: str) -> Iterator[Figure]:
    part = f"browsing, {database}"
    with shop_on(database) as app:
        owner = house(BEGAN)
        stock_up(owner, range(1, FEW + 1))
        few = _times(app)
        began = time.perf_counter()
        stock_up(owner, range(FEW + 1, MANY + 1))
        yield Figure(part, f"{MANY:,} products made and listed", time.perf_counter() - began, "s")
        many = _times(app)
    for what, taken in many.items():
        yield Figure(part, f"{what}, {FEW:,} products", few[what], "ms")
        if what in {"home", "collection"}:
            growth = (taken / few[what] - 1) * 100
            is_met = growth <= GROWTH_BAR
            yield Figure(part, f"{what}, {MANY:,} products", taken, "ms")
            yield Figure(part, f"{what}, grown by", growth, "%", f"≤ {GROWTH_BAR:g}", is_met)
        else:
            is_met = taken <= NARROWED_BAR
            yield Figure(
                part, f"{what}, {MANY:,} products", taken, "ms", f"≤ {NARROWED_BAR:g}", is_met
            )


def _times(app: Flask) -> dict[str, float]:
    """Medians in milliseconds. The places of a chosen era and brand differ each time, so that
    nothing is at hand that was counted before.
    """
    client = app.test_client()
    deep = _deep_address()
    addresses = {
        "home": ["/"] * ASKED,
        "collection": ["/c/everything"] * ASKED,
        "narrowed to an era and a grade": [
            f"/c/everything?era={1900 + 10 * (at % 9)}s&grade={'SABCD'[at % 5]}"
            for at in range(ASKED)
        ],
        "one of a thousand pages": [deep] * ASKED,
    }
    taken = {what: median(_milliseconds(client, each) for each in all_of_them)
             for what, all_of_them in addresses.items()}  # fmt: skip
    with transaction():
        db.session.execute(insert(ListingStamp).values(shelf=99, stamp="other"))
    taken["collection, after a sale"] = _milliseconds(client, "/c/everything")
    with transaction():
        db.session.execute(delete(ListingStamp).where(ListingStamp.shelf == 99))
    return taken


def _milliseconds(client: Any, address: str) -> float:
    began = time.perf_counter()
    answer = client.get(address, base_url=settings().public_url)
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return (time.perf_counter() - began) * 1000


def _deep_address() -> str:
    from app.catalog.queries.listing.paging import Key

    ids = db.session.query(ListedProduct.product_id, ListedProduct.first_live_at)
    row = ids.order_by(ListedProduct.first_live_at).limit(1).offset(100).one()
    db.session.rollback()
    micros = int(row.first_live_at.timestamp() * 1_000_000)
    return f"/c/everything?after={Key(row.product_id, micros)}"


def stock_up(owner: House, numbers: range) -> None:
    """Pieces of few words and no pictures, every one in the collection “everything”."""
    if numbers.start == 1:
        products.save_collection(
            "everything", title={"en": "Everything"}, description={}, position=0, actor=SYSTEM,
            now=BEGAN,
        )  # fmt: skip
    pick = Random(numbers.start)
    for start in range(numbers.start, numbers.stop, 1_000):
        _thousand(owner, range(start, min(start + 1_000, numbers.stop)), pick)
    relisting.mend()


def _thousand(owner: House, numbers: range, pick: Random) -> None:
    with transaction():
        collection_id = db.session.query(Collection.id).filter_by(slug="everything").scalar()
        for model, rows in _rows(owner, numbers, pick).items():
            db.session.execute(insert(model), rows)
        db.session.execute(
            insert(CollectionProduct),
            [{"collection_id": collection_id, "product_id": at, "position": 0} for at in numbers],
        )


def _rows(owner: House, numbers: range, pick: Random) -> dict[Any, list[dict[str, Any]]]:
    made: dict[Any, list[dict[str, Any]]] = {Product: [], Piece: [], Variant: [], Stock: []}
    for number in numbers:
        live_at = BEGAN + timedelta(minutes=number)
        made[Product].append({
            "id": number, "merchant_id": owner.merchant_id, "number": number, "slug": f"p-{number}",
            "kind": "piece", "state": "live", "title": {"en": f"Piece {number}"}, "story": {},
            "garment": pick.choice(GARMENTS), "brand": f"Maker {int(pick.expovariate(0.05))}",
            "material": {"en": pick.choice(CLOTHS)}, "colour": pick.choice(COLOURS),
            "option_names": {}, "version": 1, "created_at": live_at, "changed_at": live_at,
            "first_live_at": live_at,
        })  # fmt: skip
        made[Piece].append({
            "product_id": number, "grade": pick.choice("SABCD"), "grade_evidence": {},
            "era": f"{pick.randrange(1900, 1990, 10)}s", "year": None, "era_evidence": {},
            "origin": "FR", "origin_evidence": {},
            "measurements": {"chest": pick.randrange(800, 1200), "waist": pick.randrange(600, 960),
                             "insole": pick.randrange(220, 280)},
        })  # fmt: skip
        made[Variant].append({
            "id": number, "product_id": number, "merchant_id": owner.merchant_id,
            "sku": f"S{number}", "options": {}, "price": pick.randrange(5_000, 600_000, 100),
            "weight_g": 500, "position": 0, "retired": False,
        })  # fmt: skip
        made[Stock].append({
            "id": number, "variant_id": number, "location_id": owner.store_id,
            "on_hand": int(pick.random() < 0.9), "held": 0,
        })  # fmt: skip
    return made

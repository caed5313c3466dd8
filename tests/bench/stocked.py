"""A shop of any number of pieces, each in two languages and with a photograph, written as rows
because commands would take an hour.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from PIL import Image
from sqlalchemy import insert, select

from app.catalog.commands import media, products, relisting
from app.catalog.models import (
    Collection,
    CollectionProduct,
    Media,
    Piece,
    Product,
    ProductImage,
    Stock,
    Variant,
)
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.images import from_image
from app.platform.transaction import transaction
from tests.bench.generated import CHINESE_STORY, STORY
from tests.cast import House

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
GARMENTS = ("top", "trousers", "dress", "skirt", "shoes", "bag")
COLOURS = ("white", "beige", "brown", "red", "green", "blue", "grey", "black")
CLOTHS = (
    ("Cotton denim", "棉质牛仔"),
    ("Wool tweed", "羊毛粗花呢"),
    ("Linen", "亚麻"),
    ("Silk", "真丝"),
    ("Calf leather", "小牛皮"),
    ("Cotton corduroy", "灯芯绒"),
)
PHOTOGRAPHS = 12


def stock_up(owner: House, numbers: range) -> None:
    """Pieces with these numbers, every one in the collection “everything”, one in ten sold."""
    if numbers.start == 1:
        products.save_collection(
            "everything", title={"en": "Everything", "zh-Hans": "全部"}, description={},
            position=0, actor=SYSTEM, now=BEGAN,
        )  # fmt: skip
        _photograph()
    photographs = db.session.scalars(select(Media.id).order_by(Media.id)).all()
    pick = Random(numbers.start)
    for start in range(numbers.start, numbers.stop, 1_000):
        _thousand(owner, range(start, min(start + 1_000, numbers.stop)), photographs, pick)
    relisting.mend()


def _photograph() -> None:
    """A few photographs that all of them share, with the files that pages name."""
    for shade in range(PHOTOGRAPHS):
        image = Image.new("RGB", (800, 1000), (shade * 20, 90, 60))
        media.derive(media.keep(from_image(image), now=BEGAN))


def _thousand(owner: House, numbers: range, photographs: Sequence[int], pick: Random) -> None:
    with transaction():
        collection_id = db.session.query(Collection.id).filter_by(slug="everything").scalar()
        for model, rows in _rows(owner, numbers, pick).items():
            db.session.execute(insert(model), rows)
        db.session.execute(
            insert(CollectionProduct),
            [{"collection_id": collection_id, "product_id": at, "position": 0} for at in numbers],
        )
        db.session.execute(insert(ProductImage), [_image(at, photographs) for at in numbers])


def _image(number: int, photographs: Sequence[int]) -> dict[str, Any]:
    return {
        "product_id": number,
        "media_id": photographs[number % len(photographs)],
        "alt": {"en": "front", "zh-Hans": "正面"},
        "position": 0,
    }


def _rows(owner: House, numbers: range, pick: Random) -> dict[Any, list[dict[str, Any]]]:
    made: dict[Any, list[dict[str, Any]]] = {Product: [], Piece: [], Variant: [], Stock: []}
    for number in numbers:
        live_at, (cloth, chinese_cloth) = BEGAN + timedelta(minutes=number), pick.choice(CLOTHS)
        made[Product].append({
            "id": number, "merchant_id": owner.merchant_id, "number": number, "slug": f"p-{number}",
            "kind": "piece", "state": "live",
            "title": {"en": f"{cloth} piece {number}", "zh-Hans": f"{chinese_cloth}单品{number}"},
            "story": {"en": STORY, "zh-Hans": CHINESE_STORY},
            "garment": pick.choice(GARMENTS), "brand": f"Maker {int(pick.expovariate(0.05))}",
            "material": {"en": cloth, "zh-Hans": chinese_cloth}, "colour": pick.choice(COLOURS),
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

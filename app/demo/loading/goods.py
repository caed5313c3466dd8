"""Pieces, products, their pictures and their stock."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO
from multiprocessing import get_context

from PIL import Image

from app.catalog.commands import media, products, stock
from app.catalog.drafts import (
    FaultDraft,
    ImageDraft,
    PieceDraft,
    ProductDraft,
    VariantDraft,
)
from app.catalog.models import MovementReason
from app.demo.copy.catalogue import PIECES, PRODUCTS
from app.demo.copy.presales.campaigns import GOODS
from app.demo.copy.shop import COLLECTIONS
from app.demo.copy.types import Picture, Piece
from app.demo.copy.types import Product as Goods
from app.demo.drawing.photograph import draw
from app.demo.loading.people import Places
from app.demo.queries import source_keys, variant_ids
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.platform.images import Upright, from_image
from app.platform.transaction import transaction

MARK = "demo:"
"""What the import key of everything in the demo begins with; purging looks for it."""
ASKED_BEFORE = timedelta(days=21)
"""How long something of the demo was sold at its price before."""

Item = Piece | Goods


Artist = Callable[[Sequence[Item]], AbstractContextManager[Iterator[list[bytes]]]]
ITEMS: tuple[Item, ...] = (*GOODS, *PRODUCTS, *PIECES)


def load(
    places: Places,
    *,
    now: datetime,
    said: Callable[[int, int], None],
    items: Sequence[Item] = ITEMS,
    artist: Artist | None = None,
) -> None:
    """Create what is missing of `items`, pictured by `artist`; says (done, all) after each."""
    artist = artist or drawn
    for position, copy in enumerate(COLLECTIONS):
        products.save_collection(
            copy.slug,
            title=copy.title.bilingual(),
            description=copy.description.bilingual(),
            position=position,
            actor=SYSTEM,
            now=now,
        )
    known = source_keys()
    db.session.rollback()  # drawing takes minutes, too long to keep a read open
    missing = [item for item in items if MARK + item.sku not in known]
    with artist(missing) as drawings:
        for place, (item, pictures) in enumerate(zip(missing, drawings, strict=True)):
            # What is at the end of the list went live last, half a day after the one before it.
            live_at = now - timedelta(hours=12 * (len(missing) - place))
            _load_one(item, pictures, places, now=live_at)
            said(place + 1, len(missing))


@contextmanager
def drawn(items: Sequence[Item]) -> Iterator[Iterator[list[bytes]]]:
    """The pictures of each item as JPEG files, in order, drawn on all cores."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        yield pool.map(_draw_all, [item.pictures for item in items])


def _draw_all(pictures: Sequence[Picture]) -> list[bytes]:
    return [from_image(draw(picture.garment, picture.view)).jpeg for picture in pictures]


def _load_one(item: Item, drawings: list[bytes], places: Places, *, now: datetime) -> None:
    images = tuple(
        ImageDraft(media.keep(_upright(jpeg), now=now), picture.alt.bilingual())
        for jpeg, picture in zip(drawings, item.pictures, strict=True)
    )
    draft = _piece(item, images) if isinstance(item, Piece) else _goods(item, images)
    merchant_id = places.merchants[item.merchant]
    first = _before_it_was_reduced(draft)
    began = now if first == draft else now - ASKED_BEFORE
    with transaction():
        product_id = products.create(first, merchant_id=merchant_id, actor=SYSTEM, now=began)
        _stock(item, product_id, places, now=began)
        products.publish_product(product_id, actor=SYSTEM, now=began)
        if first != draft:
            products.change(product_id, draft, actor=SYSTEM, now=now)


def _before_it_was_reduced(draft: ProductDraft) -> ProductDraft:
    """What has a price before was sold at it first, so that it may be shown."""
    variants = tuple(
        replace(variant, price=variant.compare_at or variant.price, compare_at=None)
        for variant in draft.variants
    )
    return draft if variants == draft.variants else replace(draft, variants=variants)


def _upright(jpeg: bytes) -> Upright:
    with Image.open(BytesIO(jpeg)) as opened:
        return Upright(opened.convert("RGB"), jpeg)


def _piece(item: Piece, images: tuple[ImageDraft, ...]) -> ProductDraft:
    return ProductDraft(
        title=item.title.bilingual(),
        story=item.story.bilingual(),
        garment=item.garment,
        brand=item.brand,
        material=item.material.bilingual(),
        colour=item.colour,
        tags=item.tags,
        collections=item.collections,
        images=images,
        source_key=MARK + item.sku,
        variants=(
            VariantDraft(
                item.sku.upper(), item.price, compare_at=item.compare_at, weight_g=item.weight
            ),
        ),
        piece=PieceDraft(
            grade=item.grade,
            era=item.era,
            year=item.year,
            origin=item.origin,
            grade_evidence=item.evidence.grade.bilingual(),
            era_evidence=item.evidence.era.bilingual(),
            origin_evidence=item.evidence.origin.bilingual(),
            measurements=dict(item.measurements),
            faults=tuple(
                FaultDraft(
                    fault.place.bilingual(),
                    fault.description.bilingual(),
                    fault.image - 1,
                    fault.repaired,
                )
                for fault in item.faults
            ),
        ),
    )


def _goods(item: Goods, images: tuple[ImageDraft, ...]) -> ProductDraft:
    names = [{choice.key: choice.name for choice in option.choices} for option in item.options]
    return ProductDraft(
        title=item.title.bilingual(),
        story=item.story.bilingual(),
        garment=item.garment,
        brand=item.brand,
        material=item.material.bilingual(),
        colour=item.colour,
        tags=item.tags,
        collections=item.collections,
        images=images,
        source_key=MARK + item.sku,
        option_names=tuple(option.name.bilingual() for option in item.options),
        variants=tuple(
            VariantDraft(
                variant.sku.upper(),
                variant.price,
                compare_at=variant.compare_at,
                weight_g=variant.weight,
                options=tuple(
                    names[place][key].bilingual() for place, key in enumerate(variant.choices)
                ),
            )
            for variant in item.variants
        ),
    )


def _stock(item: Item, product_id: int, places: Places, *, now: datetime) -> None:
    ids = variant_ids(product_id)
    if isinstance(item, Piece):
        counted = [(item.sku.upper(), item.store, 1)]
    else:
        counted = [
            (variant.sku.upper(), store, units)
            for variant in item.variants
            for store, units in variant.stock.items()
        ]
    for sku, store, units in counted:
        stock.count(
            ids[sku],
            places.locations[item.merchant, store],
            units,
            reason=MovementReason.RECEIVED,
            actor=SYSTEM,
            now=now,
        )

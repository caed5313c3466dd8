"""Products with everything that can be known of one, and a shop without any."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from itertools import count
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select

from app.catalog.commands import collections, products, stock
from app.catalog.drafts import FaultDraft, ImageDraft, PieceDraft, ProductDraft, VariantDraft
from app.catalog.models import MovementReason, Variant
from app.catalog.own_file.files import csv_of, write_xlsx
from app.catalog.queries.exporting import export_of
from app.catalog.rules import MEASUREMENT_NAMES, MEASUREMENTS, TAGS
from app.platform.actor import SYSTEM
from app.platform.db import db
from tests.cast import House

LINE = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=12
)
AWKWARD = st.sampled_from(
    ["=1+1", "'=1+1", "''-x", "+44", "-", "@SUM(A1)", "＝1", "'", '"', 'a "b", c', "a;=b", "0427",
     "1e3", "真丝，=1", "_x0041_", "true", "2026-01-01", " ;' =x"]
)  # fmt: skip
WORD = LINE | AWKWARD
LONG = WORD | st.sampled_from(
    ["line\nline", "- wool\n- silk", "a\t=b\n\n'=c", "尾\r\n=x", "x" * 300]
)
GARMENTS = sorted(MEASUREMENTS)


def spoken(text: st.SearchStrategy[str], *, least: int = 0) -> st.SearchStrategy[dict[str, str]]:
    return st.dictionaries(st.sampled_from(["en", "zh-Hans"]), text, min_size=least)


WORDS = WORD.filter(str.strip) | spoken(WORD.filter(str.strip), least=1)
FAULTS = st.builds(
    FaultDraft,
    place=spoken(WORD),
    description=spoken(LONG),
    image=st.none() | st.integers(0, 2),
    repaired=st.booleans(),
)
PIECES = st.builds(
    PieceDraft,
    grade=st.sampled_from("SABCD"),
    era=WORD,
    year=st.none() | st.integers(1500, 2100),
    origin=st.sampled_from(["", "JP", "US"]),
    grade_evidence=spoken(LONG),
    era_evidence=spoken(LONG),
    origin_evidence=spoken(LONG),
    measurements=st.dictionaries(st.sampled_from(list(MEASUREMENT_NAMES)), st.integers(1, 4000)),
    faults=st.lists(FAULTS, max_size=3).map(tuple),
)


@st.composite
def variants(draw: Any, options: int, most: int) -> tuple[VariantDraft, ...]:
    values = st.tuples(*[WORDS] * options)
    chosen = draw(st.lists(values, min_size=1, max_size=most, unique_by=str))
    price = st.integers(0, 10**9)
    return tuple(
        VariantDraft(
            sku="",
            price=(amount := draw(price)),
            compare_at=draw(st.none() | st.integers(amount + 1, 2 * 10**9)),
            weight_g=draw(st.integers(0, 10**6)),
            options=each,
        )
        for each in (chosen if options else [()])
    )


@st.composite
def drafts(draw: Any) -> ProductDraft:
    piece = draw(st.none() | PIECES)
    names = draw(st.lists(WORDS, max_size=0 if piece else 3))
    return ProductDraft(
        title=draw(spoken(WORD.filter(str.strip), least=1)),
        variants=draw(variants(len(names), 4)),
        story=draw(spoken(LONG)),
        garment=draw(st.sampled_from(GARMENTS)),
        brand=draw(WORD),
        material=draw(spoken(WORD)),
        colour=draw(WORD),
        tax_class=draw(st.sampled_from(["", "reduced"])),
        option_names=tuple(names),
        tags=tuple(draw(st.lists(st.sampled_from(sorted(TAGS)), max_size=4, unique=True))),
        collections=tuple(draw(st.lists(st.sampled_from(["denim", "new-in"]), unique=True))),
        images=tuple(
            ImageDraft(place, draw(spoken(WORD)))
            for place in draw(st.lists(st.integers(0, 2), max_size=3, unique=True))
        ),
        piece=piece,
    )


_serial = count(1)


def kept(
    draft: ProductDraft, house: House, now: datetime, pictures: list[int], *, units: int = 1
) -> int:
    """The product in the shop, its images taken out of `pictures`, with stock; returns its id."""
    named = tuple(replace(each, sku=f"W-{next(_serial)}") for each in draft.variants)
    images = tuple(replace(each, media_id=pictures[each.media_id]) for each in draft.images or ())
    for slug in draft.collections or ():
        collections.create_missing([slug], actor=SYSTEM, now=now)
    whole = replace(draft, variants=named, images=images)
    product_id = products.create(whole, merchant_id=house.merchant_id, actor=SYSTEM, now=now)
    for variant in db.session.scalars(
        select(Variant).where(Variant.product_id == product_id)
    ).all():
        stock.count(
            variant.id, house.store_id, units, reason=MovementReason.RECEIVED, actor=SYSTEM, now=now
        )
    return product_id


def exported(house: House, kind: str = "csv") -> bytes:
    """The shop's file as it would be downloaded."""
    export = export_of(house.merchant_id, SYSTEM)
    if kind == "csv":
        return b"".join(csv_of(export.header, export.rows()))
    target = io.BytesIO()
    write_xlsx(target, export.header, export.rows())
    return target.getvalue()

"""What a product consists of beside its own row: pictures, faults, tags, collections; one query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    CompoundSelect,
    Row,
    bindparam,
    literal_column,
    null,
    select,
    union,
    union_all,
)

from app.catalog.models import (
    Collection,
    CollectionProduct,
    Fault,
    GatheredProduct,
    Media,
    ProductImage,
    ProductTag,
)
from app.catalog.queries.pictures import Picture, picture_of
from app.catalog.rules import TAGS
from app.platform.db import read_rows
from app.platform.i18n import pick


@dataclass(frozen=True, slots=True)
class FaultView:
    """`photo` is the place of its picture in the gallery, counted from 1; 0 when it has none."""

    place: str
    description: str
    photo: int
    repaired: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """Each in its order; collections as (slug, title)."""

    pictures: tuple[Picture, ...]
    faults: tuple[FaultView, ...]
    tags: tuple[str, ...]
    collections: tuple[tuple[str, str], ...]


def parts_of(product_id: int) -> Parts:
    by_kind: dict[str, list[Row[Any]]] = {"picture": [], "fault": [], "tag": [], "collection": []}
    found = read_rows(_PARTS, {"product": product_id})
    for row in sorted(found, key=lambda row: (row.position, row.id or 0)):
        by_kind[row.kind].append(row)
    faulty = {row.image_id for row in by_kind["fault"]}
    pictures = tuple(_picture(row, is_faulty=row.id in faulty) for row in by_kind["picture"])
    place_of = {picture.id: place for place, picture in enumerate(pictures, start=1)}
    return Parts(
        pictures,
        tuple(
            FaultView(
                pick(row.texts), pick(row.sources), place_of.get(row.image_id or 0, 0),
                bool(row.flag),
            )
            for row in by_kind["fault"]
        ),
        tuple(str(TAGS.get(row.dominant, row.dominant)) for row in by_kind["tag"]),
        tuple((row.dominant, pick(row.texts)) for row in by_kind["collection"]),
    )  # fmt: skip


def _picture(row: Row[Any], *, is_faulty: bool) -> Picture:
    picture = picture_of(row, id_=row.id, alt=pick(row.texts))
    return replace(picture, kind="fault") if is_faulty else picture


_PRODUCT: BindParameter[int] = bindparam("product")
_NONE = null()
_NO: ColumnElement[bool] = literal_column("false")
_MEMBERSHIP = union(
    *(
        select(way.collection_id).where(way.product_id == _PRODUCT)
        for way in (CollectionProduct, GatheredProduct)
    )
).subquery()
# Named for the picture, which comes first and fills every column; others use what suits them.
_PARTS: Final[CompoundSelect[Any]] = union_all(
    select(
        literal_column("'picture'").label("kind"), ProductImage.position.label("position"),
        ProductImage.id.label("id"), ProductImage.alt.label("texts"),
        Media.sources.label("sources"), Media.dominant.label("dominant"),
        Media.width.label("width"), Media.height.label("height"),
        ProductImage.id.label("image_id"), _NO.label("flag"),
    )
    .join(Media, Media.id == ProductImage.media_id)
    .where(ProductImage.product_id == _PRODUCT),
    select(
        literal_column("'fault'"), Fault.position, Fault.id, Fault.place, Fault.description,
        _NONE, _NONE, _NONE, Fault.image_id, Fault.repaired,
    ).where(Fault.product_id == _PRODUCT),
    select(
        literal_column("'tag'"), ProductTag.position, _NONE, _NONE, _NONE, ProductTag.tag,
        _NONE, _NONE, _NONE, _NO,
    ).where(ProductTag.product_id == _PRODUCT),
    select(
        literal_column("'collection'"), Collection.position, Collection.id, Collection.title,
        _NONE, Collection.slug, _NONE, _NONE, _NONE, _NO,
    ).join(_MEMBERSHIP, _MEMBERSHIP.c.collection_id == Collection.id),
)  # fmt: skip

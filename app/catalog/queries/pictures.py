"""Pictures as templates want them: only files that exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select

from app.catalog.models import Media, ProductImage
from app.platform.db import db
from app.platform.i18n import pick

MEDIA_PATH = "/media/"
WIDE_ENOUGH = 720
"""The width in pixels that a browser without srcset gets."""


@dataclass(frozen=True, slots=True)
class Source:
    """One format's files: `srcset` as HTML wants it."""

    type: str
    srcset: str


@dataclass(frozen=True, slots=True)
class Picture:
    """`fallback` is a JPEG every browser shows, `full` the largest; `sources` are better formats
    first.

    Sizes are the original's. `kind` is photo, or fault for one that shows a fault.
    """

    id: int
    sources: tuple[Source, ...]
    fallback: str
    width: int
    height: int
    alt: str
    dominant: str
    full: str
    kind: str = "photo"


def of_products(
    product_ids: Iterable[int], *, first_only: bool = False
) -> Mapping[int, list[Picture]]:
    """Pictures by product, in order; with `first_only` just the cover."""
    statement = (
        select(ProductImage, Media)
        .join(Media, Media.id == ProductImage.media_id)
        .where(ProductImage.product_id.in_(list(product_ids)))
        .order_by(ProductImage.product_id, ProductImage.position, ProductImage.id)
    )
    if first_only:
        statement = statement.where(ProductImage.position == 0)
    found: dict[int, list[Picture]] = defaultdict(list)
    for image, media in db.session.execute(statement):
        found[image.product_id].append(picture_of(media, id_=image.id, alt=pick(image.alt)))
    return found


class Photograph(Protocol):
    """What is kept of a picture: a `Media`, or a row with its columns."""

    @property
    def sources(self) -> Mapping[str, Any]: ...
    @property
    def width(self) -> int: ...
    @property
    def height(self) -> int: ...
    @property
    def dominant(self) -> str: ...


def picture_of(media: Photograph, *, id_: int, alt: str, base: str = MEDIA_PATH) -> Picture:
    """`base` is the address below which its files are answered."""
    files = list(media.sources.get("files", []))
    jpegs = [file for file in files if file["format"] == "jpeg"]
    fallback = next((f for f in jpegs if f["width"] >= WIDE_ENOUGH), jpegs[-1]) if jpegs else None
    original = f"{base}{media.sources['original']}"
    return Picture(
        id=id_,
        sources=tuple(_sources(files, base)),
        fallback=f"{base}{fallback['path']}" if fallback else original,
        width=media.width,
        height=media.height,
        alt=alt,
        dominant=media.dominant,
        full=f"{base}{jpegs[-1]['path']}" if jpegs else original,
    )


def _sources(files: list[dict[str, object]], base: str) -> Iterable[Source]:
    for kind in ("avif", "jpeg"):
        parts = [f"{base}{f['path']} {f['width']}w" for f in files if f["format"] == kind]
        if parts:
            yield Source(f"image/{kind}", ", ".join(parts))

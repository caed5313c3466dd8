"""What a product file said of a product the last time, as it is kept beside the product."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.catalog.drafts import Texts
from app.catalog.models import Product, ProductImport
from app.platform.db import db, insert_rows


@dataclass(frozen=True, slots=True)
class Said:
    """One picture of the file, in its place: kept as `media_id`, or missing for a `reason`.

    `alt` is what the file says that it shows, by language. `digest` is that of a local file's
    bytes, so that another picture under the old name is noticed.
    """

    source: str
    is_local: bool
    alt: Texts = field(default_factory=dict)
    media_id: int | None = None
    digest: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """`stock` is units by SKU and location id; `state` is the one that was reached, `wanted` the
    one the file asks for; `faults` are the sources of the pictures that show them, in order, empty
    where none does; `version` is the product's after that import.
    """

    pictures: tuple[Said, ...] = ()
    stock: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    skus: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    state: str = ""
    wanted: str = ""
    language: str = "en"
    version: int = 0

    def picture(self, source: str) -> Said | None:
        return next((said for said in self.pictures if said.source == source), None)

    def units(self, sku: str, location_id: int) -> int | None:
        """What was said to be on hand there, if anything was."""
        return self.stock.get(sku, {}).get(str(location_id))

    @property
    def missing(self) -> tuple[Said, ...]:
        return tuple(said for said in self.pictures if said.media_id is None)


NOTHING = Memory()


def recalled(product_id: int) -> Memory:
    """What is remembered of a product; nothing when it was never imported."""
    return recalled_of([product_id]).get(product_id, NOTHING)


def recalled_of(product_ids: Collection[int]) -> dict[int, Memory]:
    """The same of those that were imported, by product."""
    statement = select(ProductImport.product_id, ProductImport.said, ProductImport.version)
    rows = db.session.execute(statement.where(ProductImport.product_id.in_(product_ids)))
    return {product_id: _memory(said, version) for product_id, said, version in rows}


def _memory(said: dict[str, Any], version: int) -> Memory:
    return Memory(
        pictures=tuple(_picture(picture, said["language"]) for picture in said["pictures"]),
        stock=said["stock"],
        skus=tuple(said["skus"]),
        faults=tuple(said.get("faults", ())),
        state=said["state"],
        wanted=said["wanted"],
        language=said["language"],
        version=version,
    )


def _picture(said: dict[str, Any], language: str) -> Said:
    """As it was kept; in a memory of former releases the words are of the product's language."""
    alt = said["alt"]
    return Said(**said | {"alt": {language: alt} if alt and isinstance(alt, str) else alt or {}})


def remember(product: Product, memory: Memory, *, now: datetime) -> None:
    """Keep it, inside a command; a memory that is the same already is left untouched."""
    remember_all([(product, memory)], now=now)


def remember_all(memories: Iterable[tuple[Product, Memory]], *, now: datetime) -> None:
    kept = {product.id: (product.version, _kept(memory)) for product, memory in memories}
    statement = select(ProductImport).where(ProductImport.product_id.in_(kept))
    for row in db.session.scalars(statement):
        version, said = kept.pop(row.product_id)
        if (row.said, row.version) != (said, version):
            row.said, row.version, row.imported_at = said, version, now
    new = [
        {"product_id": product_id, "said": said, "version": version, "imported_at": now}
        for product_id, (version, said) in kept.items()
    ]
    insert_rows(ProductImport, new)
    db.session.flush()


def _kept(memory: Memory) -> dict[str, Any]:
    return {
        "pictures": [
            {
                "source": said.source, "is_local": said.is_local, "alt": dict(said.alt),
                "media_id": said.media_id, "digest": said.digest, "reason": said.reason,
            }
            for said in memory.pictures
        ],
        "stock": memory.stock, "skus": list(memory.skus), "faults": list(memory.faults),
        "state": memory.state, "wanted": memory.wanted, "language": memory.language,
    }  # fmt: skip

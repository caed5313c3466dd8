"""Facts the catalogue tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class ProductsChanged(Fact):
    """Anything a page or the search index shows of these products has changed, in one commit."""

    name: ClassVar[str] = "catalog.products_changed.v1"

    product_ids: list[int]
    at: datetime


@dataclass(frozen=True)
class ProductsArrived(Fact):
    """Products are shown to everybody for the first time."""

    name: ClassVar[str] = "catalog.products_arrived.v1"

    product_ids: list[int]
    at: datetime


@dataclass(frozen=True)
class StockChanged(Fact):
    """Free units of a variant have changed: held, released, sold, received."""

    name: ClassVar[str] = "catalog.stock_changed.v1"

    variant_id: int
    at: datetime


@dataclass(frozen=True)
class MediaStored(Fact):
    """An original picture was kept and its smaller files are to be made."""

    name: ClassVar[str] = "catalog.media_stored.v1"

    media_id: int
    at: datetime


@dataclass(frozen=True)
class PicturesWanted(Fact):
    """Addresses of pictures were imported with a product and are to be fetched."""

    name: ClassVar[str] = "catalog.pictures_wanted.v1"

    product_id: int
    at: datetime

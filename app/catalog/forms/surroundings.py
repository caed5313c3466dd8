"""What the editor's form is checked against."""

from __future__ import annotations

from dataclasses import dataclass

from app.catalog.queries.admin import ItemSheet, Photo


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The item as it is, the pictures the form names, and what there is to choose from."""

    sheet: ItemSheet
    photos: tuple[Photo, ...]
    currency: str
    location_ids: tuple[int, ...]
    collections: tuple[str, ...]
    may_count: bool
    tax_classes: tuple[str, ...] = ()

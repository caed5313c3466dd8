"""The collections a shop leads to from every page; they are read with the shop's own facts."""

from __future__ import annotations

from typing import Final

from sqlalchemy import literal_column, null, select

from app.catalog.models import Collection
from app.platform.i18n import pick
from app.shop.facts import Facts, Part

Listed = tuple[int, str, str, str]
"""Id, slug, title and description in the reader's language."""
_NONE = null()

LISTED: Final[Part] = select(
    literal_column("'collection'"), Collection.position, Collection.id, Collection.slug, _NONE,
    _NONE, Collection.listed, Collection.title, Collection.description, _NONE,
).where(Collection.listed)  # fmt: skip
"""What `app.shop.facts` is asked for as well."""


def listed_collections(facts: Facts) -> list[Listed]:
    """In the order of the shop."""
    return [(row.id, row.key, pick(row.name), pick(row.about)) for row in facts.of("collection")]

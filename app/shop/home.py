"""What the home page is made of: sections in an order that the house chooses.

A version is never changed. The newest is the draft; the newest that was published is what everybody
sees; undoing takes the newest draft away.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, Self

from sqlalchemy import select

from app.platform.db import db
from app.platform.i18n import LazyText, lazy_gettext
from app.shop.models import HomeVersion

KINDS: Final[Mapping[str, LazyText]] = {
    "hero": lazy_gettext("Opening, with a picture"),
    "search": lazy_gettext("Search field and chips"),
    "new": lazy_gettext("New arrivals"),
    "collection": lazy_gettext("Row of a collection"),
    "presales": lazy_gettext("Running presales"),
    "text": lazy_gettext("Text"),
    "described": lazy_gettext("How we describe"),
    "sizes": lazy_gettext("By chest, measured"),
    "stores": lazy_gettext("Stores"),
}
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "hero": ("title", "text", "slug", "number"),
    "new": ("title", "count"),
    "collection": ("title", "slug", "count"),
    "presales": ("title", "count"),
    "text": ("title", "text"),
}
"""What can be said of a section; kinds that are not here have nothing to be said."""
BY_LANGUAGE: Final = ("title", "text")
USUAL_COUNT: Final = 8
MOST_SECTIONS: Final = 20


@dataclass(frozen=True, slots=True)
class Section:
    """`said` holds the kind's fields: texts by language, else what they are."""

    kind: str
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def count(self) -> int:
        return int(self.said.get("count") or USUAL_COUNT)

    def stored(self) -> dict[str, Any]:
        return {"kind": self.kind, **self.said}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self:
        return cls(
            stored["kind"], {name: value for name, value in stored.items() if name != "kind"}
        )


USUAL: Final = tuple(
    Section(kind) for kind in ("hero", "search", "new", "presales", "described", "sizes", "stores")
)
"""The home page of a shop that has arranged nothing."""


@dataclass(frozen=True, slots=True)
class Home:
    """One version; `id` 0 is the usual one, which nobody made."""

    id: int = 0
    sections: Sequence[Section] = USUAL
    published_at: datetime | None = None
    made_at: datetime | None = None


def published() -> Home:
    """What everybody sees."""
    return _newest(HomeVersion.published_at.is_not(None))


def draft() -> Home:
    """What is worked on; the published one when nothing is."""
    return _newest()


def _newest(*conditions: Any) -> Home:
    statement = select(HomeVersion).where(*conditions).order_by(HomeVersion.id.desc()).limit(1)
    version = db.session.scalar(statement)
    if version is None:
        return Home()
    sections = tuple(Section.read(one) for one in version.sections if one.get("kind") in KINDS)
    return Home(version.id, sections, version.published_at, version.made_at)

"""What somebody asks a list for, as plain values that can be compared and kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from app.catalog.fitting import Body
from app.platform.content.reading import holds_until

FACETS: Final = ("garment", "era", "grade", "size", "brand", "colour", "material")
"""Those whose values are words; a product has one of each, and any number of materials."""
STOCK: Final = ("in", "presale", "sold")
SORTS: Final = ("new", "price_up", "price_down")
REMEMBERED_FOR: Final = timedelta(days=7)
"""How long a list shows what was sold, unless it is asked for sold pieces."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is narrowed down: the whole shop, a collection, or these products in this order.

    Without `first`, which stands before the rest. `coming` are products that can be joined in a
    presale; catalogue and stock do not know of it. Of a collection `is_small` decides how the
    database goes about it, not what it finds.
    """

    collection_id: int | None = None
    is_small: bool = False
    ids: tuple[int, ...] | None = None
    coming: frozenset[int] = frozenset()
    first: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Values chosen: any one of a facet, but all facets at once. Prices are in minor units.

    With a `body` only what fits it.
    """

    garment: tuple[str, ...] = ()
    era: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    size: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    colour: tuple[str, ...] = ()
    material: tuple[str, ...] = ()
    stock: tuple[str, ...] = ()
    body: Body | None = None
    low: int | None = None
    high: int | None = None

    def of(self, facet: str) -> tuple[str, ...]:
        """The values chosen of one facet."""
        chosen: tuple[str, ...] = getattr(self, facet)
        return chosen

    def choosing(self, facet: str, values: tuple[str, ...]) -> Asked:
        """The same with other values of one facet."""
        changes: dict[str, Any] = {facet: values}
        return replace(self, **changes)

    @property
    def has_price(self) -> bool:
        return self.low is not None or self.high is not None

    @property
    def count(self) -> int:
        """How many filters stand, a range of prices being one."""
        chosen = (self.of(facet) for facet in (*FACETS, "stock"))
        return sum(map(len, chosen)) + self.has_price + (self.body is not None)


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, as far as lists care: what was sold before `remembered` is no longer shown."""

    remembered: datetime

    @classmethod
    def of(cls, now: datetime) -> Moment:
        """The same for a whole hour, so that what was counted in it can be used again."""
        hour = now.replace(minute=0, second=0, microsecond=0)
        holds_until(hour + timedelta(hours=1), now=now)
        return cls(hour - REMEMBERED_FOR)


EVERYTHING: Final = Asked()

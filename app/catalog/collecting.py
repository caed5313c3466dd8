"""The rule by which a collection gathers products: conditions, of which all or any are to hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Rule:
    """What is empty asks nothing. Any one of a condition's values will do.

    Prices are in minor units; `new_days` is how long ago a product may have come at most.
    """

    any_of: bool = False
    garment: tuple[str, ...] = ()
    era: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    in_stock: bool = False
    new_days: int | None = None

    @property
    def asks(self) -> bool:
        """Whether there is a condition at all: a rule without one would gather everything."""
        return any(getattr(self, field.name) for field in fields(self) if field.name != "any_of")

    @property
    def wears_off(self) -> bool:
        """Whether time alone changes what it gathers."""
        return self.new_days is not None

    def stored(self) -> dict[str, Any]:
        """As the database keeps it; without a condition nothing."""
        return asdict(self) if self.asks else {}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> Self | None:
        """What `stored` made of one; None where nothing is kept."""
        if not stored:
            return None
        known = {field.name for field in fields(cls)}
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list | tuple) else value
            for name, value in stored.items()
            if name in known
        }
        return cls(**values)

"""What can be measured, in the order of the design's table, and how long each takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench import (
    admin,
    browsing,
    callbacks,
    closing,
    demo,
    hot,
    importing,
    joins,
    machine,
    purchases,
    search,
    standings,
)
from tests.bench.table import Figure


@dataclass(frozen=True)
class Part:
    """`minutes` it takes on two cores with nothing beside it; `size` says what may be chosen. What
    is not usual is measured when it is named.
    """

    measure: Callable[..., list[Figure]]
    minutes: float
    size: str = ""
    is_usual: bool = True


PARTS = {
    "machine": Part(machine.measure, 0.2),
    "browsing": Part(browsing.measure, 4, "products"),
    "search": Part(search.measure, 3, "products"),
    "search-large": Part(search.measure_large, 10, "products", is_usual=False),
    "purchases": Part(purchases.measure, 1.5, "purchases"),
    "hot": Part(hot.measure, 1, "shoppers"),
    "callbacks": Part(callbacks.measure, 2, "parcels"),
    "demo": Part(demo.measure, 2),
    "joins": Part(joins.measure, 1, "shoppers"),
    "closing": Part(closing.measure, 1, "commitments"),
    "standings": Part(standings.measure, 1, "who joined"),
    "import": Part(importing.measure, 3, "products"),
    "admin": Part(admin.measure, 3, "orders"),
}


def listed() -> str:
    """Every part in a line, and what all of them take."""
    lines = [
        f"  {name:<12} {part.minutes:>4g} min"
        + (f"   {name}=… {part.size}" if part.size else "")
        + ("" if part.is_usual else "   only when named")
        for name, part in PARTS.items()
    ]
    whole = sum(PARTS[name].minutes for name in usual())
    return "\n".join([*lines, f"  {'without ARGS':<12} {whole:>4g} min"])


def usual() -> list[str]:
    return [name for name, part in PARTS.items() if part.is_usual]

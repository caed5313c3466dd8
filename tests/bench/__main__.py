"""`make bench`, or `python -m tests.bench joins import=100000`."""

from __future__ import annotations

import sys
from collections.abc import Callable

from tests.bench import admin, browsing, closing, importing, joins, machine, search, standings
from tests.bench.table import Figure, show

PARTS: dict[str, Callable[..., list[Figure]]] = {
    "joins": joins.measure,
    "closing": closing.measure,
    "standings": standings.measure,
    "search": search.measure,
    "import": importing.measure,
    "browsing": browsing.measure,
    "admin": admin.measure,
}
SIZED = {"admin", "closing", "import", "joins", "standings"}
"""Parts that take a size, as `import=100000`: rows, or buyers."""


def main(names: list[str]) -> int:
    sizes = dict(name.split("=", 1) for name in names if "=" in name)
    names = [name.partition("=")[0] for name in names]
    unknown = [name for name in names if name not in PARTS or name in sizes.keys() - SIZED]
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    figures = machine.measure()
    for name in names or PARTS:
        print(f"measuring {name}…", file=sys.stderr)
        figures += PARTS[name](*([int(sizes[name])] if name in sizes else []))
    print(show(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

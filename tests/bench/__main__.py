"""`make bench`, or `python -m tests.bench joins closing`."""

from __future__ import annotations

import sys

from tests.bench import closing, joins, machine, moving, search
from tests.bench.table import show

PARTS = {
    "joins": joins.measure,
    "closing": closing.measure,
    "search": search.measure,
    "moving": moving.measure,
}


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in PARTS]
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. There are: {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    figures = machine.measure()
    for name in names or PARTS:
        print(f"measuring {name}…", file=sys.stderr)
        figures += PARTS[name]()
    print(show(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

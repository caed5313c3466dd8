"""`make bench`, or `python -m tests.bench joins import=100000`; `list` says what there is."""

from __future__ import annotations

import os
import sys
import time
import traceback

from app.platform import clock
from tests.bench import record
from tests.bench.parts import PARTS, listed, usual
from tests.bench.table import Figure, missed, show


def main(names: list[str]) -> int:
    sizes = dict(name.split("=", 1) for name in names if "=" in name)
    names = [name.partition("=")[0] for name in names]
    unknown = [name for name in names if name not in PARTS]
    unknown += [name for name, size in sizes.items() if not _takes(name, size)]
    if names == ["list"] or unknown:
        print(f"Unknown: {', '.join(unknown)}." if unknown != ["list"] else "", file=sys.stderr)
        print(f"There are:\n{listed()}")
        return 0 if names == ["list"] else 2
    chosen = list(dict.fromkeys(["machine", *(names or usual())]))
    minutes = sum(PARTS[name].minutes for name in chosen)
    print(f"{len(chosen)} parts, some {minutes:.0f} minutes on two cores with nothing beside it.")
    figures: list[Figure] = []
    for name in chosen:
        figures += _measured(name, sizes)
    before = record.last(sizes)
    print(show(figures, before.figures))
    path = record.keep(figures, sizes)
    print(f"\n{missed(figures)}\nKept in {path}; compared with {before.name or 'nothing'}.")
    return 0


def _takes(name: str, size: str) -> bool:
    return name in PARTS and bool(PARTS[name].size) and size.isdecimal()


def _measured(name: str, sizes: dict[str, str]) -> list[Figure]:
    """The part's figures, with what else the machine did when it began and how long it took."""
    load, began = os.getloadavg()[0], time.monotonic()
    print(f"{clock.now():%H:%M:%S} measuring {name}…", file=sys.stderr)
    try:
        found = PARTS[name].measure(*([int(sizes[name])] if name in sizes else []))
    except Exception:  # noqa: BLE001  (the other parts are still to be measured)
        traceback.print_exc()
        found = [Figure(name, "could not be measured, see above", 0, "", "measured", False)]
    return [
        *found,
        Figure(name, "took", (time.monotonic() - began) / 60, "min"),
        Figure(name, "load of the machine when it began", load, ""),
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

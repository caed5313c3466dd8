"""The shop on a machine whose clock jumps: `python -m tests.soak.jumping FOLDER up`.

Each part adds to the time what the file of its name in FOLDER says, in seconds; the provider and
the shoppers have clocks of their own, as other machines have.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from app.platform import clock
from workers.__main__ import main

PARTS = ("web", "worker", "relay")


def jump(folder: Path, parts: Iterable[str], seconds: float) -> None:
    """Set these parts' clocks so many seconds ahead of the time, or behind it; 0 is right."""
    for part in parts:
        new = folder / f"{part}.new"
        new.write_text(str(seconds))
        new.replace(folder / part)


def reader(folder: Path) -> Callable[[], datetime]:
    """A clock that is wrong by what the file of this process's part says."""
    right = clock._readers[0]

    def now() -> datetime:
        return right() + timedelta(seconds=_seconds(folder / _part(os.getpid())))

    return now


def _seconds(file: Path) -> float:
    try:
        return float(file.read_text())
    except FileNotFoundError:
        return 0.0


@cache
def _part(pid: int) -> str:
    """`web` for `vitrine-web` and its own processes; the supervisor has no part."""
    return Path(f"/proc/{pid}/comm").read_text().strip().removeprefix("vitrine-")


if __name__ == "__main__":
    clock._readers.append(reader(Path(sys.argv[1])))
    sys.exit(main(sys.argv[2:]))

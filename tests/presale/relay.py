"""Workers one after another, each killed with -9 before the first commit before which none was
killed yet, until one has nothing left to do. In an ordinary run only the first two of a kind count:
of what is due for many, none is done then, or one.

`python -m tests.presale.relay FOLDER TEMPLATES INSTANT...` leaves in the folder where they died. A
commit is known by what it writes, so that one that is begun again after a death is let pass; its
kind is which tables.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tests.presale.mortal import Point, dying, tables_of, work_through
from tests.soaking import SOAK

MOST = 300
"""Deaths; a long run has thirty to ninety, as deliveries noted together differ each time."""
OF_A_KIND = 2
UNTIL_LEASES_ARE_OVER = timedelta(minutes=1)


def main(folder: str, templates: str, *instants: str) -> None:
    from app.config import load_settings
    from app.factory import create_app
    from tests.servers.stage import hasten

    app, home = hasten(create_app(load_settings()), Path(templates)), Path(folder)
    deaths: list[Point] = []
    moments = [datetime.fromisoformat(instant) for instant in instants]
    with app.app_context():
        while _is_killed(deaths, moments, home):
            died = datetime.fromisoformat((home / "instant").read_text())
            moments = [died + UNTIL_LEASES_ARE_OVER, *(each for each in moments if each > died)]
            deaths.append(tuple(json.loads((home / "death").read_text())))
            if len(deaths) > MOST:
                raise RuntimeError(f"the workers come no further than {deaths[-2:]}")
    (home / "deaths").write_text(json.dumps(deaths))


def _is_killed(deaths: Sequence[Point], moments: Sequence[datetime], folder: Path) -> bool:
    """Whether one more worker was killed; False when it did all there was."""
    child = os.fork()
    if not child:
        _live(deaths, moments, folder)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if status > 0:
        raise RuntimeError("a worker failed instead of being killed")
    return status < 0


def _live(deaths: Sequence[Point], moments: Sequence[datetime], folder: Path) -> None:
    """The life of one worker; nothing of it goes on after it."""
    from app.platform.clock import stopped_at
    from tests.presale.provider import KeptProvider, in_place_of_the_sandbox

    kinds = Counter(map(tables_of, deaths))

    def is_last(point: Point) -> bool:
        return point not in deaths and (SOAK > 0 or kinds[tables_of(point)] < OF_A_KIND)

    try:
        provider = KeptProvider(folder / "provider")
        with (
            stopped_at(moments[0]) as pass_time,
            in_place_of_the_sandbox(provider),
            dying(folder, is_last),
        ):
            work_through(moments, pass_time, folder)
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])

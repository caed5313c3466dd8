"""Workers one after another, each killed with -9 before the first commit before which none was
killed yet, until one has nothing left to do.

`python -m tests.presale.relay FOLDER TEMPLATES INSTANT...` leaves in the folder where they died. A
commit is known by what it writes, so that one that is begun again after a death is let pass.
"""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from tests.presale.mortal import Point, dying, work_through

MOST = 300
"""Deaths; thirty to ninety are usual, since deliveries that are noted together differ each time."""
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

    try:
        provider = KeptProvider(folder / "provider")
        with (
            stopped_at(moments[0]) as pass_time,
            in_place_of_the_sandbox(provider),
            dying(folder, lambda point: point not in deaths),
        ):
            work_through(moments, pass_time, folder)
        os._exit(0)
    finally:
        traceback.print_exc()
        os._exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])

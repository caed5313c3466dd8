"""A worker of the shop that is killed with -9 just before its n-th commit of something.

Leases of deliveries and what came of them are not counted: their own tests kill there.

`python -m tests.presale.mortal N FOLDER TEMPLATES INSTANT...` works through these instants on the
shop that the environment names, notes in the folder which one it has come to, and is paid by the
provider whose memory lies there. Without so many commits it ends by itself.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from sqlalchemy import event

from app.orders.commands import pay
from app.platform import clock
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.presale.commands import clockwork
from tests.presale.provider import KeptProvider, in_place_of_the_sandbox


def work() -> None:
    """Everything the schedule and the workers do at one instant; twice, as what is done makes more
    to do.
    """
    for _ in range(2):
        clockwork.advance()
        while drain():
            pass
        pay.close_unpaid()
        pay.ask_silent(100)
    db.session.rollback()


def work_through(
    instants: Sequence[datetime], pass_time: Callable[[timedelta], None], folder: Path
) -> None:
    for instant in instants:
        (folder / "instant").write_text(instant.isoformat())
        pass_time(instant - clock.now())
        work()


def die_before_commit(nth: int) -> None:
    commits, written = count(1), set[str]()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        verb, *words = statement.split(maxsplit=3)
        if verb in {"INSERT", "UPDATE", "DELETE"}:
            written.add(words[0] if verb == "UPDATE" else words[1])

    def commit(_connection: object) -> None:
        if written - {"outbox_delivery"} and next(commits) == nth:
            os.kill(os.getpid(), signal.SIGKILL)
        written.clear()

    event.listen(db.engine, "before_cursor_execute", note)
    event.listen(db.engine, "commit", commit)
    event.listen(db.engine, "rollback", lambda _connection: written.clear())


def main(nth: str, folder: str, templates: str, *instants: str) -> None:
    from app.config import load_settings
    from app.factory import create_app
    from app.platform.clock import stopped_at
    from tests.servers.stage import hasten

    app = hasten(create_app(load_settings()), Path(templates))
    moments = [datetime.fromisoformat(instant) for instant in instants]
    provider = KeptProvider(Path(folder) / "provider")
    with app.app_context(), stopped_at(moments[0]) as pass_time, in_place_of_the_sandbox(provider):
        die_before_commit(int(nth))
        work_through(moments, pass_time, Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])

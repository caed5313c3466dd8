"""A worker of the shop that is killed with -9 just before its n-th commit of something.

Leases of deliveries, the sending of mails and what came of them are not counted: their own tests
kill there.

`python -m tests.presale.mortal N FOLDER TEMPLATES INSTANT...` works through these instants on the
shop that the environment names, notes in the folder which one it has come to, and is paid by the
provider whose memory lies there. Without so many commits it ends by itself.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app.orders.commands import pay
from app.platform import clock
from app.platform.db import db
from app.platform.outbox.commands import drain
from app.presale.commands import clockwork
from tests.presale.provider import KeptProvider, in_place_of_the_sandbox

Point = tuple[str, ...]
"""What a commit would have made lasting, a line for each statement."""
UNCOUNTED = frozenset({"outbox_delivery", "message", "message_attempt"})

_FLEETING = re.compile(r"\d{4}-\d\d-\d\d[T ][-+:.\dZ]*|[\w-]{20,}|\b[0-9A-Z]{8,}\b|:\d+")


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


class Watch:
    """Is told of statements, and tells of each commit before it happens what it would write."""

    def __init__(self, about_to: Callable[[Point], None]) -> None:
        self._about_to = about_to
        self._written: list[str] = []

    def note(
        self, _connection: object, _cursor: object, statement: str, values: Any, *_rest: object
    ) -> None:
        verb, *words = statement.split(maxsplit=3)
        if verb in {"INSERT", "UPDATE", "DELETE"}:
            table = words[0] if verb == "UPDATE" else words[1]
            self._written.append(f"{verb} {table} {_lasting(verb, values)}")

    def commit(self, _connection: object) -> None:
        point = tuple(self._written)
        self._written.clear()
        if any(line.split(maxsplit=2)[1] not in UNCOUNTED for line in point):
            self._about_to(point)

    def rollback(self, _connection: object) -> None:
        self._written.clear()


def tables_of(point: Point) -> Point:
    """Which tables a commit wrote, without which rows of them."""
    return tuple(line.partition(" [")[0] for line in point)


@contextmanager
def watching_commits(about_to: Callable[[Point], None]) -> Iterator[None]:
    """Be told of each commit before it happens."""
    watch = Watch(about_to)
    listeners: dict[str, Callable[..., None]] = {
        "before_cursor_execute": watch.note, "commit": watch.commit, "rollback": watch.rollback,
    }  # fmt: skip
    for name, listener in listeners.items():
        event.listen(db.engine, name, listener)
    try:
        yield
    finally:
        for name, listener in listeners.items():
            event.remove(db.engine, name, listener)


@contextmanager
def dying(folder: Path, is_last: Callable[[Point], bool]) -> Iterator[None]:
    """Be killed before the first commit that is to be the last; the folder is told which it was."""

    def about_to(point: Point) -> None:
        if is_last(point):
            (folder / "death").write_text(json.dumps(point))
            os.kill(os.getpid(), signal.SIGKILL)

    with watching_commits(about_to):
        yield


def _lasting(verb: str, values: Any) -> list[str]:
    """What is written, without what differs when it is begun anew: instants, tokens, new ids."""
    if isinstance(values, Mapping):
        values = list(values.values())
    if isinstance(values, list | tuple):
        return [text for value in values for text in _lasting(verb, value)]
    if isinstance(values, str):
        return [] if values.startswith("{") else [_FLEETING.sub("", values)]
    return [str(values)] if isinstance(values, int) and verb != "INSERT" else []


def main(nth: str, folder: str, templates: str, *instants: str) -> None:
    from app.config import load_settings
    from app.factory import create_app
    from app.platform.clock import stopped_at
    from tests.servers.stage import hasten

    app = hasten(create_app(load_settings()), Path(templates))
    moments = [datetime.fromisoformat(instant) for instant in instants]
    provider = KeptProvider(Path(folder) / "provider")
    with app.app_context(), stopped_at(moments[0]) as pass_time, in_place_of_the_sandbox(provider):
        commits = count(1)
        with dying(Path(folder), lambda _point: next(commits) == int(nth)):
            work_through(moments, pass_time, Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])

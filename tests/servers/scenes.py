"""What the cast builds on a clean database is remembered, and put there when it is asked for again.

Most tests begin with the same house, piece or campaign. Their first steps lead from a clean
database to one known state after another; a step that was taken before leads where it led before,
so its rows and files are put down instead of computed. A test that wrote anything else in between
has left the known states, and everything is built by the shop's own commands as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from threading import get_ident, main_thread
from typing import Any, ParamSpec, TypeVar

from app.platform import clock
from app.platform.db import db
from app.platform.transaction import in_transaction
from tests.servers.rows import Beneath, Rows

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Scene:
    """What one step changed, and how all rows stood after it."""

    result: object
    serial: int
    change: Any
    files: Mapping[Path, bytes]


@dataclass
class Scenes:
    """The states known of one application's database, by the steps that led there."""

    database: Beneath
    data_dir: Path
    _at: tuple[str, ...] | None = None
    _mark: object = None
    _rows: Rows | None = None
    _clean: Rows | None = None
    _kept: dict[tuple[str, ...], Scene] = field(default_factory=dict)

    def begin(self) -> None:
        """The database is as the migrations left it."""
        self._arrive((), self._clean)

    def leave(self) -> None:
        """Nothing is known of it from here on."""
        self._at = None
        self.database.let_go()

    def step(self, name: str, build: Callable[[], Any]) -> Any:
        """What `build` gives, and the database as it leaves it; `name` says what it is told."""
        if not self._is_known():
            self._at = None
            return build()
        here = (*(self._at or ()), f"{Serial.last} {name}")
        if kept := self._kept.get(here):
            return self._put_down(here, kept)
        return self._remember(here, build)

    def _is_known(self) -> bool:
        if self._at is None or in_transaction():
            return False
        db.session.rollback()
        return self._mark == self.database.mark()

    def _arrive(self, here: tuple[str, ...], rows: Rows | None = None) -> None:
        """`rows` are those of the database, where they are known."""
        self._at, self._mark, self._rows = here, self.database.mark(), rows

    def _remember(self, here: tuple[str, ...], build: Callable[[], Any]) -> Any:
        before, old = self._rows_here(), _files(self.data_dir)
        result = build()
        db.session.rollback()
        new = {path: path.read_bytes() for path, _seen in _files(self.data_dir) - old}
        after = self.database.rows()
        change = self.database.change(before, after)
        self._kept[here] = Scene(deepcopy(result), Serial.last, change, new)
        self._arrive(here, after)
        return result

    def _rows_here(self) -> Rows:
        """Read at most once in each state; all tests begin in the same."""
        rows = self._rows if self._rows is not None else self.database.rows()
        if self._at == ():
            self._clean = rows
        return rows

    def _put_down(self, here: tuple[str, ...], scene: Scene) -> Any:
        self.database.make(scene.change)
        for path, content in scene.files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        Serial.last = scene.serial
        db.session.rollback()
        self._arrive(here)
        return deepcopy(scene.result)


class Serial:
    """Numbers that tell things of one test apart; the next test counts from one again."""

    last = 0

    @classmethod
    def next(cls) -> int:
        cls.last += 1
        return cls.last


_current: list[Scenes] = []


def enter(scenes: Scenes) -> None:
    """A test begins on this clean database."""
    for before in _current:
        before.leave()
    _current[:] = [scenes]
    Serial.last = 0
    scenes.begin()


def leave() -> None:
    """What follows is none of the known states."""
    for scenes in _current:
        scenes.leave()
    _current.clear()


def remembered(build: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """A step of the cast whose arguments and result are plain values.

    What several threads build at once leads to no state that is known.
    """

    @wraps(build)
    def step(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        told = f"{_time()} {build.__module__}.{build.__name__} {args!r} {sorted(kwargs.items())!r}"
        if not _current or get_ident() != main_thread().ident or " at 0x" in told:
            return build(*args, **kwargs)
        result: Result = _current[0].step(told, lambda: build(*args, **kwargs))
        return result

    return step


def _time() -> str:
    """What the shop's clock says where it stands still: facts are stamped by it, whatever instant
    the step is told.
    """
    instant = clock.now()
    return instant.isoformat() if instant == clock.now() else "passing"


def _files(folder: Path) -> set[tuple[Path, int]]:
    """What lies in the data folder, but for the database and sockets, and when it was written."""
    return {
        (path, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file() and ".sqlite3" not in path.name
    }

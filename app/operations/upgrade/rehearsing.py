"""Run the migrations that are due on a copy, and tell what an operator wants to know before."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import URL, Connection, text
from sqlalchemy.exc import SQLAlchemyError

from app.config import Settings
from app.operations.backup.figures import Figures, figures
from app.operations.upgrade import schema
from app.operations.upgrade.copying import copied
from app.platform.db import db

WATCH = "watch"
"""Under this name `migrations/env.py` finds who watches."""
HARMLESS = frozenset({"AccessShareLock", "RowShareLock", "RowExclusiveLock"})
LOCKS = text("""
    SELECT relation::regclass::text, mode FROM pg_locks
     WHERE pid = pg_backend_pid() AND locktype = 'relation' AND granted
       AND relation IN (SELECT oid FROM pg_class WHERE relkind IN ('r', 'p'))
     ORDER BY 1, 2
""")


@dataclass(frozen=True, slots=True)
class Step:
    """One revision. `locks` are those that shut others out, by table that was there before."""

    revision: str
    title: str
    seconds: float
    locks: dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What came of it; `failure` says which statement ended it, and is empty otherwise."""

    from_revision: str
    to_revision: str
    copying_seconds: float
    steps: list[Step]
    failure: str
    schema: list[str]
    figures: list[str]
    obstacles: list[str]
    doubts: list[str]

    @property
    def seconds(self) -> float:
        return sum(step.seconds for step in self.steps)


@dataclass
class Watch:
    """Is told by the migrations when they begin and, before its commit, of each one applied."""

    before: frozenset[str]
    steps: list[Step] = field(default_factory=list)
    _since: float = 0.0

    def begin(self) -> None:
        self._since = time.monotonic()

    def applied(self, *, ctx: Any, step: Any, **_more: object) -> None:
        seconds = time.monotonic() - self._since
        script = step.up_revision
        self.steps.append(Step(script.revision, script.doc, seconds, self._locks(ctx.connection)))
        self._since = time.monotonic()

    def _locks(self, connection: Connection) -> dict[str, list[str]]:
        """All this transaction holds: PostgreSQL gives none back before the commit."""
        if connection.dialect.name != "postgresql":
            return {}
        held: dict[str, list[str]] = {}
        for table, mode in connection.execute(LOCKS):
            name = table.strip('"')
            if name in self.before and mode not in HARMLESS:
                held.setdefault(name, []).append(mode.removesuffix("Lock"))
        return held


def rehearse(known: Settings) -> Rehearsal:
    """Raises Refused when the database cannot be copied; the shop itself is only read."""
    began = time.monotonic()
    db.session.rollback()
    with copied(db.engine, known.data_dir) as url:
        copying = time.monotonic() - began
        return _on_copy(_app_on(url, known), copying)


def _app_on(url: URL, known: Settings) -> Flask:
    from app.factory import create_app

    address = url.render_as_string(hide_password=False)
    return create_app(replace(known, database_url=address, doorbell=False, search="whoosh"))


def _on_copy(app: Flask, copying: float) -> Rehearsal:
    with app.app_context():
        try:
            old, was = _look()
            watch = Watch(frozenset(old.columns))
            failure = _upgraded(app, watch)
            new, now = _look()
        finally:
            db.session.remove()
            db.engine.dispose()
    return Rehearsal(
        was.revision, now.revision, copying, watch.steps, failure,
        schema.differences(old, new), _changed(was, now),
        schema.obstacles(old, new), schema.doubts(old, new),
    )  # fmt: skip


def _look() -> tuple[schema.Schema, Figures]:
    with db.engine.connect() as connection:
        return schema.read(connection), figures(connection)


def _upgraded(app: Flask, watch: Watch) -> str:
    """What went wrong, empty when nothing did."""

    def let_watch(config: Any) -> Any:
        config.attributes[WATCH] = watch
        return config

    app.extensions["migrate"].migrate.configure(let_watch)
    try:
        upgrade()
    except SQLAlchemyError as error:
        return str(getattr(error, "orig", error)).strip()
    except (RuntimeError, SystemExit) as error:
        return f"the migrations ended ({error}); the reason stands above"
    return ""


def _changed(was: Figures, now: Figures) -> list[str]:
    """Figures that were there and are others now; rows of new tables are no difference."""
    known = {name for name in now.rows if name in was.rows}
    kept = replace(
        now, rows={name: count for name, count in now.rows.items() if name in known},
        revision=was.revision,
    )  # fmt: skip
    return was.differences(kept)

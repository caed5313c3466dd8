"""The database: there, up to date, keeping what it is told, and of the same time as we are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlalchemy import text

from app.config import Settings
from app.operations.findings import Finding, failed, ok, warning
from app.platform import readiness
from app.platform.db import db

MOST_SKEW = 2.0
OLDEST_POSTGRESQL = 150000
FULLEST = 0.8
KEEPS: Mapping[str, Mapping[str, str]] = {
    "sqlite": {"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"},
    "postgresql": {"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on",
                   "default_transaction_isolation": "read committed"},
}  # fmt: skip
"""What must be set so that a committed order outlives a power cut, by kind of database."""


def examine(_known: Settings) -> Iterator[Finding]:
    """Nothing but `database` when it does not answer."""
    answer = readiness.database()
    if answer != "ok":
        yield failed(
            "database",
            f"does not answer: {answer}",
            "Is it started, and does DATABASE_URL name it with the right user and password?",
        )
        return
    yield ok("database", _version())
    yield _migrations()
    yield durability(kind(), _settings_in_force())
    yield _skew()
    if kind() == "postgresql":
        yield _connections()


def kind() -> str:
    return db.session.get_bind().dialect.name


def durability(kind: str, found: Mapping[str, str]) -> Finding:
    """Judge what is in force against what the shop's promises need."""
    wrong = {
        name: found.get(name, "nothing")
        for name, needed in KEEPS[kind].items()
        if found.get(name, "") != needed
    }
    if not wrong:
        return ok("durability", ", ".join(f"{name} {value}" for name, value in found.items()))
    said = ", ".join(f"{name} is {value}" for name, value in wrong.items())
    needed = ", ".join(f"{name} = {KEEPS[kind][name]}" for name in wrong)
    return failed("durability", said, f"A power cut loses orders. Set {needed}.")


def _version() -> str:
    question = "SELECT sqlite_version()" if kind() == "sqlite" else "SHOW server_version"
    return f"{kind()} {db.session.scalar(text(question))}"


def _migrations() -> Finding:
    answer = readiness.migrations()
    if answer == "ok":
        return ok("migrations", str(readiness.head()))
    if answer.startswith(readiness.AHEAD):
        return warning("migrations", answer, "A newer release has migrated: let it take over.")
    return failed("migrations", answer, "Run flask db upgrade, or install the release that fits.")


def _settings_in_force() -> dict[str, str]:
    ask = "PRAGMA" if kind() == "sqlite" else "SHOW"
    return {name: str(db.session.scalar(text(f"{ask} {name}"))) for name in KEEPS[kind()]}


def _skew() -> Finding:
    seconds = readiness.clock_skew()
    if seconds is None:
        return warning(
            "clock", "the database does not tell the time", "Compare the machines' clocks by hand."
        )
    said = f"{seconds:+.1f} s against the database"
    if abs(seconds) > MOST_SKEW:
        return failed(
            "clock", said, "Holds and windows end by the clock: let NTP set it on both machines."
        )
    return ok("clock", said)


def _connections() -> Finding:
    most = int(str(db.session.scalar(text("SHOW max_connections"))))
    used = db.session.scalar(text("SELECT count(*) FROM pg_stat_activity")) or 0
    number = int(str(db.session.scalar(text("SHOW server_version_num"))))
    said = f"{used} of {most} connections"
    if number < OLDEST_POSTGRESQL:
        return failed("server", f"version {number}", "Vitrine needs PostgreSQL 15 or newer.")
    if used > most * FULLEST:
        return warning(
            "server", said, "Raise max_connections, or put a pooler in session mode before it."
        )
    return ok("server", said)

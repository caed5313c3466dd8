"""`flask shop doctor`: look at everything the shop stands on and say what is wrong in sentences."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal
from urllib.parse import urlsplit

import click

from app.config import Settings
from app.platform import clock
from app.platform.cli import print_json, shop
from app.platform.configuration import settings
from app.platform.outbox import queries as outbox
from app.platform.web import operations
from app.shop import queries

State = Literal["ok", "warning", "failed"]
MARKS: dict[State, str] = {"ok": "ok  ", "warning": "warn", "failed": "FAIL"}
MOST_SKEW = 2.0
SLOWEST_DELIVERY = 60.0
FEWEST_DIFFERENT_CHARACTERS = 12
SMTP_PORTS = {"smtp": 25, "smtps": 465}
CONNECT_TIMEOUT = 3.0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `failed` means that the shop cannot sell or loses something."""

    name: str
    state: State
    text: str


@shop.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def doctor(as_json: bool) -> None:  # noqa: FBT001  (as click hands it over)
    """Check what the shop stands on; exit code 1 when something has failed."""
    findings = list(examine(settings()))
    is_well = all(finding.state != "failed" for finding in findings)
    if as_json:
        print_json({"well": is_well, "findings": [asdict(finding) for finding in findings]})
    else:
        for finding in findings:
            click.echo(f"{MARKS[finding.state]}  {finding.name:<12} {finding.text}")
    if not is_well:
        raise click.exceptions.Exit(1)


def examine(known: Settings) -> Iterator[Finding]:
    """All findings; what needs the tables is left out while they are missing."""
    response, _status = operations.readyz()
    ready = response.get_json()
    checks: dict[str, str] = ready["checks"]
    yield _passed("database", checks["database"], otherwise="failed")
    yield _passed("migrations", checks["migrations"], otherwise="failed")
    yield _passed("queue", checks["queue"], otherwise="warning")
    yield _passed("search", checks["search"], otherwise="warning")
    yield _skew(ready["clock_skew_seconds"])
    yield _folder(known)
    yield _mail(known)
    yield _secret_key(known)
    if checks["migrations"] == "ok":
        yield _deliveries()
        yield _people()


def _passed(name: str, answer: str, *, otherwise: State) -> Finding:
    return Finding(name, "ok" if answer == "ok" else otherwise, answer)


def _skew(seconds: float | None) -> Finding:
    if seconds is None:
        return Finding("clock", "warning", "the database does not tell the time")
    state: State = "ok" if abs(seconds) <= MOST_SKEW else "failed"
    return Finding("clock", state, f"{seconds:+.1f} s against the database")


def _folder(known: Settings) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=known.data_dir):
            pass
    except OSError as error:
        return Finding("data folder", "failed", f"{known.data_dir}: {error.strerror}")
    return Finding("data folder", "ok", str(known.data_dir))


def _mail(known: Settings) -> Finding:
    if known.smtp_url is None:
        state: State = "warning" if known.is_production else "ok"
        return Finding("mail", state, f"no SMTP_URL: mails are only written to {known.mail_dir}")
    parts = urlsplit(known.smtp_url)
    address = (parts.hostname or "", parts.port or SMTP_PORTS.get(parts.scheme, 0))
    try:
        socket.create_connection(address, timeout=CONNECT_TIMEOUT).close()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Finding("mail", "failed", f"{address[0]}:{address[1]} does not answer: {reason}")
    return Finding("mail", "ok", f"{address[0]}:{address[1]} answers")


def _secret_key(known: Settings) -> Finding:
    different = len(set(known.secret_key))
    if different < FEWEST_DIFFERENT_CHARACTERS:
        text = f"only {different} different characters; make a random one"
        return Finding("secret key", "failed", text)
    kept = known.data_dir / "secret_key"
    if kept.exists() and os.name == "posix" and kept.stat().st_mode & 0o077:
        return Finding("secret key", "warning", f"{kept} can be read by others (chmod 600)")
    return Finding("secret key", "ok", f"{len(known.secret_key)} characters")


def _deliveries() -> Finding:
    now = clock.now()
    health = outbox.health(now)
    waits = (now - health.oldest_due_at).total_seconds() if health.oldest_due_at else 0.0
    if waits > SLOWEST_DELIVERY:
        text = f"{health.waiting} due, the oldest for {waits:.0f} s: is a worker running?"
        return Finding("outbox", "warning", text)
    if health.dead:
        return Finding("outbox", "warning", f"{health.dead} given up: flask shop outbox dead")
    return Finding("outbox", "ok", f"{health.waiting} due")


def _people() -> Finding:
    if queries.house_merchant() is None:
        return Finding("staff", "warning", "nothing is set up: flask shop init")
    if not queries.house_has_owner():
        return Finding("staff", "warning", "nobody can sign in: flask shop create-admin")
    return Finding("staff", "ok", "the house has an owner")

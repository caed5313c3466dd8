"""The play itself: the old release alone, both together on the new schema, the new one alone."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPException  # noqa: TID251  (what the bench's shopper may raise)
from pathlib import Path
from threading import Event, Thread

from sqlalchemy import func, select

from app.config import load_settings
from app.factory import create_app
from app.orders.models import Order
from app.platform import clock
from app.platform.db import db
from app.platform.outbox.models import DeliveryState, OutboxDelivery
from tests.bench.serving import variables
from tests.bench.shopper import Refused
from tests.bench.surroundings import DURABLE
from tests.faults import books
from tests.releases.wanderer import Wanderer
from tests.servers.postgres import running_postgres
from tests.servers.process import free_port, stop, wait_until
from tests.servers.valkey import Valkey
from workers import commands
from workers.launching import ROOT
from workers.surroundings import answers

SHOPPERS, PIECES = 6, 40
QUIET_WITHIN, OPENED_WITHIN = 120.0, 300.0
SEEDING = Path(__file__).with_name("seeding.py")
COMPLAINTS = {"error", "critical"}


@dataclass
class Findings:
    """What the shoppers saw, and what was there after it."""

    database: str
    bought: Counter[str] = field(default_factory=Counter)
    orders: list[str] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def is_good(self) -> bool:
        return not self.trouble

    def told(self) -> str:
        acts = ", ".join(f"{count} {act}" for act, count in self.bought.items())
        lines = [f"{self.database}: {len(self.orders)} purchases ({acts})"]
        return "\n  ".join([*lines, *(self.trouble or ["nothing was amiss"])])


class Crowd:
    """Shoppers who buy one piece after another, through whichever doors are open."""

    def __init__(self, findings: Findings, pieces: Sequence[tuple[int, str]]) -> None:
        self.doors: list[int] = []
        self.known: set[int] = set()
        self.act = "nothing yet"
        self._findings, self._pieces = findings, pieces
        self._gone = Event()
        self._threads = [Thread(target=self._shop, args=(at,)) for at in range(SHOPPERS)]

    def open(self, port: int) -> None:
        self.known.add(port)
        self.doors.append(port)

    def wait(self, act: str, seconds: float) -> None:
        self.act = act
        time.sleep(seconds)

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._gone.set()
        for thread in self._threads:
            thread.join()

    def _shop(self, number: int) -> None:
        turn = number
        while not self._gone.is_set():
            variant, page = self._pieces[turn % len(self._pieces)]
            turn += SHOPPERS
            shopper = Wanderer(0, turn, doors=self.doors, known=frozenset(self.known))
            try:
                order = shopper.buy(page, variant)
            except (Refused, OSError, HTTPException) as error:
                self._findings.trouble.append(f"while {self.act}: {type(error).__name__}: {error}")
            else:
                self._findings.bought[self.act] += 1
                self._findings.orders.append(order)
            finally:
                shopper.close()


def play(database: str, old: Path, seconds: float) -> Findings:
    findings, folder = Findings(database), Path(tempfile.mkdtemp(prefix="vn-", dir="/tmp"))
    with _database(database, folder) as url, ExitStack() as servers:
        told = servers.enter_context(_neighbours(url, folder))
        _program(["-m", "workers", "migrate"], told, old)
        pieces = [
            (int(variant), f"/i/{at:04d}")
            for at, variant in enumerate(_program([str(SEEDING), str(PIECES)], told, old), 1)
        ]
        own = {**told, "PORT": str(free_port())}
        before = servers.enter_context(_opened(old, told))
        crowd = Crowd(findings, pieces)
        after = _acts(crowd, before, lambda: servers.enter_context(_opened(ROOT, own)), seconds)
        findings.trouble += _examined(told, findings)
        findings.trouble += _complaints("the old release", before.log)
        findings.trouble += _complaints("this release", after.log)
    return findings


def _acts(
    crowd: Crowd, before: Opened, open_beside: Callable[[], Opened], seconds: float
) -> Opened:
    """While the crowd buys all the time."""
    crowd.open(before.port)
    with crowd:
        crowd.wait("by the old alone", seconds)
        crowd.act = "while the database was migrated"
        _program(["-m", "workers", "migrate"], before.told, ROOT)
        crowd.wait("by the old on the new schema", seconds)
        after = open_beside()
        crowd.open(after.port)
        crowd.wait("by both together", seconds)
        crowd.doors.remove(before.port)
        crowd.wait("by the new, the old still there", 1)
        crowd.act = "while the old closed"
        before.close()
        crowd.wait("by the new alone", seconds)
    return after


@contextmanager
def _database(name: str, folder: Path) -> Iterator[str]:
    try:
        if name == "sqlite":
            yield f"sqlite:///{folder / 'shop.sqlite3'}"
        else:
            with running_postgres(DURABLE) as server:
                yield server.create("releases")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _neighbours(url: str, folder: Path) -> Iterator[dict[str, str]]:
    """The queue and the payment provider, which belong to no release."""
    told = {
        **variables(url, folder),
        "VITRINE_SANDBOX_URL": f"http://127.0.0.1:{free_port()}",
        "PYTHONDONTWRITEBYTECODE": "",  # each of ten processes would compile everything anew
        "PYTHONPYCACHEPREFIX": str(folder / "bytecode"),
    }
    queue = Valkey(folder)
    queue.start()
    provider = subprocess.Popen(commands.sandbox(load_settings(told)), cwd=ROOT)
    try:
        yield {**told, "REDIS_URL": queue.url}
    finally:
        stop(provider, signal.SIGTERM)
        queue.stop()


@dataclass
class Opened:
    """A release with a web server, a worker and a scheduler of its own."""

    told: Mapping[str, str]
    log: Path
    parts: ExitStack

    @property
    def port(self) -> int:
        return int(self.told["PORT"])

    def close(self) -> None:
        """In good order: what is being answered is answered first."""
        self.parts.close()


@contextmanager
def _opened(release: Path, told: Mapping[str, str]) -> Iterator[Opened]:
    log = Path(told["DATA_DIR"]) / f"release-{told['PORT']}.log"
    with ExitStack() as parts, log.open("wb") as output:
        for word in ("work", "relay", "web"):
            part = subprocess.Popen(
                [sys.executable, "-m", "workers", word],
                cwd=release, env={**os.environ, **told}, stdout=output, stderr=output,
            )  # fmt: skip
            parts.callback(stop, part, signal.SIGTERM, seconds=60)
        opened = Opened(told, log, parts)
        wait_until(
            lambda: answers("127.0.0.1", opened.port), seconds=OPENED_WITHIN, what=str(release)
        )
        yield opened


def _program(words: list[str], told: Mapping[str, str], release: Path) -> list[str]:
    """What a program of that release prints, a line each; raises with what it complained of."""
    environment = {**os.environ, **told, "PYTHONPATH": str(release)}
    done = subprocess.run([sys.executable, *words], cwd=release, env=environment, check=False,
                          capture_output=True, text=True)  # fmt: skip
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)} failed:\n{done.stderr[-2000:]}")
    return done.stdout.splitlines()


def _examined(told: Mapping[str, str], findings: Findings) -> Iterator[str]:
    """Sentences about what is not as it should be, once all that was left to do is done."""
    app = create_app(load_settings({**told, "VITRINE_LOG_LEVEL": "ERROR"}))
    with app.app_context():
        try:
            wait_until(lambda: _pending() == 0, seconds=QUIET_WITHIN, what="the outbox")
        except TimeoutError:
            yield f"{_pending()} facts were not delivered"
        dead = _count(OutboxDelivery.state == DeliveryState.DEAD)
        if dead:
            yield f"{dead} deliveries were given up"
        codes = [order.removeprefix("/o/").partition("-")[0] for order in findings.orders]
        paid = select(func.count()).where(Order.code.in_(codes), Order.paid_at.is_not(None))
        missing = len(set(codes)) - (db.session.scalar(paid) or 0)
        if missing or len(set(codes)) != len(codes):
            yield f"{missing} of {len(codes)} purchases are no paid orders of their own"
        yield from books.faults()
        db.session.remove()
        db.engine.dispose()


def _pending() -> int:
    due = OutboxDelivery.due_at <= clock.now()
    return _count(OutboxDelivery.state == DeliveryState.PENDING, due)


def _count(*conditions: object) -> int:
    db.session.rollback()
    statement = select(func.count()).select_from(OutboxDelivery).where(*conditions)  # type: ignore[arg-type]
    return db.session.scalar(statement) or 0


def _complaints(who: str, log: Path) -> Iterator[str]:
    """Errors in its log, each kind once."""
    seen: Counter[str] = Counter()
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        said = json.loads(line) if line.startswith("{") else {}
        if said.get("level") in COMPLAINTS:
            reason = str(said.get("exception", "")).strip().rpartition("\n")[2]
            seen[f"{said.get('event')} {reason}".strip()] += 1
    for what, count in seen.items():
        yield f"{who} complained {count} times: {what}"

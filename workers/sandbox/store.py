"""The provider's SQLite file: one connection, one writer at a time, and a bell for its senders."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SCHEMA = """
CREATE TABLE IF NOT EXISTS payments (
    id TEXT PRIMARY KEY,
    merchant_reference TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL
        CHECK (status IN ('pending', 'captured', 'failed', 'expired', 'cancelled')),
    amount_requested INTEGER NOT NULL CHECK (amount_requested > 0),
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    description TEXT NOT NULL,
    return_url TEXT NOT NULL,
    notify_url TEXT NOT NULL,
    locale TEXT,
    transaction_id TEXT UNIQUE,
    created INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    captured_at INTEGER,
    updated INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS payments_pending ON payments (expires_at) WHERE status = 'pending';
CREATE INDEX IF NOT EXISTS payments_captured ON payments (captured_at);

CREATE TABLE IF NOT EXISTS refunds (
    id TEXT PRIMARY KEY,
    payment TEXT NOT NULL REFERENCES payments (id),
    merchant_reference TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed')),
    amount INTEGER NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    notify_url TEXT NOT NULL,
    transaction_id TEXT UNIQUE,
    created INTEGER NOT NULL,
    settled_at INTEGER,
    updated INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS refunds_of_payment ON refunds (payment);
CREATE INDEX IF NOT EXISTS refunds_settled ON refunds (settled_at);

CREATE TABLE IF NOT EXISTS idempotency_keys (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    status INTEGER,
    body TEXT
);

CREATE TABLE IF NOT EXISTS switches (name TEXT PRIMARY KEY, value TEXT NOT NULL);

CREATE TABLE IF NOT EXISTS deliveries (
    id INTEGER PRIMARY KEY,
    event_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    reference TEXT NOT NULL,
    url TEXT NOT NULL,
    body TEXT NOT NULL,
    forged TEXT NOT NULL,
    state TEXT NOT NULL
        CHECK (state IN ('waiting', 'held', 'sending', 'delivered', 'dropped', 'given_up')),
    release_after INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    due_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS deliveries_due ON deliveries (due_at)
    WHERE state IN ('waiting', 'held');
CREATE INDEX IF NOT EXISTS deliveries_of_event ON deliveries (event_id);

CREATE TABLE IF NOT EXISTS attempts (
    id INTEGER PRIMARY KEY,
    delivery INTEGER NOT NULL REFERENCES deliveries (id),
    at REAL NOT NULL,
    status INTEGER,
    problem TEXT,
    milliseconds INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS attempts_of_delivery ON attempts (delivery);
"""
# What a killed process left half done: unanswered calls did nothing, unfinished callbacks repeat.
_RECOVERY = """
DELETE FROM idempotency_keys WHERE status IS NULL;
UPDATE deliveries SET state = 'waiting' WHERE state = 'sending';
"""


class Doorbell:
    """Wakes waiting threads; a ring between looking and waiting is not lost."""

    def __init__(self) -> None:
        self._rung = threading.Condition()
        self._count = 0

    @property
    def count(self) -> int:
        return self._count

    def ring(self) -> None:
        with self._rung:
            self._count += 1
            self._rung.notify_all()

    def wait(self, seen: int, seconds: float) -> None:
        """Return at the first ring after the count was `seen`, or when the time is over."""
        with self._rung:
            self._rung.wait_for(lambda: self._count != seen, timeout=seconds)


class Store:
    """Transactions on one SQLite file; `ring_after_commit` announces new work to the senders."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.doorbell = Doorbell()
        self._turn = threading.RLock()
        self._has_news = False
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.row_factory = sqlite3.Row
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {pragma}")
        self._connection.executescript(_SCHEMA + _RECOVERY)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing, one at a time; not to be nested."""
        with self._turn:
            self._has_news = False
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
            has_news = self._has_news
        if has_news:
            self.doorbell.ring()

    def ring_after_commit(self) -> None:
        self._has_news = True

    def close(self) -> None:
        with self._turn:
            self._connection.close()

"""One provider's config and books, and one transaction's view of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import current_app

from workers.sandbox import clock
from workers.sandbox.config import Config
from workers.sandbox.records import JsonObject, Payment, Refund
from workers.sandbox.store import Store


@dataclass(frozen=True)
class Session:
    """What a verb works with: an open transaction, the moment, and how long its callback waits."""

    connection: sqlite3.Connection
    config: Config
    at: float
    callback_wait: float
    store: Store

    @property
    def second(self) -> int:
        return int(self.at)

    def shown(self, record: Payment | Refund) -> JsonObject:
        """A record as the merchant sees it, in answers and callbacks alike."""
        if isinstance(record, Payment):
            return record.as_object(self.config.merchant, self.config.public_url)
        return record.as_object(self.config.merchant)


@dataclass(frozen=True)
class Provider:
    config: Config
    store: Store

    @contextmanager
    def session(self, callback_wait: float = 0.0) -> Iterator[Session]:
        """One transaction; commits when the block ends, and only then are callbacks sent."""
        with self.store.transaction() as connection:
            yield Session(connection, self.config, clock.now(), callback_wait, self.store)


def current_provider() -> Provider:
    """The provider of the Flask application that is answering."""
    provider: Provider = current_app.extensions["sandbox"]
    return provider

"""The doorbell: tells the relay in the scheduler process that the outbox has mail.

Nothing of value passes here. When Redis is away a ring costs at most 50 ms once, then the circuit
stays open for a few seconds and ringing is free; the relay looks at the outbox by itself every
second anyway.
"""

from __future__ import annotations

import time
from threading import Lock

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

KEY = "vitrine:doorbell"
TIMEOUT = 0.05
REST_AFTER_FAILURE = 5.0


class Doorbell:
    """A list in Redis that never holds more than one ring."""

    def __init__(self) -> None:
        self._redis: Redis | None = None
        self._resting_until = 0.0
        self._lock = Lock()

    def connect(self, url: str | None) -> None:
        self._redis = _client(url) if url else None
        self._resting_until = 0.0

    def ring(self) -> None:
        if self._redis is None or time.monotonic() < self._resting_until:
            return
        try:
            with self._redis.pipeline(transaction=False) as pipe:
                pipe.lpush(KEY, "1")
                pipe.ltrim(KEY, 0, 0)
                pipe.execute()
        except (RedisError, OSError):
            with self._lock:
                self._resting_until = time.monotonic() + REST_AFTER_FAILURE


def _client(url: str) -> Redis:
    return Redis.from_url(
        url,
        socket_timeout=TIMEOUT,
        socket_connect_timeout=TIMEOUT,
        retry=Retry(NoBackoff(), 0),
    )


_bell = Doorbell()


def connect(url: str | None) -> None:
    """Say where to ring; None keeps the bell silent (tests, one-shot commands)."""
    _bell.connect(url)


def ring() -> None:
    _bell.ring()

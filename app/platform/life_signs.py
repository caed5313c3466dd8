"""Signs of life of the processes that have no port: workers and the scheduler.

They lie in Redis, because nothing is lost with them: who looks there learns who was seen last and
until when another sign was to come.
"""

from __future__ import annotations

import os
import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from app.platform import clock

KEY = "vitrine:life-signs"
SECONDS_BETWEEN = 5.0
FORGOTTEN_AFTER = timedelta(days=1)
LATE = timedelta(seconds=15)
"""How late a sign may be, for clocks and a busy machine."""
_TIMEOUT = 0.5


@dataclass(frozen=True, slots=True)
class LifeSign:
    """`part` is worker or scheduler, `process` its machine and number."""

    part: str
    process: str
    seen_at: datetime
    next_by: datetime


class LifeSigns:
    """What one process tells of itself, every five seconds or when it will be silent for longer;
    a Redis that is away is no trouble.
    """

    def __init__(self, url: str, part: str) -> None:
        self._redis = _client(url)
        self._part = part
        self._promised_until = 0.0

    def give(self, *, again_within: float) -> None:
        """Say that this process is alive and will say so again within so many seconds."""
        promise = time.monotonic() + again_within
        # A shorter one counts at once: after a long job the next silence is no long job's.
        if abs(promise - self._promised_until) < SECONDS_BETWEEN:
            return
        self._promised_until = promise
        now = clock.now()
        until = now + timedelta(seconds=again_within)
        with suppress(RedisError, OSError):
            self._redis.hset(KEY, self._field(), f"{now.isoformat()} {until.isoformat()}")

    def end(self) -> None:
        """Say that this process ends as it was told to."""
        with suppress(RedisError, OSError):
            self._redis.hdel(KEY, self._field())
        self._redis.close()

    def _field(self) -> str:
        return f"{self._part} {socket.gethostname()}:{os.getpid()}"


def seen(url: str) -> list[LifeSign] | None:
    """Everybody who was seen within a day, the last first; None when Redis does not answer."""
    try:
        with _client(url) as redis:
            signs = [_read(*each) for each in redis.hgetall(KEY).items()]
            long_gone = [sign for sign in signs if sign.seen_at < clock.now() - FORGOTTEN_AFTER]
            for sign in long_gone:
                redis.hdel(KEY, f"{sign.part} {sign.process}")
    except (RedisError, OSError, ValueError):
        return None
    alive = [sign for sign in signs if sign not in long_gone]
    return sorted(alive, key=lambda sign: sign.seen_at, reverse=True)


def silence(signs: list[LifeSign], part: str, now: datetime) -> timedelta | None:
    """Since when no process of that part has kept its promise to be heard; None while one has."""
    known = [sign for sign in signs if sign.part == part]
    if any(now <= sign.next_by + LATE for sign in known):
        return None
    return min((now - sign.seen_at for sign in known), default=FORGOTTEN_AFTER)


def _read(field: bytes, value: bytes) -> LifeSign:
    part, _, process = field.decode().partition(" ")
    seen_at, _, next_by = value.decode().partition(" ")
    return LifeSign(part, process, _instant(seen_at), _instant(next_by))


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _client(url: str) -> Redis:
    return Redis.from_url(
        url,
        socket_timeout=_TIMEOUT,
        socket_connect_timeout=_TIMEOUT,
        retry=Retry(NoBackoff(), 0),
    )

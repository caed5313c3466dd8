"""How the queue stands, asked of Redis itself: who answers requests does not load RQ for it.

The names of its keys are RQ's; a test compares these figures with what RQ says of its own queue.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

QUEUE = "vitrine"
_TIMEOUT = 0.5


@dataclass(frozen=True, slots=True)
class QueueFigures:
    """`oldest_at` is when the job that waits longest was left, None when none waits; `keeps_all`
    is False where the server throws away what it has no room for.
    """

    waiting: int
    failed: int
    oldest_at: datetime | None
    keeps_all: bool


def figures(url: str) -> QueueFigures | None:
    """The queue as it stands, or None when Redis does not answer."""
    redis = Redis.from_url(
        url,
        socket_timeout=_TIMEOUT,
        socket_connect_timeout=_TIMEOUT,
        retry=Retry(NoBackoff(), 0),
        decode_responses=True,
    )
    try:
        with redis:
            return _read(redis)
    except (RedisError, OSError, ValueError):
        return None


def _read(redis: Redis) -> QueueFigures:
    waiting = [str(job) for job in redis.lrange(f"rq:queue:{QUEUE}", 0, -1)]
    left_at = redis.hget(f"rq:job:{waiting[0]}", "enqueued_at") if waiting else None
    policy = redis.info("memory").get("maxmemory_policy", "noeviction")
    return QueueFigures(
        waiting=len(waiting),
        failed=redis.zcard(f"rq:failed:{QUEUE}"),
        oldest_at=datetime.fromisoformat(str(left_at)).astimezone(UTC) if left_at else None,
        keeps_all=policy == "noeviction",
    )

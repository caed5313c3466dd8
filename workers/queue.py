"""The queue: where the relay leaves small jobs for the workers."""

from __future__ import annotations

import re
import secrets
from enum import Enum, auto

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue

NAME = "vitrine"
JOB_SECONDS = 45
"""As long as the lease of a delivery, after which another worker may have it anyway."""
KEPT_FAILURES = 24 * 3600
ANSWER_WITHIN = 2.0
_NOT_IN_AN_ID = re.compile(r"[^A-Za-z0-9]+")


class Asked(Enum):
    """`LEFT`: no such job waited, one does now. `WAITS`: no worker has taken the last one yet."""

    LEFT = auto()
    WAITS = auto()
    UNREACHABLE = auto()


class JobQueue:
    """Takes jobs by name, as JSON: with pickle, who can write to Redis could run code here."""

    def __init__(self, url: str) -> None:
        connection = Redis.from_url(
            url,
            socket_connect_timeout=ANSWER_WITHIN,
            socket_timeout=ANSWER_WITHIN,
            retry=Retry(NoBackoff(), 0),
        )
        self._queue = Queue(NAME, connection=connection, serializer="json")

    def ask(self, function: str, *arguments: str, seconds: int = JOB_SECONDS) -> Asked:
        """Leave a job that may take so many seconds, unless the same one waits already.

        RQ's own `unique=True` would also count jobs that have begun or failed: after a killed
        worker it refuses the next one for a minute, after a failed job for as long as that is kept.
        """
        kind = _NOT_IN_AN_ID.sub("-", "-".join((function, *arguments)))
        try:
            if any(job_id.startswith(f"{kind}-") for job_id in self._queue.job_ids):
                return Asked.WAITS
            self._queue.enqueue_call(
                function,
                args=arguments,
                timeout=seconds,
                result_ttl=0,
                failure_ttl=KEPT_FAILURES,
                job_id=f"{kind}-{secrets.token_hex(4)}",
            )
        except (RedisError, OSError):
            return Asked.UNREACHABLE
        return Asked.LEFT

    def close(self) -> None:
        self._queue.connection.close()

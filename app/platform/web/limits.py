"""Rate limits on the doors worth guarding.

Without Redis each process counts for itself; where passwords are guessed it then allows less.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app, request
from flask_limiter import Limiter, RateLimitExceeded
from flask_limiter.util import get_remote_address
from limits.storage import MemoryStorage
from redis.exceptions import RedisError

from app.config import Settings

IS_LIMITED = "vitrine.is_limited"
PATIENCE_SECONDS = 0.05


class Doors(Limiter):
    """Counts alone as soon as Redis fails, whichever request of this process finds it out."""

    def _check_request_limit(
        self,
        callable_name: str | None = None,
        in_middleware: bool = True,  # noqa: FBT001, FBT002  (the library's own)
    ) -> None:
        """Of several that wait for Redis when it fails, only the first is counted anew by the
        library: the others would be answered with a broken page.
        """
        try:
            super()._check_request_limit(callable_name, in_middleware)
        except RateLimitExceeded:
            raise
        except (RedisError, OSError):
            self.context.seen_limits.clear()
            super()._check_request_limit(callable_name, in_middleware)


limiter = Doors(
    key_func=get_remote_address,
    headers_enabled=False,
    in_memory_fallback_enabled=True,
    strategy="fixed-window",
    default_limits=[],
)


def init_app(app: Flask, settings: Settings) -> None:
    """Limit the requests of this shop, whichever other shops the process has; tests are let in."""
    app.extensions[IS_LIMITED] = settings.environment != "testing"
    if app.extensions[IS_LIMITED]:
        app.config["RATELIMIT_STORAGE_URI"] = _storage(settings.redis_url)
        app.config["RATELIMIT_STORAGE_OPTIONS"] = {
            "socket_connect_timeout": PATIENCE_SECONDS,
            "socket_timeout": PATIENCE_SECONDS,
        }
        limiter.init_app(app)


@limiter.request_filter
def is_unlimited() -> bool:
    return not current_app.extensions[IS_LIMITED]


def tries(together: str, *, alone: str) -> Callable[[], str]:
    """A limit for doors where secrets are guessed: `alone` is what each process allows while it
    cannot count together with the others, all of them less than `together`.
    """

    def allowed() -> str:
        counts_alone = isinstance(limiter.limiter.storage, MemoryStorage)
        return alone if counts_alone else together

    return allowed


def typed_email() -> str:
    """A limit's key: the address somebody tries to sign in with, so that spreading over machines
    does not help.
    """
    return "email:" + request.form.get("email", "").strip().lower()[:200]


def _storage(url: str) -> str:
    return url.replace("unix://", "redis+unix://", 1) if url.startswith("unix://") else url

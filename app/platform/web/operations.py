"""What operators and load balancers ask: /healthz, /readyz, /version; and the counted requests."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, suppress
from functools import lru_cache

from flask import Blueprint, Flask, Response, g, jsonify, request
from prometheus_client import Counter, Histogram

from app.platform import readiness
from app.platform.web.limits import limiter

VERSION = "0.1.0"
REQUESTS = Counter("vitrine_requests_total", "Requests answered", ["route", "method", "status"])
SECONDS = Histogram("vitrine_request_seconds", "Seconds per request", ["route"])

bp = Blueprint("operations", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    app.after_request(_count)
    limiter.exempt(bp)


@bp.get("/healthz")
def healthz() -> Response:
    """The process answers; nothing else is asked."""
    return jsonify(status="ok")


@bp.get("/version")
def version() -> Response:
    return jsonify(name="vitrine", version=VERSION)


@bp.get("/readyz")
def readyz() -> tuple[Response, int]:
    """Each dependency with its state; 503 when the shop cannot sell. A dead queue only delays, and
    so do workers that are silent.
    """
    checks = {
        "database": readiness.database(),
        "migrations": readiness.migrations(),
        "queue": readiness.queue(),
        "search": readiness.search(),
        **readiness.parts(),
    }
    is_there = checks["database"] == "ok"
    figures = {
        "clock_skew_seconds": readiness.clock_skew() if is_there else None,
        "oldest_delivery_seconds": readiness.oldest_delivery() if is_there else None,
    }
    migrated = checks["migrations"] == "ok" or checks["migrations"].startswith(readiness.AHEAD)
    ready = is_there and migrated
    body = jsonify(status="ready" if ready else "not ready", checks=checks, **figures)
    return body, 200 if ready else 503


def if_there_is_room() -> AbstractContextManager[None]:
    """Around what is counted while somebody waits for an answer, which is worth more than a count.

    A process that began on a full disk has no file of counts (OSError), and for as long as it lives
    what it inherited counts into one that its library has closed (TypeError).
    """
    return suppress(OSError, TypeError)


def count(route: str, method: str, status: int, began: float | None) -> None:
    """Count a request that was answered."""
    with if_there_is_room():
        requests, seconds = _counters(route, method, status)
        requests.inc()
        if began is not None:
            seconds.observe(time.monotonic() - began)


@lru_cache(1024)
def _counters(route: str, method: str, status: int) -> tuple[Counter, Histogram]:
    """Looking them up by their labels costs more than counting."""
    return REQUESTS.labels(route, method, status), SECONDS.labels(route)


def _count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "(none)"
    count(route, request.method, response.status_code, g.get("began"))
    return response

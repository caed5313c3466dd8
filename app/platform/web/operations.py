"""What operators and load balancers ask: /healthz, /readyz, /metrics, /version."""

from __future__ import annotations

import hmac
import time
from datetime import UTC, datetime

from flask import Blueprint, Flask, Response, current_app, g, jsonify, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import text

from app.platform import clock
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.outbox import queries as outbox
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
    """Each dependency with its state; 503 when the shop cannot sell. A dead queue only delays."""
    checks = {
        "database": _database(),
        "migrations": _migrations(),
        "queue": _queue(),
        "search": _search(),
    }
    skew = _clock_skew() if checks["database"] == "ok" else None
    ready = checks["database"] == "ok" and checks["migrations"] == "ok"
    body = jsonify(status="ready" if ready else "not ready", checks=checks, clock_skew_seconds=skew)
    return body, 200 if ready else 503


@bp.get("/metrics")
def metrics() -> Response:
    """Prometheus text; with VITRINE_METRICS_TOKEN set it wants `Authorization: Bearer <token>`."""
    token = settings().metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and not hmac.compare_digest(token.encode(), given.encode()):
        raise NotFound
    registry = CollectorRegistry()
    health = outbox.health(clock.now())
    age = (clock.now() - health.oldest_due_at).total_seconds() if health.oldest_due_at else 0.0
    for name, help_text, value in (
        ("vitrine_outbox_waiting", "Deliveries that are due", health.waiting),
        ("vitrine_outbox_dead", "Deliveries given up", health.dead),
        ("vitrine_outbox_oldest_seconds", "Seconds the oldest due delivery waits", age),
    ):
        Gauge(name, help_text, registry=registry).set(value)
    body = generate_latest(registry) + generate_latest()
    return Response(body, mimetype="text/plain; version=0.0.4")


def _count(response: Response) -> Response:
    route = request.url_rule.rule if request.url_rule else "(none)"
    REQUESTS.labels(route, request.method, response.status_code).inc()
    began = g.get("began")
    if began is not None:
        SECONDS.labels(route).observe(time.monotonic() - began)
    return response


def _database() -> str:
    try:
        db.session.execute(text("SELECT 1"))
    except Exception as error:  # noqa: BLE001  (whatever the driver raises, the answer is the same)
        return type(error).__name__
    return "ok"


def _migrations() -> str:
    try:
        current = db.session.execute(text("SELECT version_num FROM alembic_version")).scalar()
    except Exception as error:  # noqa: BLE001  (no table means no migration has run)
        db.session.rollback()
        return type(error).__name__
    head = current_app.extensions["vitrine.migration_head"]()
    return "ok" if current == head else f"database at {current}, code at {head}"


def _queue() -> str:
    try:
        Redis.from_url(settings().redis_url, socket_connect_timeout=0.2, socket_timeout=0.2).ping()
    except (RedisError, OSError, ValueError) as error:
        return type(error).__name__
    return "ok"


def _search() -> str:
    check = current_app.extensions.get("vitrine.search_health")
    return str(check()) if check else "ok"


def _clock_skew() -> float | None:
    """Seconds this process is ahead of the database; SQLite shares our clock."""
    if db.session.get_bind().dialect.name != "postgresql":
        return 0.0
    theirs = db.session.execute(text("SELECT clock_timestamp()")).scalar()
    if not isinstance(theirs, datetime):
        return None
    return round((clock.now() - theirs.astimezone(UTC)).total_seconds(), 3)

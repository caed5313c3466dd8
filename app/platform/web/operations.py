"""What operators and load balancers ask: /healthz, /readyz, /metrics, /version."""

from __future__ import annotations

import hmac
import time

from flask import Blueprint, Flask, Response, g, jsonify, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from app.platform import clock, readiness
from app.platform.configuration import settings
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
        "database": readiness.database(),
        "migrations": readiness.migrations(),
        "queue": readiness.queue(),
        "search": readiness.search(),
    }
    skew = readiness.clock_skew() if checks["database"] == "ok" else None
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

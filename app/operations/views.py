"""/metrics: figures for Prometheus."""

from __future__ import annotations

import hmac
import os

from flask import Blueprint, Flask, Response, request
from prometheus_client import CollectorRegistry, Gauge, generate_latest, multiprocess

from app.operations.gauges import Figure, read
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import NotFound
from app.platform.web.limits import limiter

SHARED = "PROMETHEUS_MULTIPROC_DIR"
bp = Blueprint("figures", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)
    limiter.exempt(bp)


@bp.get("/metrics")
def metrics() -> Response:
    """Prometheus text; with VITRINE_METRICS_TOKEN set it wants `Authorization: Bearer <token>`."""
    known = settings()
    if known.metrics_token and not _is_known(known.metrics_token.split()):
        raise NotFound
    body = _gauges(read(known, clock.now())) + _requests()
    return Response(body, mimetype="text/plain; version=0.0.4")


def _is_known(tokens: list[str]) -> bool:
    """Whether the word that came with the request is one of ours; two while one is replaced."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    return any(hmac.compare_digest(token.encode(), given) for token in tokens)


def _gauges(figures: list[Figure]) -> bytes:
    registry, gauges = CollectorRegistry(), dict[str, Gauge]()
    for figure in figures:
        labels = dict(figure.labels)
        gauge = gauges.get(figure.name) or Gauge(
            figure.name, figure.help, list(labels), registry=registry
        )
        gauges[figure.name] = gauge
        (gauge.labels(**labels) if labels else gauge).set(figure.value)
    return generate_latest(registry)


def _requests() -> bytes:
    """What the processes of this machine have counted together, or this one alone."""
    if SHARED not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)

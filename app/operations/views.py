"""/metrics: figures for Prometheus."""

from __future__ import annotations

import hmac

from flask import Blueprint, Flask, Response, request

from app.operations.exposition import counted, gauges
from app.operations.gauges import read
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import NotFound
from app.platform.web.limits import limiter

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
    body = gauges(read(known, clock.now())) + counted()
    return Response(body, mimetype="text/plain; version=0.0.4")


def _is_known(tokens: list[str]) -> bool:
    """Whether the word that came with the request is one of ours; two while one is replaced."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ").encode()
    return any(hmac.compare_digest(token.encode(), given) for token in tokens)

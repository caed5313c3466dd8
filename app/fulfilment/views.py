"""The door of carriers' callbacks."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, jsonify, request

from app.fulfilment.carriers.base import Malformed, RejectedCallback
from app.fulfilment.carriers.registry import carrier_named
from app.fulfilment.commands import callbacks
from app.platform import clock
from app.platform.inbox.commands import MAX_BODY, TOO_LARGE, keep_rejected
from app.platform.web.bodies import first_bytes

bp = Blueprint("carrier_hooks", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.post("/hooks/logistics/<carrier>")
def create_callback(carrier: str) -> Response | tuple[Response, int]:
    """401 for a bad signature, 400 for a malformed body, 413 for too much; else its own answer."""
    known, headers = carrier_named(carrier), dict(request.headers)
    body = first_bytes(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        source = callbacks.SOURCE + carrier
        keep_rejected(source, TOO_LARGE, headers=headers, body=body, now=clock.now())
        return jsonify(error=TOO_LARGE), 413
    try:
        answer = callbacks.receive(carrier, headers=headers, body=body, now=clock.now())
    except RejectedCallback as error:
        refusal = known.acknowledge(ok=False)
        status = 400 if isinstance(error, Malformed) else 401
        return Response(refusal.body, status, mimetype=refusal.mimetype)
    return Response(answer.body, answer.status, mimetype=answer.mimetype)

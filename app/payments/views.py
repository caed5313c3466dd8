"""The door of payment providers' callbacks."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, jsonify, request

from app.payments.commands import callbacks
from app.payments.commands.attempts import gateway_named
from app.payments.gateways.base import MalformedEvent, RejectedCallback
from app.platform import clock
from app.platform.inbox.commands import MAX_BODY, keep_rejected

bp = Blueprint("payment_hooks", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.post("/hooks/payments/<gateway>")
def create_callback(gateway: str) -> Response | tuple[Response, int]:
    """401 for a bad signature, 400 for a malformed body, 413 for too much; else the receipt."""
    source, headers = f"payments/{gateway}", dict(request.headers)
    if (request.content_length or 0) > MAX_BODY:
        gateway_named(gateway)
        keep_rejected(source, "TooLarge", headers=headers, body=b"", now=clock.now())
        return jsonify(error="too_large"), 413
    body = request.get_data(cache=False)
    try:
        answer = callbacks.receive(gateway, headers=headers, body=body, now=clock.now())
    except RejectedCallback as error:
        return jsonify(error=type(error).__name__), 401
    except MalformedEvent as error:
        return jsonify(error=type(error).__name__), 400
    return Response(answer.body, answer.status, mimetype=answer.mimetype)

"""The door of payment providers' callbacks."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, jsonify, request

from app.payments.commands import callbacks
from app.payments.commands.attempts import gateway_named
from app.payments.gateways.base import MalformedEvent, RejectedCallback
from app.platform import clock
from app.platform.inbox.commands import MAX_BODY, TOO_LARGE, keep_rejected
from app.platform.web.bodies import first_bytes

bp = Blueprint("payment_hooks", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.post("/hooks/payments/<gateway>")
def create_callback(gateway: str) -> Response | tuple[Response, int]:
    """401 for a bad signature, 400 for a malformed body, 413 for too much; else the receipt."""
    source, headers = f"payments/{gateway}", dict(request.headers)
    gateway_named(gateway)
    body = first_bytes(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        keep_rejected(source, TOO_LARGE, headers=headers, body=body, now=clock.now())
        return jsonify(error=TOO_LARGE), 413
    try:
        answer = callbacks.receive(gateway, headers=headers, body=body, now=clock.now())
    except RejectedCallback as error:
        return jsonify(error=type(error).__name__), 401
    except MalformedEvent as error:
        return jsonify(error=type(error).__name__), 400
    return Response(answer.body, answer.status, mimetype=answer.mimetype)

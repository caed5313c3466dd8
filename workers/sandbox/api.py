"""The merchant's interface: `/v1`, JSON, one bearer key."""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable

from flask import Blueprint, Response, request

from workers.sandbox import parsing, payments, refunds, statement
from workers.sandbox import switches as switchboard
from workers.sandbox.errors import Refused
from workers.sandbox.idempotency import Call, Reply, once
from workers.sandbox.records import JsonObject, Payment, Refund
from workers.sandbox.session import Session, current_provider

api = Blueprint("api", __name__, url_prefix="/v1")


def carries_key() -> bool:
    """Whether the request has the merchant's bearer key."""
    expected = f"Bearer {current_provider().config.key}".encode()
    return hmac.compare_digest(request.headers.get("Authorization", "").encode(), expected)


@api.before_request
def admit() -> None:
    if not carries_key():
        raise Refused("unauthorized", "the bearer key is missing or wrong", 401)
    with current_provider().session() as session:
        if switchboard.current(session.connection).api_down:
            raise Refused("api_down", "the service is down", 503)


@api.post("/payments")
def create_payment() -> Response:
    new = parsing.new_payment(request.get_data())
    return _change(201, lambda session: payments.create(session, new))


@api.get("/payments")
def list_payments() -> Response:
    reference = parsing.reference(request.args)
    with current_provider().session() as session:
        found = payments.by_reference(session, reference)
        return _list(session, [session.shown(found)] if found else [])


@api.get("/payments/<payment_id>")
def show_payment(payment_id: str) -> Response:
    with current_provider().session() as session:
        return as_json(Reply.of(200, session.shown(payments.get(session, payment_id))))


@api.post("/payments/<payment_id>/cancel")
def cancel_payment(payment_id: str) -> Response:
    return _change(200, lambda session: payments.cancel(session, payment_id))


@api.post("/refunds")
def create_refund() -> Response:
    new = parsing.new_refund(request.get_data())
    return _change(201, lambda session: refunds.create(session, new))


@api.get("/refunds")
def list_refunds() -> Response:
    reference = parsing.reference(request.args)
    with current_provider().session() as session:
        found = refunds.by_reference(session, reference)
        return _list(session, [session.shown(found)] if found else [])


@api.get("/refunds/<refund_id>")
def show_refund(refund_id: str) -> Response:
    with current_provider().session() as session:
        return as_json(Reply.of(200, session.shown(refunds.get(session, refund_id))))


@api.get("/statement")
def show_statement() -> Response:
    start, end = parsing.window(request.args)
    with current_provider().session() as session:
        return _list(session, statement.lines(session, start, end))


def as_json(reply: Reply) -> Response:
    return Response(reply.body, status=reply.status, mimetype="application/json")


def _list(session: Session, found: list[JsonObject]) -> Response:
    return as_json(Reply.of(200, {"data": found, "at": session.second}))


def _change(status: int, act: Callable[[Session], Payment | Refund]) -> Response:
    """Act once per key, then let the switches spoil the answer, as a bad line would."""
    provider = current_provider()
    call = Call(request.path, request.get_data(), request.headers.get("Idempotency-Key"))

    def acted(session: Session) -> Reply:
        return Reply.of(status, session.shown(act(session)))

    with provider.session() as session:
        slow_seconds = switchboard.current(session.connection).api_slow_seconds
    reply = once(provider, call, acted, pause_seconds=slow_seconds)
    return as_json(_spoiled(reply))


def _spoiled(reply: Reply) -> Reply:
    with current_provider().session() as session:
        silence = switchboard.current(session.connection).api_timeout_seconds
        is_silent = switchboard.use_up(session.connection, "api_timeout")
        is_broken = not is_silent and switchboard.use_up(session.connection, "api_error")
    if is_silent:
        time.sleep(silence)
    if is_silent or is_broken:
        return Reply.of(500, {"error": {"code": "internal", "message": "something broke"}})
    return reply

"""The hand behind the provider: switches, shortcuts and the log of callbacks. For loopback only."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from dataclasses import asdict

from flask import Blueprint, Response, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from workers.sandbox import events, log, payments, refunds
from workers.sandbox import switches as switchboard
from workers.sandbox.api import as_json, carries_key
from workers.sandbox.errors import Refused
from workers.sandbox.idempotency import Reply
from workers.sandbox.pages import page
from workers.sandbox.records import Payment
from workers.sandbox.session import Session, current_provider
from workers.sandbox.switch_words import switch_words
from workers.sandbox.switches import Switches
from workers.sandbox.words import language

control = Blueprint("control", __name__)
_PAYMENT_ACTIONS: dict[str, Callable[[Session, str], Payment]] = {
    "pay": payments.capture,
    "decline": payments.decline,
    "expire": payments.expire,
}
_REFUND_OUTCOMES = {"succeed": "succeeded", "fail": "failed"}
_DELIVERIES_IN_LOG = 200
_DELIVERIES_ON_PAGE = 20


@control.before_request
def admit() -> None:
    """The same machine, or whoever has the merchant's key."""
    address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104
    if not address.is_loopback and not carries_key():
        raise Refused("forbidden", "switches are for the same machine", 403)


@control.get("/_switches")
def show_switches() -> AnyResponse:
    with current_provider().session() as session:
        switches = asdict(switchboard.current(session.connection))
    return _switches_page(switches) if _wants_page() else as_json(Reply.of(200, switches))


@control.post("/_switches")
def turn_switches() -> AnyResponse:
    """JSON: the switches named. Form: the whole page, where an unticked box is off."""
    given = request.get_json() if request.is_json else _form()
    if not isinstance(given, dict):
        raise Refused("invalid_switch", "the body is not a JSON object")
    try:
        with current_provider().session() as session:
            switches = switchboard.turn(session.connection, given)
            if not switches.reorder:
                events.release_held(session)
    except switchboard.BadSwitch as refusal:
        if request.is_json:
            raise
        return _switches_page(given, wrong=refusal.name)
    if request.is_json:
        return as_json(Reply.of(200, asdict(switches)))
    return _back_to_switches()


@control.post("/_switches/reset")
def reset_switches() -> AnyResponse:
    with current_provider().session() as session:
        switches = switchboard.reset(session.connection)
        events.release_held(session)
    return _back_to_switches() if _wants_page() else as_json(Reply.of(200, asdict(switches)))


@control.post("/_payments/<payment_id>/<any(pay, decline, expire):action>")
def act_on_payment(payment_id: str, action: str) -> Response:
    """What the button of the pay page does, or what time does."""
    with current_provider().session() as session:
        payment = _PAYMENT_ACTIONS[action](session, payment_id)
        return as_json(Reply.of(200, session.shown(payment)))


@control.post("/_refunds/<refund_id>/<any(succeed, fail):action>")
def act_on_refund(refund_id: str, action: str) -> Response:
    with current_provider().session() as session:
        refund = refunds.settle(session, refund_id, _REFUND_OUTCOMES[action])
        return as_json(Reply.of(200, session.shown(refund)))


@control.post("/_events/<event_id>/resend")
def resend_event(event_id: str) -> Response:
    with current_provider().session() as session:
        if not events.resend(session, event_id):
            raise Refused("not_found", "there is no such event", 404)
    return as_json(Reply.of(202, {"resent": event_id}))


@control.get("/_log")
def show_log() -> Response:
    with current_provider().session() as session:
        found = log.deliveries(session, _DELIVERIES_IN_LOG, request.args.get("reference"))
    return as_json(Reply.of(200, {"data": found}))


def _form() -> dict[str, object]:
    typed = request.form.to_dict()
    boxes = {name: name in typed for name, value in asdict(Switches()).items() if value is False}
    return {**typed, **boxes}


def _wants_page() -> bool:
    return request.accept_mimetypes.best_match(["application/json", "text/html"]) == "text/html"


def _switches_page(shown: dict[str, object], wrong: str | None = None) -> Response:
    with current_provider().session() as session:
        deliveries = log.deliveries(session, _DELIVERIES_ON_PAGE)
    return page(
        "switches.html",
        status=422 if wrong else 200,
        switches={name: _written(shown.get(name, off)) for name, off in asdict(Switches()).items()},
        wrong=wrong,
        choices=switchboard.CHOICES,
        meaning=switch_words(),
        deliveries=deliveries,
    )


def _written(value: object) -> object:
    return f"{value:g}" if isinstance(value, float) else value


def _back_to_switches() -> AnyResponse:
    return redirect(url_for("control.show_switches", lang=language()), 303)

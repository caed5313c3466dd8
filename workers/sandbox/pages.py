"""What the shopper sees: the pay page and how the payment ended."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, url_for

from workers.sandbox import clock, payments
from workers.sandbox import switches as switchboard
from workers.sandbox.errors import Refused
from workers.sandbox.records import Payment
from workers.sandbox.session import Provider, current_provider
from workers.sandbox.words import language, money, words

pages = Blueprint("pages", __name__)


@pages.get("/pay/<payment_id>")
def show(payment_id: str) -> Response:
    provider = current_provider()
    try:
        with provider.session() as session:
            payment = payments.get(session, payment_id)
            can_be_late = switchboard.current(session.connection).late_capture
    except Refused:
        return page("missing.html", status=404)
    is_open = payment.status == "pending" or (
        can_be_late and payment.status in {"expired", "cancelled"}
    )
    return page(
        "pay.html",
        returns_to=payment.return_url,
        payment=payment,
        is_open=is_open,
        merchant=provider.config.merchant,
        amount=money(payment.amount, payment.currency),
        minutes_left=max(0, round((payment.expires_at - clock.now()) / 60)),
    )


@pages.post("/pay/<payment_id>/pay")
def pay(payment_id: str) -> Response:
    provider = current_provider()
    try:
        with provider.session(callback_wait=_wait(provider)) as session:
            payment = payments.capture(session, payment_id)
    except Refused:
        return _see(payment_id)
    return _leave(payment)


@pages.post("/pay/<payment_id>/decline")
def decline(payment_id: str) -> Response:
    provider = current_provider()
    try:
        with provider.session(callback_wait=_wait(provider)) as session:
            payment = payments.decline(session, payment_id)
    except Refused:
        return _see(payment_id)
    return _leave(payment)


def page(template: str, *, status: int = 200, returns_to: str = "", **shown: object) -> Response:
    """A page that may send its forms only to itself and to the shop it came from."""
    response = make_response(
        render_template(template, words=words(), language=language(), **shown), status
    )
    origin = "{0.scheme}://{0.netloc}".format(urlsplit(returns_to)) if returns_to else ""
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none';"
        f" form-action 'self' {origin}".rstrip()
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _wait(provider: Provider) -> float:
    with provider.session() as session:
        return switchboard.current(session.connection).return_first_seconds


def _leave(payment: Payment) -> Response:
    """Back to the shop, which must find out for itself what happened."""
    return make_response(redirect(payment.return_url, 303))


def _see(payment_id: str) -> Response:
    target = url_for("pages.show", payment_id=payment_id, lang=language())
    return make_response(redirect(target, 303))

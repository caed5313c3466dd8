"""To be told when something that is gone can be had: an address, confirmed, told once."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.customers.addresses.email import UnusableEmail, check_email
from app.customers.queries import email_of
from app.platform import clock
from app.platform.i18n import current_locale
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor
from app.platform.web.limits import limiter
from app.wishes.commands import alerts as commands
from app.wishes.errors import CanBeHad
from app.wishes.queries import alerts as queries

bp = Blueprint("alerts", __name__)
LONGEST_EMAIL = 254
ASK = f"/tell-me/<int(max={2**63 - 1}):variant_id>"


@bp.get(ASK)
def show_form(variant_id: int) -> Response:
    actor = current_actor()
    known = email_of(actor.id) if actor.kind == "customer" and actor.id is not None else None
    return _form(variant_id, email=known or "")


@bp.post(ASK)
@limiter.limit("20/minute;100/day")
def create(variant_id: int) -> BaseResponse:
    """The answer is the same whether or not the address was known before."""
    typed = request.form.get("email", "")[:LONGEST_EMAIL].strip()
    try:
        email = check_email(typed)
        commands.ask(variant_id, email, current_locale(), actor=current_actor(), now=clock.now())
    except UnusableEmail as error:
        return _form(variant_id, email=typed, error=error.message, status=error.status)
    except CanBeHad as error:
        return _form(variant_id, email=typed, status=error.status)
    return see_other(url_for("alerts.show_form", variant_id=variant_id, sent=1))


@bp.get("/told/<token>")
def show(token: str) -> Response:
    alert = queries.by_token(token, now=clock.now())
    return _for_one(page("storefront/alert.html", alert=alert, robots="noindex"))


@bp.post("/told/<token>/confirmation")
def confirm(token: str) -> BaseResponse:
    """It was meant. A link that a mail program opens by itself confirms nothing."""
    commands.confirm(token, now=clock.now())
    return see_other(url_for("alerts.show", token=token))


@bp.post("/told/<token>/withdrawal")
def withdraw(token: str) -> BaseResponse:
    """Forget the address."""
    variant_id = queries.by_token(token, now=clock.now()).row.variant_id
    commands.withdraw(token)
    return see_other(url_for("alerts.show_form", variant_id=variant_id, forgotten=1))


@bp.get("/told/<token>/<any(confirmation, withdrawal):_answer>")
def show_instead(token: str, _answer: str) -> BaseResponse:
    """A reload of what answers a form leads to the page it was on."""
    return see_other(url_for("alerts.show", token=token))


def _form(variant_id: int, *, email: str, error: str = "", status: int = 200) -> Response:
    return _for_one(
        page(
            "storefront/alert_form.html",
            status=status,
            wanted=queries.wanted(variant_id, now=clock.now()),
            email=email,
            error=error or None,
            sent="sent" in request.args,
            forgotten="forgotten" in request.args,
            robots="noindex",
        )
    )


def _for_one(response: Response) -> Response:
    """Kept by nobody: it has somebody's own in it, and its address tells nobody where it led."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "same-origin"
    return response

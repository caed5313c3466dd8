"""To be reminded when a presale opens, is offered again or will close: an address, confirmed, told
once.
"""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.customers.addresses.email import UnusableEmail, check_email
from app.customers.queries import email_of
from app.platform import clock
from app.platform.configuration import settings
from app.platform.i18n import current_locale
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor
from app.platform.web.limits import limiter
from app.presale.commands import reminding
from app.presale.errors import NotNow
from app.presale.queries import reminders
from app.presale.queries.pages import CampaignView
from app.presale.rules.reminding import is_slept_through, occasion
from app.storefront.views.presales import campaign, for_one

bp = Blueprint("reminders", __name__)
LONGEST_EMAIL = 254


@bp.get("/pre/<slug>/reminder")
def show_form(slug: str) -> Response:
    view = campaign(slug)
    actor = current_actor()
    known = email_of(actor.id) if actor.kind == "customer" and actor.id is not None else None
    return _form(view, email=known or "")


@bp.post("/pre/<slug>/reminder")
@limiter.limit("20/minute")
def create(slug: str) -> BaseResponse:
    """The answer is the same whether or not the address was known before."""
    view = campaign(slug)
    typed = request.form.get("email", "")[:LONGEST_EMAIL].strip()
    try:
        email = check_email(typed)
    except UnusableEmail as error:
        return _form(view, email=typed, error=error.message, status=422)
    actor, now = current_actor(), clock.now()
    try:
        reminding.ask(
            view.campaign.id, email, current_locale(), stage=view.stage, actor=actor, now=now
        )
    except NotNow:
        return _form(view, email=typed, status=NotNow.status)
    return see_other(url_for("reminders.show_form", slug=slug, sent=1))


@bp.get("/again/<token>")
def show(token: str) -> Response:
    return for_one(
        page("storefront/reminder.html", reminder=reminders.by_token(token), robots="noindex")
    )


@bp.post("/again/<token>/confirmation")
def confirm(token: str) -> BaseResponse:
    """It was meant. A link that a mail program opens by itself confirms nothing."""
    reminding.confirm(token, now=clock.now())
    return see_other(url_for("reminders.show", token=token))


@bp.post("/again/<token>/withdrawal")
def withdraw(token: str) -> BaseResponse:
    """Forget the address."""
    path = reminders.by_token(token).campaign_path
    reminding.withdraw(token)
    return see_other(f"{path}/reminder?forgotten=1")


@bp.get("/again/<token>/<any(confirmation, withdrawal):_answer>")
def show_instead(token: str, _answer: str) -> BaseResponse:
    """A reload of what answers a form leads to the reminder."""
    return see_other(url_for("reminders.show", token=token))


def _form(view: CampaignView, *, email: str, error: str = "", status: int = 200) -> Response:
    campaign = view.campaign
    return for_one(
        page(
            "storefront/reminder_form.html",
            status=status,
            view=view,
            email=email,
            error=error or None,
            occasion=occasion(view.stage, closes_at=campaign.closes_at, now=clock.now()),
            is_slept_through=is_slept_through(
                campaign.opens_at, campaign.closes_at, settings().zone
            ),
            sent="sent" in request.args,
            forgotten="forgotten" in request.args,
            robots="noindex",
        )
    )

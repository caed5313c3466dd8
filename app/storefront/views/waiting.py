"""Waiting lists, draws and registered interest: what is asked for without paying anything."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.cart import commands as cart
from app.cart.commands import Wish
from app.cart.cookie import bag_key, remember
from app.cart.errors import BagFull
from app.checkout import commands as checkout
from app.checkout.errors import NothingToBuy, SomethingGone
from app.platform import clock
from app.platform.errors import DomainError
from app.platform.i18n import current_locale
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor
from app.platform.web.limits import limiter
from app.presale.commands import joining, waiting
from app.presale.commands.joining import Interest
from app.presale.commands.waiting import NewWish
from app.presale.errors import CampaignFull, LimitReached, NotOpen, OfferGone
from app.presale.queries import waiting as queries
from app.presale.queries.pages import CampaignView
from app.storefront.presale_form import JoinForm
from app.storefront.presale_page import Group, choices_of, kind_of
from app.storefront.presale_waiting import WaitingPage
from app.storefront.views.presales import (
    campaign,
    campaign_page,
    first_form,
    for_one,
    link_of,
)

bp = Blueprint("waiting", __name__)


@bp.post("/pre/<slug>/interests")
@limiter.limit("20/minute")
def create_interest(slug: str) -> BaseResponse:
    return express_interest(campaign(slug))


@bp.get("/pre/<slug>/interests")
def show_instead(slug: str) -> BaseResponse:
    """What answers a form is no page of its own: a reload leads to the presale."""
    return see_other(url_for("presales.show", slug=slug))


@bp.get("/pre/<slug>/waiting")
def show_list(slug: str) -> Response:
    return waiting_list(campaign(slug))


@bp.post("/pre/<slug>/waiting")
@limiter.limit("20/minute")
def create_wish(slug: str) -> BaseResponse:
    return wait(campaign(slug))


@bp.get("/w/<token>")
def show(token: str) -> Response:
    return _entry(token)


@bp.post("/w/<token>/acceptance")
def accept(token: str) -> BaseResponse:
    """Take the offered place: it goes into the bag, and checkout begins."""
    now = clock.now()
    place = queries.by_token(token, now=now)
    entry = place.entry
    if not place.is_offered(now):
        return _entry(token, failure=OfferGone(), status=OfferGone.status)
    wish = Wish(entry.sku_id, link_id=entry.link_id, waiting_id=entry.id, listed_id=entry.listed_id)
    try:
        key = cart.join(bag_key(), wish, entry.quantity, now=now)
    except (NotOpen, CampaignFull, BagFull):
        return _entry(token, failure=OfferGone(), status=OfferGone.status)
    try:
        checkout.begin(key, now=now)
    except (SomethingGone, NothingToBuy):
        return remember(see_other(url_for("bag.show")), key)
    return remember(see_other(url_for("checkout.show")), key)


@bp.post("/w/<token>/refusal")
def refuse(token: str) -> BaseResponse:
    """Turn the offer down: it passes on at once."""
    try:
        waiting.decline(token, now=clock.now())
    except OfferGone as error:
        return _entry(token, failure=error, status=error.status)
    return see_other(url_for("waiting.show", token=token))


@bp.post("/w/<token>/withdrawal")
def withdraw(token: str) -> BaseResponse:
    """Wait no more."""
    waiting.withdraw(token, now=clock.now())
    return see_other(url_for("waiting.show", token=token))


@bp.get("/w/<token>/<any(acceptance, refusal, withdrawal):_answer>")
def show_entry_instead(token: str, _answer: str) -> BaseResponse:
    """A reload of what answers a form leads to the place."""
    return see_other(url_for("waiting.show", token=token))


def express_interest(view: CampaignView, *, group: Group | None = None) -> BaseResponse:
    """Say that one would buy. The answer is the same whether or not one had said so before."""
    form = JoinForm.read(request.form)
    sku = form.person(view)
    if sku is None:
        return campaign_page(view, group=group, form=form, status=422)
    interest = Interest(
        sku.id, form.quantity, form.typed["name"], form.typed["email"], current_locale(),
        link_id=link_of(view, group), is_anonymous=form.is_anonymous,
        listed_id=group.listed_id if group else None,
    )  # fmt: skip
    try:
        joining.express_interest(view.campaign.id, interest, actor=current_actor(), now=clock.now())
    except (NotOpen, CampaignFull, LimitReached) as error:
        return campaign_page(view, group=group, form=form, failure=error, status=error.status)
    return see_other(url_for("presales.mine", slug=view.campaign.slug, registered=1))


def wait(view: CampaignView, *, group: Group | None = None) -> BaseResponse:
    """Wait for a place, or take part in a draw; a mail has the link to one's own place."""
    form = JoinForm.read(request.form)
    sku = form.person(view)
    if sku is None:
        return _refused(view, group, form)
    wish = NewWish(
        sku.id, form.quantity, form.typed["email"], current_locale(), form.typed["name"],
        link_id=link_of(view, group), listed_id=group.listed_id if group else None,
    )  # fmt: skip
    try:
        waiting.wish(view.campaign.id, wish, actor=current_actor(), now=clock.now())
    except (NotOpen, LimitReached) as error:
        return _refused(view, group, form, error)
    return see_other(url_for("waiting.show_list", slug=view.campaign.slug, sent=1))


def waiting_list(
    view: CampaignView,
    *,
    group: Group | None = None,
    form: JoinForm | None = None,
    failure: DomainError | None = None,
    status: int = 200,
) -> Response:
    """Where one asks for a place; the form goes by the group's link where one came through it."""
    return for_one(
        page(
            "storefront/waiting_list.html",
            status=status,
            view=view,
            path=group.path if group else view.path,
            query=group.listed.query if group and group.listed else "",
            choices=choices_of(view),
            form=form or first_form(group, request.args),
            failure=failure,
            sent="sent" in request.args,
            is_open=kind_of(view) in {"join", "draw", "full"},
            robots="noindex",
        )
    )


def _refused(
    view: CampaignView, group: Group | None, form: JoinForm, failure: DomainError | None = None
) -> Response:
    status = failure.status if failure else 422
    if kind_of(view) == "draw":
        return campaign_page(view, group=group, form=form, failure=failure, status=status)
    return waiting_list(view, group=group, form=form, failure=failure, status=status)


def _entry(token: str, *, failure: DomainError | None = None, status: int = 200) -> Response:
    now = clock.now()
    return for_one(
        page(
            "storefront/waiting_place.html",
            status=status,
            shown=WaitingPage.of(queries.by_token(token, now=now), now=now),
            failure=failure,
            robots="noindex",
        )
    )

"""Presales: the page everybody shares, what is one's own on it, and joining."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.cart import commands as cart
from app.cart.cookie import bag_key, remember
from app.cart.errors import BagFull
from app.checkout import commands as checkout
from app.checkout import queries as checkouts
from app.checkout.errors import NothingToBuy, SomethingGone
from app.checkout.queries import orders_of
from app.community import brought
from app.platform import clock, numbers
from app.platform.errors import DomainError, NotFound
from app.platform.i18n import gettext as _
from app.platform.rendering import public_url
from app.platform.web import moved, page, see_other, wants_fragment
from app.platform.web.actor import current_actor
from app.platform.web.calendars import Entry, calendar
from app.platform.web.sharing import shared
from app.presale.errors import CampaignFull, NotOpen
from app.presale.queries import own, pages, waiting
from app.presale.queries.pages import CampaignView
from app.storefront import presale_mine, structured
from app.storefront.frame import frame_of_request
from app.storefront.presale_card import card_of
from app.storefront.presale_form import JoinForm
from app.storefront.presale_page import Group, PresalePage, kind_of
from app.storefront.presale_waiting import WaitingPage
from app.storefront.presale_words import costs_of
from app.storefront.presenting import name_of_seller, one_of_presale
from app.storefront.reading import unit_asked

bp = Blueprint("presales", __name__)
PARTS = {
    "#ledger": "storefront/_presale_ledger.html",
    "#buying": "storefront/_presale_bar.html",
}


@bp.get("/pre/<slug>")
@shared
def show(slug: str) -> BaseResponse:
    """A changed address leads to the present one; forms of the old page still arrive."""
    view = campaign(slug)
    return campaign_page(view) if view.campaign.slug == slug else moved(view.path)


@bp.post("/pre/<slug>/joins")
def create_join(slug: str) -> BaseResponse:
    return join(campaign(slug))


@bp.get("/pre/<slug>/joins")
def show_instead(slug: str) -> BaseResponse:
    """What answers a form is no page of its own: a reload leads to the presale."""
    return see_other(url_for("presales.show", slug=slug))


@bp.get("/pre/<slug>/mine")
def mine(slug: str) -> Response:
    """One's own places: of the orders made in this browser, and of the account signed in."""
    view, actor = campaign(slug), current_actor()
    customer_id = actor.id if actor.kind == "customer" else None
    places = own.places(
        view.campaign,
        order_ids=orders_of(bag_key()),
        customer_id=customer_id,
    )
    response = page(
        "storefront/presale_mine.html",
        fragment="mine",
        view=view,
        places=presale_mine.mine(view, places, now=clock.now()),
        waiting=_waits(view, customer_id),
        registered="registered" in request.args,
        robots="noindex",
    )
    return for_one(response)


@bp.get("/pre/<slug>/opening.ics")
def opening(slug: str) -> Response:
    """The opening, for one's own calendar: a reminder that needs nobody's address."""
    view = campaign(slug)
    start = view.campaign.opens_at
    entry = Entry(
        uid=f"presale-{view.campaign.slug}@{request.host}",
        summary=_("Presale: %(title)s", title=view.title),
        text=public_url(view.path),
        url=public_url(view.path),
        starts_at=start,
        ends_at=start + timedelta(minutes=30),
        alarm=timedelta(minutes=10),
    )
    return calendar(entry, now=clock.now())


def campaign(slug: str) -> CampaignView:
    """A published campaign; a preview for its own team. Who asks matters only for a preview."""
    now = clock.now()
    try:
        return pages.shown(slug, None, now=now)
    except NotFound:
        actor = current_actor()
        if not actor.is_staff:
            raise
        return pages.shown(slug, actor, now=now)


def campaign_page(
    view: CampaignView,
    *,
    group: Group | None = None,
    form: JoinForm | None = None,
    failure: DomainError | None = None,
    status: int = 200,
) -> Response:
    """The page of a campaign, with the context of a group's link where there is one."""
    asked_for = request.args.get("kind")
    if asked_for is not None and wants_fragment() and asked_for != kind_of(view):
        return _fetch_anew()
    frame = frame_of_request()
    priced = one_of_presale(view, frame.facts.terms)
    shown = PresalePage.of(
        view,
        now=clock.now(),
        group=group,
        before=numbers.whole(request.args.get("before")),
        everybody="everybody" in request.args,
        unit=unit_asked(),
    )
    response = page(
        "storefront/presale.html",
        fragment="standing",
        partials=PARTS,
        status=status,
        shown=shown,
        costs=costs_of(view, priced),
        view=view,
        form=form or first_form(group),
        failure=failure,
        seller=name_of_seller(view.campaign.merchant_id, frame.sellers),
        canonical_url=public_url(view.path),
        description=shown.sentence,
        og=card_of(view, shown.path),
        structured_data=structured.presale(view, shown.story, priced),
        robots="noindex" if view.campaign.published_at is None else "",
    )
    is_everybodys = form is None and group is None and view.campaign.published_at is not None
    return response if is_everybodys else for_one(response)


def join(view: CampaignView, *, group: Group | None = None) -> BaseResponse:
    """Put a place into the bag and go on to checkout, or to the bag when that was pressed."""
    now, form = clock.now(), JoinForm.read(request.form)
    listed = group.listed if group is not None else None
    wish = form.wish(
        view, link_id=link_of(view, group), listed_id=listed.id if listed is not None else None
    )
    if wish is None:
        return campaign_page(view, group=group, form=form, status=422)
    try:
        sparing = checkouts.holder_for(bag_key())
        key = cart.join(bag_key(), wish, form.quantity, now=now, sparing=sparing)
    except (NotOpen, CampaignFull, BagFull) as error:
        return campaign_page(view, group=group, form=form, failure=error, status=error.status)
    if "bag" in request.form:
        return remember(see_other(url_for("bag.show")), key)
    return to_checkout(key, name=listed.name if listed is not None else "")


def to_checkout(key: str | None, *, name: str = "") -> BaseResponse:
    """On to the form, with this name in it, or to the bag when something of it is gone."""
    if key is None:
        return see_other(url_for("bag.show"))
    try:
        checkout.begin(key, now=clock.now(), name=name)
    except (SomethingGone, NothingToBuy):
        return remember(see_other(url_for("bag.show")), key)
    return remember(see_other(url_for("checkout.show")), key)


def first_form(group: Group | None, asked: Mapping[str, str] | None = None) -> JoinForm:
    """The form before anything is typed: what is asked for, or what a chat list says already."""
    listed = group.listed if group is not None else None
    said = {"name": listed.name} if listed is not None else {}
    if listed is not None and listed.items:
        sku_id, units = listed.items[0]
        said |= {"sku": str(sku_id), "quantity": str(units)}
    return JoinForm.read({**said, **(asked or {})})


def link_of(view: CampaignView, group: Group | None) -> int | None:
    """The link somebody joins through: the one of the page, else the last they came by."""
    if group is not None:
        return group.link_id
    return brought.link_of(view.campaign.id, now=clock.now())


def for_one(response: Response) -> Response:
    """Kept by nobody: it has somebody's own in it."""
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _waits(view: CampaignView, customer_id: int | None) -> list[WaitingPage]:
    now = clock.now()
    if customer_id is None:
        return []
    found = waiting.of_customer(view.campaign.id, customer_id, now=now)
    return [WaitingPage.of(one, now=now) for one in found]


def _fetch_anew() -> Response:
    """Another form belongs there now: let the browser load the page once more."""
    response = Response(status=200)
    response.headers["HX-Refresh"] = "true"
    return response

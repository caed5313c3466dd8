"""Home, collections and the whole shop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.catalog.queries import cards, pages
from app.catalog.queries.listing.asking import Asked, Moment, Scope
from app.catalog.queries.listing.counting import Counts, counted
from app.catalog.queries.listing.rules import pinned
from app.catalog.sizing import BANDS
from app.platform import clock
from app.platform.errors import NotFound
from app.platform.i18n import gettext as _
from app.platform.rendering import public_url
from app.platform.web import moved, page
from app.platform.web.actor import requires
from app.platform.web.sharing import shared
from app.shop import home as home_pages
from app.shop.arranging import PERMISSION
from app.storefront import front_page, structured
from app.storefront.fitting import body_of_request
from app.storefront.frame import frame_of_request
from app.storefront.listing import shown
from app.storefront.listing.address import Address, read
from app.storefront.listing.facets import band_label

bp = Blueprint("browse", __name__)
MOST_PINNED = 12
"""What was put by hand into a collection with a rule stands before the rest."""
EVERYTHING = "all"
"""The address of the whole shop, unless a collection is called so."""


@bp.get("/")
@shared
def home() -> Response:
    return _home(home_pages.published())


@bp.get("/preview")
@requires(PERMISSION)
def preview() -> Response:
    """The home page as it is being arranged, for those who arrange it."""
    response = _home(home_pages.draft(), is_draft=True)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _home(version: home_pages.Home, *, is_draft: bool = False) -> Response:
    now = clock.now()
    description = _("One-of-a-kind vintage, measured and described honestly; small presales.")
    shown, stamp = front_page.blocks(version.sections, now=now)
    counts = in_stock(now, stamp)
    newest = [card for block in shown for card in ((block.card,) if block.card else block.cards)]
    return page(
        "storefront/home.html",
        blocks=shown,
        collections=frame_of_request().collections,
        count=counts.total,
        bands=bands(counts),
        everything=f"/c/{EVERYTHING}",
        is_draft=is_draft,
        robots="noindex" if is_draft else "",
        canonical_url=public_url("/"),
        og=_card(frame_of_request().name, description, newest),
        description=description,
        structured_data=structured.home(newest),
    )


@bp.get("/c/<slug>")
@shared
def collection(slug: str) -> BaseResponse:
    """A changed address leads to the present one."""
    found = _collection(slug)
    if found.slug != slug:
        return moved(pages.collection_path(found.slug))
    address = read(pages.collection_path(slug), request.args, body=body_of_request)
    elsewhere = shown.elsewhere(address)
    if elsewhere:
        return elsewhere
    listed = shown.listing(address, _scope(found), leading=found.leading, now=clock.now())
    return shown.respond(
        "storefront/collection.html",
        listed,
        title=found.title,
        text=found.description,
        og=_card(found.title, found.description, listed.cards),
        description=found.description,
        structured_data=structured.collection(found.title, address.path, listed.cards),
    )


def in_stock(now: datetime, stamp: str = "") -> Counts:
    """What can be bought in the whole shop, counted."""
    return counted(Scope(), Asked(stock=("in",)), moment=Moment.of(now), stamp=stamp)[0]


def bands(counts: Counts) -> list[tuple[str, str, int]]:
    """Address, name and number of each chest size of which there is something."""
    everything = Address(f"/c/{EVERYTHING}")
    return [
        (str(everything.with_value("size", key)), band_label(band), counts.of("size")[key])
        for key, band in BANDS.items()
        if band.part == "chest" and counts.of("size").get(key)
    ]


def _scope(found: pages.LiveCollection) -> Scope:
    pins = pinned(found.id, MOST_PINNED) if found.id is not None and found.is_ruled else ()
    return Scope(collection_id=found.id, is_small=found.is_small, first=tuple(pins))


def _collection(slug: str) -> pages.LiveCollection:
    try:
        return pages.live_collection(slug)
    except NotFound:
        if slug != EVERYTHING:
            raise
    return pages.LiveCollection(None, EVERYTHING, _("All pieces"), "", ("garment", "era"))


def _card(title: str, description: str, shown: Sequence[cards.Card]) -> dict[str, str]:
    """What a chat shows of the address: the first piece stands for the rest."""
    image = next((card.image.full for card in shown if card.image), None)
    return {
        "title": title,
        "description": description[:160],
        "image": public_url(image) if image else "",
    }

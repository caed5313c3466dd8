"""Home and collections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.catalog.queries import cards, pages, sizes
from app.platform import clock
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.rendering import public_url
from app.platform.web import moved, page
from app.presale.queries import listing
from app.storefront import structured
from app.storefront.frame import frame_of_request
from app.storefront.presale_marks import marked, marked_page
from app.storefront.presenting import band_label
from app.storefront.reading import pages_asked

bp = Blueprint("browse", __name__)
HOME_CARDS = 8
HOME_PRESALES = 3


@bp.get("/")
def home() -> Response:
    now = clock.now()
    description = _("One-of-a-kind vintage, measured and described honestly; small presales.")
    found, count = cards.newest_and_count(HOME_CARDS + 1, now=now)
    newest = [replace(card, is_new=False) for card in marked(found, now=now)]
    return page(
        "storefront/home.html",
        hero=newest[0] if newest else None,
        newest=newest[1:] or newest,
        presales=listing.running(HOME_PRESALES, now=now),
        collections=frame_of_request().collections,
        count=count,
        bands=[(one, band_label(one)) for one in sizes.counted() if one.count],
        canonical_url=public_url("/"),
        og=_card(frame_of_request().name, description, newest),
        description=description,
        structured_data=structured.home(newest),
    )


@bp.get("/c/<slug>")
def collection(slug: str) -> BaseResponse:
    """A changed address leads to the present one."""
    found = pages.live_collection(slug)
    if found.slug != slug:
        return moved(pages.collection_path(found.slug))
    sort = request.args.get("sort", "new")
    sort = sort if sort in cards.SORTS else "new"
    with_sold = request.args.get("sold", "1") != "0"
    now = clock.now()
    found_cards = cards.listing(
        now=now, collection_id=found.id, sort=sort, pages=pages_asked(), with_sold=with_sold
    )
    shown = marked_page(found_cards, now=now)
    title = pick(found.title)
    path = pages.collection_path(slug)
    description = pick(found.description)
    return page(
        "storefront/collection.html",
        slug=slug,
        title=title,
        text=description,
        listing=shown,
        sort=sort,
        with_sold=with_sold,
        canonical_url=public_url(path),
        og=_card(title, description, shown.cards),
        description=description,
        structured_data=structured.collection(title, path, shown.cards),
    )


def _card(title: str, description: str, shown: Sequence[cards.Card]) -> dict[str, str]:
    """What a chat shows of the address: the first piece stands for the rest."""
    image = next((card.image.full for card in shown if card.image), None)
    return {
        "title": title,
        "description": description[:160],
        "image": public_url(image) if image else "",
    }

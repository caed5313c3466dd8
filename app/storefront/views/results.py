"""Search: results, pieces of a size, and what is suggested while somebody types."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from flask import Blueprint, Response, request

from app.catalog.queries import cards, sizes
from app.platform import clock
from app.platform.errors import Unavailable
from app.platform.web import fragment_only, page
from app.platform.web.limits import limiter
from app.search import queries
from app.search.backend import SearchResult
from app.search.commands import misses
from app.storefront.frame import frame_of_request
from app.storefront.looking import look
from app.storefront.presale_marks import marked, marked_page
from app.storefront.presenting import band_label
from app.storefront.reading import pages_asked
from app.storefront.suggesting import suggestions

bp = Blueprint("search", __name__)
LONGEST_QUERY = 100
Collection = tuple[int, str, str, str]
"""As `cards.collections` has them."""


@bp.get("/search")
@limiter.limit("120/minute")
def results() -> Response:
    band = sizes.band(request.args.get("chest", ""))
    if band is not None:
        return _of_size(band)
    text = _asked()
    pages = pages_asked()
    now = clock.now()
    within = _collection_asked()
    found = _found(text, pages, within) if text else SearchResult()
    if text and not within and not found.did_you_mean and (found.loosened or not found.total):
        _note_miss(text, now)
    shown = marked(cards.cards(cards.visible_ids(found.ids), now=now), now=now)
    return page(
        "storefront/search.html",
        text=text,
        cards=shown,
        total=found.total,
        number=pages[-1],
        page_size=cards.PAGE_SIZE,
        did_you_mean=found.did_you_mean,
        meant=look(found.did_you_mean, limit=1).total if found.did_you_mean else 0,
        loosened=found.loosened,
        within=within,
        collections=frame_of_request().collections,
        newest=[] if shown else cards.newest(4, now=now),
        bands=[] if text else [(one, band_label(one)) for one in sizes.counted() if one.count],
        robots="noindex",
    )


@bp.get("/search/suggest")
@limiter.limit("300/minute")
def suggest() -> Response:
    text = _asked()
    if not text:
        return fragment_only("storefront/suggest_first.html", hot=queries.hot_words())
    rows = suggestions(text)
    now = clock.now()
    pieces = marked(cards.cards(rows.piece_ids, now=now), now=now)
    return fragment_only("storefront/suggest.html", rows=rows, pieces=pieces)


def _of_size(band: sizes.Band) -> Response:
    now = clock.now()
    return page(
        "storefront/size.html",
        band=band,
        label=band_label(band),
        others=[(one, band_label(one)) for one in sizes.BANDS],
        listing=marked_page(sizes.listing(band, pages=pages_asked(), now=now), now=now),
        robots="noindex",
    )


def _asked() -> str:
    return " ".join(request.args.get("q", "").split())[:LONGEST_QUERY]


def _collection_asked() -> Collection | None:
    """`?in=` is the slug of a listed collection; another one asks nothing."""
    asked = request.args.get("in", "")
    return next((one for one in frame_of_request().collections if asked and one[1] == asked), None)


def _found(text: str, pages: range, within: Collection | None) -> SearchResult:
    limit, offset = cards.PAGE_SIZE * len(pages), (pages[0] - 1) * cards.PAGE_SIZE
    return look(text, limit=limit, offset=offset, within=within[1] if within else "")


def _note_miss(text: str, now: datetime) -> None:
    """The list of what was not found is worth less than an answer: a busy database may skip it."""
    with suppress(Unavailable):
        misses.note_miss(text, now=now)

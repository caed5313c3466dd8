"""Search: results, and what is suggested while somebody types."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from app.catalog.queries import cards
from app.catalog.queries.listing.asking import Asked, Scope
from app.catalog.queries.navigation import Listed
from app.catalog.sizing import BANDS, band_for
from app.platform import clock, numbers
from app.platform.errors import Unavailable
from app.platform.web import fragment_only, page
from app.platform.web.limits import limiter
from app.search import queries
from app.search.backend import MOST_RESULTS, SearchResult
from app.search.commands import misses
from app.storefront.fitting import body_of_request
from app.storefront.frame import frame_of_request
from app.storefront.listing import shown
from app.storefront.listing.address import RELEVANCE, Address, read
from app.storefront.looking import look
from app.storefront.presale_marks import marked
from app.storefront.suggesting import suggestions
from app.storefront.views.browse import EVERYTHING, bands, in_stock

bp = Blueprint("search", __name__)
LONGEST_QUERY = 100
LARGEST_SIZE = 1000


@bp.get("/search")
@limiter.limit("120/minute")
def results() -> BaseResponse:
    size = _size_asked()
    if size is not None:
        return redirect(str(Address(f"/c/{EVERYTHING}", Asked(size=(size,)))), 301)
    text = _asked()
    return _found(text) if text else _nothing_asked()


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


def _found(text: str) -> BaseResponse:
    within = _collection_asked()
    fixed = [("q", text), *([("in", within[1])] if within else [])]
    address = read("/search", request.args, fixed=fixed, usual_sort=RELEVANCE, body=body_of_request)
    elsewhere = shown.elsewhere(address)
    if elsewhere:
        return elsewhere
    now = clock.now()
    found = look(text, limit=MOST_RESULTS, within=within[1] if within else "")
    if not within and not found.did_you_mean and (found.loosened or not found.total):
        _note_miss(text, now)
    listed = shown.listing(address, Scope(ids=found.ids), now=now)
    return shown.respond(
        "storefront/search.html", listed, **_around(text, found, within, is_empty=not listed.cards)
    )


def _nothing_asked() -> Response:
    context = _around("", SearchResult(), None, is_empty=True)
    return page("storefront/search.html", listing=None, robots="noindex", **context)


def _around(
    text: str, found: SearchResult, within: Listed | None, *, is_empty: bool
) -> dict[str, Any]:
    """What stands around the results: what was meant, and ways on when there are none."""
    meant = found.did_you_mean
    is_dead_end = is_empty and not found.total
    return {
        "text": text,
        "did_you_mean": meant,
        "meant": look(meant, limit=1).total if meant else 0,
        "loosened": found.loosened,
        "within": within,
        "collections": frame_of_request().collections,
        "is_dead_end": is_dead_end,
        "newest": cards.newest(4, now=clock.now()) if is_dead_end else [],
        "bands": [] if text else bands(in_stock(clock.now())),
    }


def _asked() -> str:
    return " ".join(request.args.get("q", "").split())[:LONGEST_QUERY]


def _collection_asked() -> Listed | None:
    """`?in=` is the slug of a listed collection; another one asks nothing."""
    asked = request.args.get("in", "")
    return next((one for one in frame_of_request().collections if asked and one[1] == asked), None)


def _size_asked() -> str | None:
    """The size an older address names, be it whole (`chest=96-104`) or by one in it (`100`)."""
    asked = request.args.get("chest", "")
    if f"chest-{asked}" in BANDS:
        return f"chest-{asked}"
    size = numbers.whole(asked)
    band = band_for("chest", size * 10) if size and size < LARGEST_SIZE else None
    return band.key if band else None


def _note_miss(text: str, now: datetime) -> None:
    """The list of what was not found is worth less than an answer: a busy database may skip it."""
    with suppress(Unavailable):
        misses.note_miss(text, now=now)

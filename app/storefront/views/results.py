"""Search: results and suggestions. While the index is away the database answers, less cleverly."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from flask import Blueprint, Response, request

from app.catalog.queries import cards, sizes
from app.platform import clock
from app.platform.errors import Unavailable
from app.platform.web import fragment_only, page
from app.platform.web.limits import limiter
from app.search import index, queries
from app.search.backend import SearchResult
from app.search.commands import misses
from app.search.errors import IndexUnavailable
from app.storefront.frame import frame_of_request
from app.storefront.presale_marks import marked, marked_page
from app.storefront.presenting import band_label
from app.storefront.reading import pages_asked

bp = Blueprint("search", __name__)
LONGEST_QUERY = 100
SUGGESTED_PIECES = 3
FROM_DATABASE = 60


@bp.get("/search")
@limiter.limit("120/minute")
def results() -> Response:
    band = sizes.band(request.args.get("chest", ""))
    if band is not None:
        return _of_size(band)
    text = _asked()
    pages = pages_asked()
    now = clock.now()
    found = _found(text, pages) if text else SearchResult()
    if text and not found.did_you_mean and (found.loosened or not found.total):
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
        loosened=found.loosened,
        collections=frame_of_request().collections,
        newest=[] if shown else cards.newest(4, now=now),
        bands=[] if text else [(one, band_label(one)) for one in sizes.counted() if one.count],
        robots="noindex",
    )


@bp.get("/search/suggest")
@limiter.limit("300/minute")
def suggest() -> Response:
    text = _asked()
    words: list[str] = []
    pieces: list[cards.Card] = []
    if text:
        words = _suggested(text)
        found = _found(text, cards.PAGE_ONE)
        ids = cards.visible_ids(found.ids)[:SUGGESTED_PIECES]
        now = clock.now()
        pieces = marked(cards.cards(ids, now=now), now=now)
    return fragment_only("storefront/suggest.html", text=text, words=words, pieces=pieces)


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


def _found(text: str, pages: range) -> SearchResult:
    limit, offset = cards.PAGE_SIZE * len(pages), (pages[0] - 1) * cards.PAGE_SIZE
    try:
        return queries.found(text, limit=limit, offset=offset)
    except IndexUnavailable:
        ids = cards.found_by_text(text, FROM_DATABASE)
        return SearchResult(tuple(ids[offset : offset + limit]), len(ids))


def _note_miss(text: str, now: datetime) -> None:
    """The list of what was not found is worth less than an answer: a busy database may skip it."""
    with suppress(Unavailable):
        misses.note_miss(text, now=now)


def _suggested(text: str) -> list[str]:
    try:
        return list(index.backend().suggest(text))[:4]
    except IndexUnavailable:
        return []

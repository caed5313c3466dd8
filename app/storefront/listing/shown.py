"""A list put together for its page: cards, filters with their counts, and the ways on and out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import Response, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.catalog.fitting import fits
from app.catalog.queries.cards import Card, cards
from app.catalog.queries.listing import counting, paging
from app.catalog.queries.listing.asking import EVERYTHING, Moment, Scope
from app.catalog.queries.listing.counting import Counts
from app.catalog.queries.listing.paging import Key, Window
from app.platform.configuration import settings
from app.platform.i18n import LANGUAGES, current_locale
from app.platform.i18n import gettext as _
from app.platform.money import currency_sign
from app.platform.rendering import public_url
from app.platform.web import is_picked_from, page, see_other, wants_fragment
from app.presale.queries.in_presale import joinable_products
from app.storefront.listing import facets
from app.storefront.listing.address import FITS, RELEVANCE, Address, is_as_written
from app.storefront.presale_marks import marked

MOST_WAYS_OUT = 4


@dataclass(frozen=True, slots=True)
class Listing:
    """What the templates of `storefront/_listing.html` show."""

    address: Address
    cards: Sequence[Card]
    counts: Counts
    window: Window
    groups: Sequence[facets.Group]
    chips: Sequence[facets.Option]
    applied: Sequence[facets.Chip]
    ways_out: Sequence[facets.Chip]
    prices: Mapping[str, Any]

    @property
    def total(self) -> int:
        return self.counts.total

    @property
    def more(self) -> str:
        """The address of the next page, or nothing at the end."""
        return str(replace(self.address, after=self.window.more)) if self.window.more else ""

    @property
    def clear(self) -> str:
        return str(self.address.asking(EVERYTHING))

    @property
    def start(self) -> str:
        return str(replace(self.address, after=""))

    @property
    def sorts(self) -> list[tuple[str, str]]:
        """The orders there are, each with its name."""
        best = [(RELEVANCE, _("Best match"))] if self.address.usual_sort == RELEVANCE else []
        return [
            *best,
            ("new", _("Newest first")),
            ("price_up", _("Price, low first")),
            ("price_down", _("Price, high first")),
        ]

    @property
    def low(self) -> str:
        return dict(self.address.pairs).get("min", "")

    @property
    def high(self) -> str:
        return dict(self.address.pairs).get("max", "")

    @property
    def currency(self) -> str:
        """The sign before an amount."""
        return currency_sign(settings().currency, current_locale())

    @property
    def robots(self) -> str:
        return "noindex" if self.address.is_deep else ""


def elsewhere(address: Address) -> BaseResponse | None:
    """A redirect to the list's own address, for whoever came by another; htmx is told below.

    Who wants what fits them, and has not said their measurements, is asked for them first.
    """
    if request.args.get("fits") == FITS[1] and address.asked.body is None:
        return see_other(url_for("fitting.show", next=request.full_path))
    if wants_fragment() or is_picked_from() or is_as_written(address, request.args):
        return None
    asked = request.args.get("lang", "")
    joint = "&" if "?" in str(address) else "?"
    return redirect(f"{address}{joint}lang={asked}" if asked in LANGUAGES else str(address), 302)


def listing(
    address: Address, scope: Scope, *, leading: Sequence[str] = (), now: datetime
) -> Listing:
    """The page that the address asks for. A fixed number of queries, whatever there is."""
    moment = Moment.of(now)
    scope = replace(scope, coming=joinable_products(now=now))
    base, counts = counting.counted(scope, EVERYTHING, address.asked, moment=moment)
    window = _window(address, scope, moment)
    lead = tuple(leading) or facets.USUAL_LEAD
    shown = facets.groups(address, base, counts, lead)
    is_dead_end = not counts.total and address.asked.count > 0
    return Listing(
        address=address,
        cards=_cards(window, address, now),
        counts=counts,
        window=window,
        groups=shown,
        chips=facets.leading_chips(shown, lead),
        applied=facets.applied(address),
        ways_out=_ways_out(address, scope, moment) if is_dead_end else (),
        prices=facets.price_columns(base),
    )


def respond(template: str, listed: Listing, **context: Any) -> Response:
    """The whole page, or the results and the counts of its filters for htmx."""
    response = page(
        template,
        fragment="results",
        partials={
            "#facets": "storefront/_facets.html",
            "#filters-foot": "storefront/_filters_foot.html",
            "#filters-open": "storefront/_filters_open.html",
        },
        listing=listed,
        canonical_url=public_url(listed.address.canonical),
        robots=listed.robots,
        **context,
    )
    if wants_fragment():
        response.headers["HX-Push-Url"] = str(listed.address)
    if listed.address.asked.body is not None:
        response.headers["Cache-Control"] = "private, no-store"
    return response


def _cards(window: Window, address: Address, now: datetime) -> Sequence[Card]:
    found = marked(cards(window.ids, now=now), now=now)
    body = address.asked.body
    return [replace(card, fits_you=fits(body, card.bodies)) for card in found] if body else found


def _window(address: Address, scope: Scope, moment: Moment) -> Window:
    after = Key.parse(address.after)
    alone = is_picked_from()
    if address.sort == RELEVANCE:
        return paging.ranked(scope, address.asked, after, alone=alone, moment=moment)
    if address.canonical != address.path or address.sort != address.usual_sort:
        scope = replace(scope, first=())
    first = paging.shown_first(scope, moment)
    found = paging.window(scope, address.asked, address.sort, after, alone=alone, moment=moment)
    shown = found.ids if after or alone else (*first, *found.ids)
    return replace(found, ids=shown, seen=found.seen + len(first))


def _ways_out(address: Address, scope: Scope, moment: Moment) -> list[facets.Chip]:
    """What would be found with one filter less, most first."""
    ways = facets.ways_out(address)[:MOST_WAYS_OUT]
    found = counting.counted(scope, *(asked for _chip, asked in ways), moment=moment)
    chips = [
        replace(chip, count=counts.total)
        for (chip, _asked), counts in zip(ways, found, strict=True)
        if counts.total
    ]
    return sorted(chips, key=lambda chip: -(chip.count or 0))

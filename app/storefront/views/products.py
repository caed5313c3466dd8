"""One product."""

from __future__ import annotations

import re

from flask import Blueprint, Response, abort, request
from werkzeug.wrappers import Response as BaseResponse

from app.cart import delivery
from app.catalog.fitting import bodies, said
from app.catalog.queries import cards, pages
from app.catalog.rules import DRAWINGS
from app.platform import clock
from app.platform.i18n import sentences
from app.platform.rendering import public_url
from app.platform.web import moved, page
from app.platform.web.language import ONE_YEAR
from app.platform.web.sharing import shared
from app.presale.queries.in_presale import presales_of
from app.reviews.queries import published, summary
from app.reviews.words import FITS, VERDICTS
from app.storefront import structured
from app.storefront.frame import frame_of_request
from app.storefront.presale_marks import gone, marked_by
from app.storefront.presenting import facts_of, measurement_rows, one_of, seller_of, trail_of
from app.storefront.reading import UNITS, unit

bp = Blueprint("products", __name__)
SHOWN_REVIEWS = 5
_NUMBER = re.compile(r"(\d{1,9})(?:-.*)?\Z")


@bp.get("/i/<path:address>")
@shared
def product(address: str) -> BaseResponse:
    """`/i/0427-levis-jacket`; a changed or missing slug leads to the present one."""
    matched = _NUMBER.match(address)
    if matched is None:
        abort(404)
    now = clock.now()
    view = pages.live_product(int(matched.group(1)), now=now)
    if request.path != view.path:
        return moved(view.path)
    chosen, frame = unit(), frame_of_request()
    priced = one_of(view, frame.facts.terms)
    alike = cards.like(view.id, 4, now=now)
    presales = presales_of([view.id, *gone(alike)], now=now)
    presale = presales.get(view.id)
    reviewed = summary(view.id)
    response: Response = page(
        "storefront/product.html",
        fragment="buying",
        view=view,
        unit=chosen,
        facts=facts_of(view),
        rows=measurement_rows(view, chosen),
        made_for=said(bodies(view.garment, dict(view.piece.measurements if view.piece else ()))),
        drawing=DRAWINGS.get(view.garment, "coat"),
        delivery=sentences(delivery.said(priced), delivery.tax_said(priced)),
        trail=trail_of(view),
        seller=seller_of(view, frame.sellers),
        presale=presale,
        unchosen="unchosen" in request.args,
        reviews_summary=reviewed,
        reviews=published(view.id, limit=SHOWN_REVIEWS) if reviewed.count else (),
        fits=FITS,
        verdicts=VERDICTS,
        similar=marked_by(presales, alike),
        canonical_url=public_url(view.path),
        description=view.story[:160],
        og={
            "title": view.title,
            "description": view.story[:160],
            "type": "product",
            "image": public_url(view.pictures[0].full) if view.pictures else "",
        },
        structured_data=structured.product(view, priced, presale, reviews=reviewed),
    )
    if request.args.get("unit") in UNITS:
        response.set_cookie("unit", chosen, max_age=ONE_YEAR, samesite="Lax", httponly=True)
    return response

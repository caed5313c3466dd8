"""What other places list of the shop."""

from __future__ import annotations

from flask import Blueprint, Response, request
from flask.globals import app_ctx

from app.catalog.queries import feed
from app.platform import clock
from app.platform.i18n import current_locale
from app.platform.web.language import keep_choice
from app.platform.web.limits import limiter
from app.storefront import feeds

bp = Blueprint("feeds", __name__)


@bp.get("/feeds/google.xml")
@limiter.limit("10/minute")
def google() -> Response:
    """`?lang=` chooses the language, `?country=` where it is read, at home if it is not said.

    Sent as it is written, so that its length costs no memory. What is held, what is held no longer
    and a change of taxes leave no date of their own: only the mark tells whether it is the same.
    """
    keep_choice()
    now, language = clock.now(), current_locale()
    market = feeds.market(request.args.get("country", "").upper())
    response = Response(mimetype="application/rss+xml")
    response.set_etag(f"{feed.mark(now=now)}-{language}-{market.mark}")
    response.headers["Cache-Control"] = "public, no-cache"
    response.vary.update(("Accept-Language", "Cookie"))
    response.make_conditional(request)
    if response.status_code == 200 and request.method == "GET":  # noqa: PLR2004
        response.response = feeds.google(app_ctx.app, language, market, now=now)
    return response

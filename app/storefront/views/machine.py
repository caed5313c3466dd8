"""What machines read: sitemap and robots."""

from __future__ import annotations

from flask import Blueprint, Response, render_template

from app.catalog.queries import pages
from app.platform.rendering import public_url
from app.presale.queries import listing
from app.storefront.frame import frame_of_request

bp = Blueprint("machine", __name__)
MOST_ADDRESSES = 50_000
"""The limit of one file: https://www.sitemaps.org/protocol.html"""


@bp.get("/sitemap.xml")
def sitemap() -> Response:
    others = [public_url("/help"), public_url("/c/all")]
    others += [
        public_url(f"/c/{slug}") for _id, slug, _title, _text in frame_of_request().collections
    ]
    others += [public_url(path) for path in listing.public_paths()[: MOST_ADDRESSES // 2]]
    live = pages.live_paths(limit=MOST_ADDRESSES - len(others) - 1)
    xml = render_template(
        "storefront/sitemap.xml",
        home=public_url("/"),
        others=others,
        addresses=[(public_url(path), changed_at) for path, changed_at in live],
    )
    return Response(xml, mimetype="application/xml")


@bp.get("/robots.txt")
def robots() -> Response:
    closed = (
        "/admin",
        "/bag",
        "/checkout",
        "/o/",
        "/b/",
        "/w/",
        "/told/",
        "/tell-me/",
        "/wishes",
        "/reviews/",
        "/me",
        "/login",
        "/hooks/",
        "/search",
    )
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines.append(f"Sitemap: {public_url('/sitemap.xml')}")
    return Response("\n".join(lines) + "\n", mimetype="text/plain")

"""Pictures to share: posters of a group's link, and the cards that chats show beside addresses."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request

from app.community.pictures import Kind, Shape, facts_of, picture
from app.community.queries.attribution import SharedLink, shared_link
from app.platform import clock
from app.platform.errors import NotFound
from app.platform.ids import heard_code
from app.platform.web.language import keep_choice
from app.presale.queries import pages

bp = Blueprint("pictures", __name__)
TYPES: dict[Kind, str] = {"png": "image/png", "jpg": "image/jpeg"}


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/g/<code>/<any(poster, square, small, card):shape>.<any(png, jpg):kind>")
def of_link(code: str, shape: Shape, kind: Kind) -> Response:
    """`?lang=` chooses the language of the picture, not that of who looks at it."""
    link = shared_link([heard_code(code)])
    if link is None or link.is_revoked:
        raise NotFound
    return _sent(pages.by_id(link.campaign_id, now=clock.now()), link, shape, kind)


@bp.get("/pre/<slug>/card.jpg")
def of_campaign(slug: str) -> Response:
    return _sent(pages.shown(slug, None, now=clock.now()), None, "card", "jpg")


def _sent(view: pages.CampaignView, link: SharedLink | None, shape: Shape, kind: Kind) -> Response:
    """Kept by whoever likes and asked about each time; unchanged costs a few bytes."""
    keep_choice()
    made = picture(facts_of(view, link), shape, kind)
    response = Response(made.path.read_bytes(), mimetype=TYPES[kind])
    response.set_etag(made.etag)
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.vary.add("Accept-Language")
    response.vary.add("Cookie")
    response.make_conditional(request)
    return response

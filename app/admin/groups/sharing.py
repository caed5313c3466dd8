"""Everything a leader needs to share one presale in one group, on one page."""

from __future__ import annotations

import re

import segno
from flask import Response, request

from app.admin import frame
from app.admin.groups.blueprint import bp
from app.community.messages import Occasion, Place, messages
from app.community.queries.links import LinkView, link
from app.community.rules.codes import spaced
from app.platform import clock
from app.platform.i18n import LANGUAGES, current_locale, pick, speaking
from app.platform.rendering import public_url
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.queries import pages
from app.shop.queries import locations

SHAPES = ("poster", "square", "small")
_BOXED = re.compile(r"MicroMessenger", re.IGNORECASE)


@bp.get("/g/<code>/poster")
@requires("groups.view")
def share(code: str) -> Response:
    """`?text=` is the language of poster and messages, `?shape=` that of the poster."""
    shared = link(code, current_actor())
    language = frame.asked("text", 10)
    language = language if language in LANGUAGES else current_locale()
    shape = frame.asked("shape", 10)
    with speaking(language):
        occasion = _occasion(shared)
        said = messages(occasion)
    return page(
        "admin/groups/share.html",
        link=shared,
        address=occasion.link,
        code=occasion.code,
        qr=segno.make(occasion.link, error="m").svg_data_uri(border=2, omitsize=True),
        messages=said,
        language=language,
        shape=shape if shape in SHAPES else SHAPES[0],
        shapes=SHAPES,
        in_chat_app=is_boxed(),
        view=occasion.view,
    )


def is_boxed() -> bool:
    """Whether the browser is one inside WeChat, where nothing can be downloaded."""
    return bool(_BOXED.search(request.headers.get("User-Agent", "")))


def _occasion(shared: LinkView) -> Occasion:
    now = clock.now()
    return Occasion(
        view=pages.by_id(shared.campaign_id, now=now),
        link=public_url(shared.path),
        code=spaced(shared.code),
        places=tuple(
            Place(pick(place.name), pick(place.address), pick(place.hours))
            for place in locations(current_actor())
            if place.offers_pickup
        ),
        now=now,
    )

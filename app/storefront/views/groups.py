"""A group's link: the presale's page with the group's context, and joining through it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.community import brought
from app.community.commands import counting
from app.community.queries.attribution import SharedLink, shared_link
from app.community.rules.codes import codes_in
from app.community.rules.visitors import is_person
from app.platform import clock
from app.platform.rendering import public_url
from app.platform.web import page, see_other, wants_fragment
from app.platform.web.actor import current_actor
from app.platform.web.limits import limiter
from app.presale.queries import pages
from app.storefront.presale_page import Group
from app.storefront.views import presales, waiting

bp = Blueprint("groups", __name__)
ANSWERS: Mapping[str, Callable[..., BaseResponse]] = {
    "joins": presales.join,
    "interests": waiting.express_interest,
    "waiting": waiting.wait,
}
_LOOKING_AROUND = frozenset({"before", "everybody"})
"""Pages of the same visit; they are no new opening."""


@bp.get("/g")
def find() -> BaseResponse:
    """`?code=` as somebody typed or pasted it."""
    return _led_on(request.args.get("code", ""))


@bp.get("/g/<path:heard>")
def show(heard: str) -> BaseResponse:
    """Whatever surrounds a code in the address leads to the code itself."""
    link = shared_link([heard])
    if link is None:
        return _led_on(heard)
    if link.is_revoked:
        return see_other(url_for("presales.show", slug=link.slug))
    view = pages.by_id(link.campaign_id, now=clock.now())
    response = presales.campaign_page(view, group=group_of(link))
    response.headers["Cache-Control"] = "private, no-cache"
    return response if wants_fragment() else _touched(response, link)


@bp.post("/g/<code>/<any(joins, interests, waiting):what>")
@limiter.limit("60/minute")
def create(code: str, what: str) -> BaseResponse:
    """What the forms of the presale's page ask for, through the link."""
    link = shared_link([code])
    if link is None or link.is_revoked:
        return show(code)
    view = pages.by_id(link.campaign_id, now=clock.now())
    return ANSWERS[what](view, group=group_of(link))


@bp.get("/g/<code>/waiting")
def show_list(code: str) -> BaseResponse:
    link = shared_link([code])
    if link is None or link.is_revoked:
        return show(code)
    view = pages.by_id(link.campaign_id, now=clock.now())
    return waiting.waiting_list(view, group=group_of(link))


@bp.get("/g/<code>/<any(joins, interests):_what>")
def show_instead(code: str, _what: str) -> BaseResponse:
    """What answers a form is no page of its own: a reload leads to the presale."""
    return see_other(url_for("groups.show", heard=code))


def group_of(link: SharedLink) -> Group:
    return Group(link_id=link.id, leader=link.leader, name=link.group, path=f"/g/{link.code}")


def _touched(response: Response, link: SharedLink) -> Response:
    """Count who looks, and let them have come through the link; whose link it is does neither."""
    if current_actor().is_staff or request.method != "GET":
        return response
    now, browser = clock.now(), request.headers.get("User-Agent", "")
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    if not is_person(browser, purpose):
        return response
    if _LOOKING_AROUND.isdisjoint(request.args):
        counting.note_open(link.id, request.remote_addr or "", browser, now=now)
    brought.remember(response, link, now=now)
    return response


def _led_on(text: str) -> BaseResponse:
    """To the link whose code stands somewhere in the text, else to a page that helps on."""
    link = shared_link(codes_in(text))
    if link is not None:
        entry, language = request.args.get("e"), request.args.get("lang")
        return see_other(url_for("groups.show", heard=link.code, e=entry, lang=language))
    is_empty = not text.strip()
    response = page(
        "storefront/group_code.html",
        status=200 if is_empty else 404,
        typed=text.strip()[:80],
        is_empty=is_empty,
        canonical_url=public_url("/g"),
        robots="noindex",
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response

"""A group's link: the presale's page with the group's context, and joining through it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.community import brought
from app.community.commands import counting, reach
from app.community.queries.attribution import SharedLink, shared_link
from app.community.queries.listed import link_code_of, listed
from app.community.queries.reach import goal_of
from app.community.rules.codes import codes_in
from app.community.rules.visitors import is_person
from app.platform import clock
from app.platform.ids import heard_code
from app.platform.rendering import public_url
from app.platform.web import page, see_other, wants_fragment
from app.platform.web.actor import current_actor
from app.platform.web.limits import limiter
from app.presale.queries import pages
from app.storefront.presale_page import Group
from app.storefront.views import presales, waiting
from app.storefront.views.listed import join_as_listed

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
    group = _group(link)
    if group.goal is not None and group.goal.is_due:
        reach.open_if_reached(link.id, now=clock.now())
        group = _group(link)
    view = pages.by_id(link.campaign_id, now=clock.now())
    response = presales.campaign_page(view, group=group)
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
    group = _group(link)
    if what == "joins" and "all" in request.form and group.listed is not None:
        return join_as_listed(view, group, group.listed)
    return ANSWERS[what](view, group=group)


@bp.get("/g/<code>/waiting")
def show_list(code: str) -> BaseResponse:
    link = shared_link([code])
    if link is None or link.is_revoked:
        return show(code)
    view = pages.by_id(link.campaign_id, now=clock.now())
    return waiting.waiting_list(view, group=_group(link))


@bp.get("/g/<code>/<any(joins, interests):_what>")
def show_instead(code: str, _what: str) -> BaseResponse:
    """What answers a form is no page of its own: a reload leads to the presale."""
    return see_other(url_for("groups.show", heard=code, e=request.args.get("e")))


def _group(link: SharedLink) -> Group:
    """`?e=` is the code of somebody's own entry in the group's chat list."""
    own = request.args.get("e", "")
    return Group(
        link_id=link.id,
        leader=link.leader,
        name=link.group,
        path=f"/g/{link.code}",
        listed=listed(link.id, heard_code(own)) if own else None,
        goal=goal_of(link.id, now=clock.now()),
    )


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
    """To the link, or the entry of its list, whose code stands somewhere in the text; else to a
    page that helps on.
    """
    codes, language = codes_in(text), request.args.get("lang")
    link = shared_link(codes)
    if link is not None:
        entry = request.args.get("e")
        return see_other(url_for("groups.show", heard=link.code, e=entry, lang=language))
    found = link_code_of(codes)
    if found is not None:
        return see_other(url_for("groups.show", heard=found[0], e=found[1], lang=language))
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

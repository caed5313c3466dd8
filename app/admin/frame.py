"""What every screen of the counter shares: who may come in, tokens, navigation, answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask, Response, current_app, flash, request
from flask_wtf.csrf import generate_csrf
from werkzeug.routing import IntegerConverter
from werkzeug.wrappers import Response as BaseResponse

from app.admin import backstage
from app.platform.actor import Actor
from app.platform.i18n import LazyText, lazy_gettext
from app.platform.masking import masked_name
from app.platform.money import currency_sign
from app.platform.rbac import Parameters, Result, declares
from app.platform.web import see_other
from app.platform.web.actor import SignInNeeded, current_actor
from app.platform.web.formats import babel_locale
from app.platform.web.security import SAFE_METHODS

PREFIX = "/admin"
ANY_STAFF = "any staff"
BIGGEST_ID = 2**63 - 1
DIGITS = 18
OK = 200
DONE: dict[str, object] = {"work:done": {}}


class RowId(IntegerConverter):
    """`<row:order_id>`: an id that a column can hold; anything larger is no address of ours."""

    def __init__(self, map: object) -> None:  # noqa: A002  (as Werkzeug calls it)
        super().__init__(map, min=1, max=BIGGEST_ID)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation; `needs` is the permission without which it is not there,
    `beside` are paths of pages that are reached through it.
    """

    path: str
    label: LazyText
    icon: str
    needs: str | None = None
    key: str | None = None
    beside: tuple[str, ...] = ()


PLACES = (
    Place("/admin/", lazy_gettext("Today"), "today", key="t"),
    Place(
        "/admin/orders",
        lazy_gettext("Orders"),
        "orders",
        "orders.view",
        "o",
        beside=("/admin/search",),
    ),
    Place(
        "/admin/items",
        lazy_gettext("Items"),
        "items",
        "catalog.view",
        "i",
        beside=(
            "/admin/collections",
            "/admin/imports",
            "/admin/exports",
            "/admin/search-words",
            "/admin/demand",
        ),
    ),
    Place("/admin/presales", lazy_gettext("Presales"), "calendar", "presales.view", "v"),
    Place(
        "/admin/groups",
        lazy_gettext("Groups"),
        "share",
        "groups.view",
        "c",
        beside=("/admin/g", "/admin/lists", "/admin/statements"),
    ),
    Place("/admin/reviews", lazy_gettext("Reviews"), "message", "reviews.view", "r"),
    Place("/admin/promotions", lazy_gettext("Promotions"), "tag", "promotions.view", "f"),
    Place("/admin/pickup", lazy_gettext("Hand over"), "scan", "orders.ship", "p"),
    Place("/admin/stock", lazy_gettext("Stock"), "stock", "stock.view", "s"),
    Place("/admin/payments", lazy_gettext("Payments"), "card", "payments.confirm"),
    Place("/admin/mails", lazy_gettext("Mails"), "mail", "mail.view", "m"),
    Place("/admin/callbacks", lazy_gettext("Callbacks"), "callbacks", "callbacks.view"),
    Place("/admin/team", lazy_gettext("Team"), "community", "staff.view"),
    Place("/admin/home", lazy_gettext("Home page"), "store", "settings.edit"),
    Place("/admin/settings", lazy_gettext("Settings"), "settings", "settings.edit"),
    Place("/admin/audit", lazy_gettext("Record"), "clock", "audit.view"),
    Place("/admin/me", lazy_gettext("My account"), "account"),
)


def init_app(app: Flask) -> None:
    app.url_map.converters["row"] = RowId
    app.before_request(_check_token)
    app.after_request(_keep_private)
    app.context_processor(_shown_everywhere)
    app.jinja_env.filters["masked_name"] = masked_name
    app.jinja_env.globals["currency_sign"] = lambda currency: currency_sign(
        currency, babel_locale()
    )


def any_staff(view: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Admit whoever works here, in any role."""

    def check(_permission: str) -> None:
        if not current_actor().is_staff:
            raise SignInNeeded

    return declares(ANY_STAFF, check)(view)


def events(text: str) -> dict[str, object]:
    """What the browser is told with a changed fragment: a toast, and that the sheet is done."""
    return {"toast": {"text": text, "tone": "ok"}, **DONE}


def done(address: str, text: str) -> BaseResponse:
    """After a success: go on to a page that says what was done."""
    flash(text, "ok")
    return see_other(address)


def unless_unchanged(response: Response) -> Response:
    """A page that looks again by itself gets 304 while nothing changed; tokens are no change."""
    if response.status_code == OK:
        text = response.get_data(as_text=True).replace(generate_csrf(), "")
        response.set_etag(hashlib.sha256(text.encode()).hexdigest()[:20])
        response.headers["Cache-Control"] = "private, no-cache"
        response.make_conditional(request)
    return response


def cursor() -> int | None:
    """The key of the last row already seen, from `?after=`."""
    text = request.args.get("after", "")
    return int(text) if text.isdecimal() and 0 < len(text) <= DIGITS else None


def asked(name: str, longest: int = 100) -> str:
    """A word of the query string, cut to a sensible length."""
    return request.args.get(name, "").strip()[:longest].replace("\x00", "")


def typed(name: str, longest: int = 500) -> str:
    """A field of the form without blanks around it; one character too many stays, to be noticed."""
    return request.form.get(name, "").strip()[: longest + 1].replace("\x00", "")


def _concerns_us() -> bool:
    return request.path == PREFIX or request.path.startswith(PREFIX + "/")


def _check_token() -> None:
    if _concerns_us() and request.method not in SAFE_METHODS:
        current_app.extensions["csrf"].protect()


def _keep_private(response: Response) -> Response:
    if _concerns_us():
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers["Referrer-Policy"] = "same-origin"
    return response


def _shown_everywhere() -> dict[str, object]:
    if not _concerns_us():
        return {}
    actor = current_actor()
    nav = _navigation(actor) if actor.is_staff else []
    return {"nav": nav, "actor": actor, "robots": "noindex", "backstage": backstage.trouble}


def _navigation(actor: Actor) -> list[dict[str, object]]:
    known = {rule.rule for rule in current_app.url_map.iter_rules()}
    return [
        {"label": str(place.label), "href": place.path, "icon": place.icon, "key": place.key,
         "current": any(_is_here(path) for path in (place.path, *place.beside))}
        for place in PLACES
        if place.path in known and (place.needs is None or actor.may(place.needs))
    ]  # fmt: skip


def _is_here(path: str) -> bool:
    if path == "/admin/":
        return request.path == path
    return request.path == path or request.path.startswith(path + "/")

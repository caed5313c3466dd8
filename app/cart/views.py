"""The bag: a page, a sheet over any page, and a badge in the header."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.cart import commands, delivery, queries
from app.cart.cookie import bag_key, remember
from app.cart.errors import BagFull
from app.catalog.errors import OutOfStock
from app.platform import clock
from app.platform.errors import DomainError, NotFound
from app.platform.i18n import gettext as _
from app.platform.web import fragment_only, page, see_other, wants_fragment
from app.platform.web.pages import local_path

bp = Blueprint("bag", __name__)
BIGGEST_ID = 2**63 - 1


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/bag")
def show() -> Response:
    return _bag(bag_key())


@bp.get("/bag/badge")
def badge() -> Response:
    return fragment_only("cart/badge.html", units=queries.unit_count(bag_key()))


@bp.post("/bag")
def create_line() -> BaseResponse:
    """Put something in; without a choice made, back to where it can be made."""
    if not request.form.get("variant") and "back" in request.form:
        return see_other(local_path(request.form["back"]) + "?unchosen=1#variants")
    variant_id, quantity = _number("variant"), _number("quantity", 1)
    try:
        key = commands.add(bag_key(), variant_id, max(quantity, 1), now=clock.now())
    except (OutOfStock, BagFull) as error:
        return _bag(bag_key(), error=error, status=error.status)
    if wants_fragment():
        return remember(_bag(key, added=variant_id), key)
    return remember(see_other(url_for("bag.show")), key)


@bp.post("/bag/lines/<int:variant_id>")
def update_line(variant_id: int) -> BaseResponse:
    key = bag_key()
    if key is None or variant_id > BIGGEST_ID:
        raise NotFound
    quantity = 0 if "remove" in request.form else _number("quantity", 1)
    commands.set_quantity(key, variant_id, quantity, now=clock.now())
    if not wants_fragment():
        return see_other(
            "/checkout" if request.form.get("then") == "checkout" else url_for("bag.show")
        )
    removed = variant_id if quantity == 0 else None
    return _bag(key, removed=removed)


@bp.post("/bag/prices")
def accept_prices() -> BaseResponse:
    key = bag_key()
    if key is None:
        raise NotFound
    commands.accept_prices(key, now=clock.now())
    return see_other(url_for("bag.show"))


def _bag(
    key: str | None, *, error: DomainError | None = None, added: int | None = None,
    removed: int | None = None, status: int = 200,
) -> Response:  # fmt: skip
    events: dict[str, object] = {"bag:changed": {}}
    if removed is not None:
        events["toast"] = {"text": _("Removed"), "tone": "info"}
    view = queries.bag(key, now=clock.now())
    response = page(
        "cart/bag.html",
        fragment="sheet",
        events=events if request.method == "POST" else None,
        status=status,
        bag=view,
        delivery=delivery.sentence(delivery.lines_of(view.buyable)),
        error=error.message if error else None,
        added=added,
        removed=removed,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _number(name: str, default: int | None = None) -> int:
    text = request.form.get(name, "")
    if text.isdecimal() and len(text) < 18:
        return int(text)
    if default is None:
        raise NotFound
    return default

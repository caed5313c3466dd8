"""The bag: a page, a sheet over any page, and a badge in the header."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.cart import commands, delivery, queries
from app.cart.commands import Wish
from app.cart.cookie import bag_key, remember
from app.cart.errors import BagFull
from app.catalog.errors import OutOfStock
from app.catalog.queries.sellable import sellable
from app.platform import clock, numbers
from app.platform.errors import DomainError, NotFound
from app.platform.web import fragment_only, page, see_other, wants_fragment
from app.platform.web.pages import local_path
from app.presale.errors import NotOpen

bp = Blueprint("bag", __name__)


@dataclass(frozen=True, slots=True)
class Removed:
    """What was just taken out and can be put back; `sku_id` where it was a presale's."""

    variant_id: int
    title: str
    units: int
    sku_id: int | None = None
    tolerance: int = 0


def init_app(app: Flask) -> None:
    app.register_blueprint(bp)


@bp.get("/bag")
def show() -> Response:
    """`?removed=12&units=2` offers to put back what was just taken out."""
    return _bag(bag_key(), removed=_removed(numbers.whole(request.args.get("removed"))))


@bp.get("/bag/badge")
def badge() -> Response:
    return fragment_only("cart/badge.html", units=queries.unit_count(bag_key()))


@bp.post("/bag")
def create_line() -> BaseResponse:
    """Put something in; without a choice made, back to where it can be made."""
    if not request.form.get("variant") and "back" in request.form:
        return see_other(local_path(request.form["back"]) + "?unchosen=1#variants")
    variant_id = numbers.whole(request.form.get("variant"))
    if variant_id is None:
        raise NotFound
    return _add(variant_id, numbers.whole(request.form.get("quantity")) or 1, is_new=True)


@bp.post("/bag/lines/<int:variant_id>")
def update_line(variant_id: int) -> BaseResponse:
    """Another quantity, or none."""
    key = bag_key()
    if key is None or variant_id > numbers.BIGGEST_ID:
        raise NotFound
    units = numbers.whole(request.form.get("quantity")) or 1
    quantity = 0 if "remove" in request.form else units
    joined = queries.joined_by(key, variant_id)
    commands.set_quantity(key, variant_id, quantity, now=clock.now())
    if quantity > 0:
        return _bag(key) if wants_fragment() else see_other(url_for("bag.show"))
    kept = {"units": units, "sku": joined[0], "tolerance": joined[1] or None}
    if wants_fragment():
        return _bag(key, removed=_removed(variant_id, kept))
    return see_other(f"{url_for('bag.show')}?{_query(kept | {'removed': variant_id})}")


@bp.post("/bag/lines/<int:variant_id>/restoration")
def create_restoration(variant_id: int) -> BaseResponse:
    """Put back what was just taken out."""
    if variant_id > numbers.BIGGEST_ID:
        raise NotFound
    units = numbers.whole(request.form.get("units")) or 1
    sku_id = numbers.whole(request.form.get("sku"))
    if sku_id is None:
        return _add(variant_id, units)
    tolerance = numbers.whole(request.form.get("tolerance")) or 0
    return _join_again(Wish(sku_id, tolerance=min(tolerance, commands.MAX_QUANTITY)), units)


@bp.post("/bag/prices")
def accept_prices() -> BaseResponse:
    key = bag_key()
    if key is None:
        raise NotFound
    commands.accept_prices(key, now=clock.now())
    return see_other(url_for("bag.show"))


def _add(variant_id: int, units: int, *, is_new: bool = False) -> BaseResponse:
    try:
        key = commands.add(bag_key(), variant_id, units, now=clock.now())
    except (OutOfStock, BagFull) as error:
        return _bag(bag_key(), error=error, status=error.status)
    if wants_fragment():
        return remember(_bag(key, added=variant_id if is_new else None), key)
    return remember(see_other(url_for("bag.show")), key)


def _join_again(wish: Wish, units: int) -> BaseResponse:
    try:
        key = commands.join(bag_key(), wish, units, now=clock.now())
    except (OutOfStock, NotOpen, BagFull) as error:
        return _bag(bag_key(), error=error, status=error.status)
    response = _bag(key) if wants_fragment() else see_other(url_for("bag.show"))
    return remember(response, key)


def _bag(
    key: str | None, *, error: DomainError | None = None, added: int | None = None,
    removed: Removed | None = None, status: int = 200,
) -> Response:  # fmt: skip
    view = queries.bag(key, now=clock.now())
    response = page(
        "cart/bag.html",
        fragment="sheet",
        events={"bag:changed": {}} if request.method == "POST" else None,
        status=status,
        bag=view,
        delivery=delivery.sentence(delivery.lines_of(view.buyable)),
        error=error.message if error else None,
        added=added,
        removed=removed,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _query(values: Mapping[str, int | None]) -> str:
    return urlencode({name: value for name, value in values.items() if value is not None})


def _removed(
    variant_id: int | None, kept: Mapping[str, int | None] | None = None
) -> Removed | None:
    """What was taken out, with what is needed to put it back: `kept`, or out of the address."""
    found = sellable([variant_id], now=clock.now()) if variant_id else {}
    item = found.get(variant_id or 0)
    if item is None:
        return None
    asked = {name: numbers.whole(request.args.get(name)) for name in ("units", "sku", "tolerance")}
    known = kept if kept is not None else asked
    return Removed(
        item.variant_id, item.title, known["units"] or 1, known["sku"], known["tolerance"] or 0
    )

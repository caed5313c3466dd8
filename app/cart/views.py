"""The bag: a page, a sheet over any page, and a badge in the header."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Flask, Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.cart import commands, delivery, promotions, queries, taken_out
from app.cart.commands import Wish
from app.cart.cookie import bag_key, remember
from app.cart.errors import BagFull, UnknownCode
from app.cart.promotion_words import shown
from app.cart.queries import BagView
from app.catalog.errors import OutOfStock
from app.catalog.queries.sellable import sellable
from app.checkout.queries import holder_for
from app.orders.tax import summed
from app.orders.tax_words import label
from app.platform import clock, numbers
from app.platform.errors import DomainError, NotFound
from app.platform.web import fragment_only, page, see_other, wants_fragment
from app.platform.web.limits import limiter
from app.platform.web.pages import local_path
from app.presale.errors import NotOpen

LONGEST_KEPT = 200

bp = Blueprint("bag", __name__)
LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class Removed:
    """What was just taken out and can be put back; `kept` where it was a presale's."""

    variant_id: int
    title: str
    units: int
    kept: str = ""


def init_app(app: Flask) -> None:
    app.jinja_env.filters["tax_label"] = label
    app.register_blueprint(bp)


@bp.get("/bag")
def show() -> Response:
    """`?removed=12&units=2&kept=…` offers to put back what was just taken out."""
    asked = {name: numbers.whole(request.args.get(name)) for name in ("removed", "units")}
    kept = request.args.get("kept", "")[:LONGEST_KEPT]
    return _bag(bag_key(), removed=_removed(asked["removed"], asked["units"] or 1, kept))


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
    wish = queries.wish_behind(key, variant_id)
    commands.set_quantity(key, variant_id, quantity, now=clock.now(), sparing=holder_for(key))
    if quantity > 0:
        return _bag(key) if wants_fragment() else see_other(url_for("bag.show"))
    kept = taken_out.kept(key, wish) if wish else ""
    if wants_fragment():
        return _bag(key, removed=_removed(variant_id, units, kept))
    return see_other(url_for("bag.show", removed=variant_id, units=units, kept=kept or None))


@bp.post("/bag/lines/<int:variant_id>/restoration")
def create_restoration(variant_id: int) -> BaseResponse:
    """Put back what was just taken out."""
    if variant_id > numbers.BIGGEST_ID:
        raise NotFound
    units = numbers.whole(request.form.get("units")) or 1
    kept = request.form.get("kept", "")
    if not kept:
        return _add(variant_id, units)
    wish = taken_out.wish_of(bag_key(), kept)
    if wish is None:
        raise NotFound
    return _join_again(wish, units)


@bp.post("/bag/prices")
def accept_prices() -> BaseResponse:
    key = bag_key()
    if key is None:
        raise NotFound
    commands.accept_prices(key, now=clock.now())
    return see_other(url_for("bag.show"))


@bp.post("/bag/code")
@limiter.limit("30/minute")
def update_code() -> BaseResponse:
    """Enter a promotion's code, or take it off again (`forget`)."""
    key = bag_key()
    if key is None:
        raise NotFound
    typed = request.form.get("code", "")[:LONGEST_CODE]
    try:
        if "forget" in request.form:
            commands.forget_code(key, now=clock.now())
        else:
            commands.enter_code(key, typed, now=clock.now())
    except UnknownCode as error:
        return _bag(key, refused_code=(typed, error.message), status=error.status)
    return _bag(key) if wants_fragment() else see_other(url_for("bag.show"))


def _add(variant_id: int, units: int, *, is_new: bool = False) -> BaseResponse:
    key = bag_key()
    try:
        key = commands.add(key, variant_id, units, now=clock.now(), sparing=holder_for(key))
    except (OutOfStock, BagFull) as error:
        return _bag(bag_key(), error=error, status=error.status)
    if wants_fragment():
        return remember(_bag(key, added=variant_id if is_new else None), key)
    return remember(see_other(url_for("bag.show")), key)


def _join_again(wish: Wish, units: int) -> BaseResponse:
    key = bag_key()
    try:
        key = commands.join(key, wish, units, now=clock.now(), sparing=holder_for(key))
    except (OutOfStock, NotOpen, BagFull) as error:
        return _bag(bag_key(), error=error, status=error.status)
    response = _bag(key) if wants_fragment() else see_other(url_for("bag.show"))
    return remember(response, key)


def _bag(
    key: str | None, *, error: DomainError | None = None, added: int | None = None,
    removed: Removed | None = None, status: int = 200, refused_code: tuple[str, str] = ("", ""),
) -> Response:  # fmt: skip
    now = clock.now()
    view = queries.bag(key, now=now, sparing=holder_for(key))
    priced = _priced(view, now)
    response = page(
        "cart/bag.html",
        fragment="sheet",
        events={"bag:changed": {}} if request.method == "POST" else None,
        status=status,
        bag=view,
        quote=priced.quote,
        goods_now=priced.quote.due_now - priced.quote.shipping_total,
        goods_taxes=summed(line.tax for line in priced.quote.lines),
        offers=shown(priced, view.code),
        typed_code=refused_code[0],
        code_error=refused_code[1],
        delivery=delivery.said(priced.quote) if view.buyable else "",
        error=error.message if error else None,
        added=added,
        removed=removed,
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _priced(view: BagView, now: datetime) -> promotions.Priced:
    """What the bag comes to with its offers, delivered to where most parcels go."""
    items = view.buyable
    basket = delivery.usual_basket(delivery.lines_of(items), delivery.discounts_of(items))
    return promotions.priced(items, basket, code=view.code, now=now)


def _removed(variant_id: int | None, units: int, kept: str) -> Removed | None:
    found = sellable([variant_id], now=clock.now()) if variant_id else {}
    item = found.get(variant_id or 0)
    return Removed(item.variant_id, item.title, units, kept) if item is not None else None

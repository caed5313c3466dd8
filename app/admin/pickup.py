"""Hand goods over in the store: by the code, or by opening the buyer's link while signed in."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, request, session
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.order_parts import goods
from app.admin.queries import pickup
from app.admin.queries.order import staff_order
from app.admin.queries.pickup import Standing, standing_of
from app.orders import queries as orders
from app.orders.commands import fulfil
from app.orders.errors import NotNow
from app.platform import clock
from app.platform.errors import DomainError
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, requires
from app.platform.web.limits import limiter
from app.shop.queries import locations

bp = Blueprint("admin_pickup", __name__, url_prefix="/admin/pickup")
CODE_DIGITS = 6
STORE = "store"
JUST_NOW = timedelta(minutes=1)


@bp.get("")
@requires("orders.ship")
def new() -> Response:
    return _form("")


@bp.post("")
@requires("orders.ship")
@limiter.limit("60/minute")
def find() -> BaseResponse:
    """The six digits that the buyer reads out; only orders of one's own merchant answer."""
    _remember_store(frame.typed("store", frame.DIGITS))
    text = frame.typed("code", 40)
    digits = "".join(str(int(mark)) for mark in text if mark.isdecimal())
    if len(digits) != CODE_DIGITS:
        return _form(text, _("The code has six digits."))
    order_ids = pickup.orders_with(digits, current_actor())
    if not order_ids:
        return _form(text, _("No order waits under this code in your stores."))
    if len(order_ids) > 1:
        return page("admin/pickup.html", code=text, error=None, choice=pickup.named(order_ids))
    return see_other(f"/admin/pickup/orders/{order_ids[0]}")


@bp.get("/<token>")
@requires("orders.ship")
def open_link(token: str) -> BaseResponse:
    """The buyer's own link, as their QR code holds it."""
    return see_other(f"/admin/pickup/orders/{orders.id_by_token(token)}")


@bp.get("/orders/<row:order_id>")
@requires("orders.ship")
def show(order_id: int) -> Response:
    return _screen(order_id)


@bp.post("/orders/<row:order_id>")
@requires("orders.ship")
def hand_over(order_id: int) -> BaseResponse:
    """The goods are in the buyer's hands; a second tap finds them there already."""
    try:
        fulfil.hand_over(order_id, actor=current_actor(), now=clock.now())
    except NotNow as failure:
        return _screen(order_id, failure)
    return frame.done(f"/admin/pickup/orders/{order_id}?done=1", _("Handed over."))


def _form(code: str, error: str | None = None) -> Response:
    return page(
        "admin/pickup.html",
        status=422 if error else 200,
        code=code,
        error=error,
        choice=(),
        stores=_stores(),
        store=session.get(STORE, ""),
    )


def _stores() -> list[tuple[str, str]]:
    """The stores of one's own merchant where goods are handed over."""
    places = locations(current_actor())
    return [(str(place.id), pick(place.name)) for place in places if place.offers_pickup]


def _remember_store(chosen: str) -> None:
    """Which store this person stands in, until they say otherwise."""
    if chosen in {store_id for store_id, _name in _stores()}:
        session[STORE] = int(chosen)
    elif not chosen:
        session.pop(STORE, None)


def _screen(order_id: int, failure: DomainError | None = None) -> Response:
    """One screen for each way it can stand, told apart by word, sign and colour.

    With `?done=1` whoever has just handed it over is not warned of their own deed.
    """
    found = staff_order(order_id, current_actor())
    standing = standing_of(found, session.get(STORE))
    collected_at = found.delivery.picked_up_at
    if "done" in request.args and collected_at and clock.now() - collected_at < JUST_NOW:
        standing = Standing.HANDED_OVER
    return page(
        "admin/hand_over.html",
        status=failure.status if failure else 200,
        found=found,
        goods=goods(found),
        standing=standing,
        failure=failure,
    )

"""Orders: the list with its views and search, and the page of one order."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.order_page import order_page
from app.admin.queries.orders import View, counts, listed
from app.admin.words import state_of_row
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_orders", __name__, url_prefix="/admin")


@bp.get("/orders")
@requires("orders.view")
def index() -> Response:
    """`?view=&q=&after=`: the address is the whole state of the list."""
    actor, text, after = current_actor(), frame.asked("q"), frame.cursor()
    view = _view(frame.asked("view"), text)
    found = listed(actor, view, text=text, after=after)
    response = page(
        "admin/orders.html",
        fragment="table",
        found=found,
        states={row.id: state_of_row(row) for row in found.rows},
        view=view,
        views=list(View),
        counts=counts(actor),
        query=text,
        after=after,
        search_action="/admin/orders",
    )
    return frame.unless_unchanged(response)


@bp.get("/search")
@frame.any_staff
def search() -> BaseResponse:
    """The field on top of every screen: orders, or items for those who see no orders."""
    where = "/admin/orders" if current_actor().may("orders.view") else "/admin/items"
    return see_other(f"{where}?{urlencode({'q': frame.asked('q')})}")


@bp.get("/orders/<row:order_id>")
@requires("orders.view")
def show(order_id: int) -> Response:
    """The page looks again by itself; when nothing changed the answer is a few bytes."""
    return frame.unless_unchanged(order_page(order_id))


def _view(name: str, text: str) -> View:
    try:
        return View(name)
    except ValueError:
        return View.ALL if text else View.TO_SHIP

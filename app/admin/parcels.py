"""Ship an order, whole or in part."""

from __future__ import annotations

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.admin.forms import ShipForm
from app.admin.order_page import changed, order_page
from app.admin.order_parts import options_of
from app.admin.queries.order import StaffOrder, ready_to_ship, staff_order
from app.fulfilment.carriers.companies import COMPANIES, company_name
from app.fulfilment.commands.parcels import NewParcel, ship
from app.fulfilment.errors import NumberTaken
from app.orders.errors import NotNow, TooManyUnits
from app.platform import clock
from app.platform.i18n import gettext as _
from app.platform.web import page, wants_fragment
from app.platform.web.actor import current_actor, requires

bp = Blueprint("admin_parcels", __name__, url_prefix="/admin/orders/<row:order_id>/parcels")


@bp.get("/new")
@requires("orders.ship")
def new(order_id: int) -> Response:
    found = staff_order(order_id, current_actor())
    if not found.to_ship:
        return order_page(order_id, failure=NotNow())
    return _form(found, ShipForm.blank(found.to_ship))


@bp.post("")
@requires("orders.ship")
def create(order_id: int) -> BaseResponse:
    """One form makes one parcel, however often it is sent."""
    actor = current_actor()
    found = staff_order(order_id, actor)
    form = ShipForm.read(request.form, found.view.lines)
    if not form.errors or any(form.key == each.parcel.idempotency_key for each in found.parcels):
        try:
            new = NewParcel(form.units, form.carrier, form.number, form.key)
            ship(order_id, new, actor=actor, now=clock.now())
        except NumberTaken as error:
            form.errors["number"] = error.message
        except TooManyUnits as error:
            form.errors["units"] = error.message
        except NotNow as failure:
            return order_page(order_id, failure=failure)
        else:
            return changed(order_id, _("The parcel is on its way; the buyer gets a mail."))
    return _form(staff_order(order_id, actor), form)


def _form(found: StaffOrder, form: ShipForm) -> Response:
    return page(
        "admin/ship.html",
        fragment="sheet",
        status=422 if form.errors else 200,
        found=found,
        form=form,
        ready_to_ship=ready_to_ship,
        options_of=options_of,
        carriers=[(key, company_name(key)) for key in COMPANIES],
        in_sheet=wants_fragment(),
    )

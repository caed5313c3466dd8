"""Another address for an order, by its buyer, until it is packed (R24).

The page of an order is opened by its link alone, and the link is handed on in good faith; where
goods go is therefore changed by who is signed in as the buyer, or knows the end of their phone
number. The address as it is stays hidden from anybody else.
"""

from __future__ import annotations

from flask import Blueprint, Response, flash, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.customers.commands import AddressDetails
from app.customers.forms import AddressForm
from app.orders import queries
from app.orders.commands.readdress import Recipient, readdress
from app.orders.errors import AddressFixed, OtherDelivery
from app.orders.queries import OrderView
from app.orders.rules import address_is_open
from app.platform import clock
from app.platform.errors import DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor
from app.platform.web.limits import limiter
from app.shop.facts import selling_terms
from app.shop.places import Place
from app.shop.zones import zone_of
from app.storefront.views.orders import order_page
from app.storefront.views.presales import for_one

bp = Blueprint("readdressing", __name__)
TAIL = 4


@bp.get("/o/<token>/address")
def show(token: str) -> BaseResponse:
    view = queries.by_token(token)
    if not address_is_open(view.order, view.lines):
        return order_page(token, failure=AddressFixed(), status=AddressFixed.status)
    return _form(token, AddressForm.read(_known(view)))


@bp.post("/o/<token>/address")
@limiter.limit("10 per 15 minutes")
def update(token: str) -> BaseResponse:
    view, form = queries.by_token(token), AddressForm.read(request.form)
    details = form.check()
    if not (_is_buyer(view) or request.form.get("tail", "").strip() == view.order.phone_tail):
        form.errors["tail"] = _("These are not the last four digits that we know.")
    if details is None or form.errors:
        return _form(token, form, status=Invalid.status)
    try:
        _readdress(view, details)
    except (AddressFixed, OtherDelivery) as failure:
        return _form(token, form, failure=failure, status=failure.status)
    flash(_("It goes to the new address."), "ok")
    return see_other(url_for("orders.show", token=token))


def _readdress(view: OrderView, details: AddressDetails) -> None:
    before = str((view.order.address or {}).get("region_code", ""))
    terms = selling_terms()
    places = [Place(region_code=code) for code in (before, details.address["region_code"])]
    here, there = (zone_of(terms.zones, place) for place in places)
    tax_here, tax_there = (terms.taxes.at(place) for place in places)
    if there is None or (here, tax_here) != (there, tax_there):
        raise OtherDelivery
    to = Recipient(details.recipient, details.phone, details.address)
    readdress(view.order.id, to, actor=current_actor(), now=clock.now())


def _is_buyer(view: OrderView) -> bool:
    actor = current_actor()
    return actor.kind == "customer" and actor.id == view.order.customer_id


def _known(view: OrderView) -> dict[str, str]:
    """What is in the fields: the address as it is for who is signed in, nothing for others."""
    if not _is_buyer(view) or view.order.address is None:
        return {}
    address = {name: str(view.order.address.get(name, "")) for name in ("region", "street")}
    return {"name": view.order.name, "phone": view.order.phone, **address}


def _form(
    token: str, form: AddressForm, *, failure: DomainError | None = None, status: int = 200
) -> Response:
    return for_one(
        page(
            "storefront/readdress.html",
            status=status,
            token=token,
            typed=form.typed,
            errors=form.errors,
            is_buyer=_is_buyer(queries.by_token(token)),
            failure=failure,
            robots="noindex",
        )
    )

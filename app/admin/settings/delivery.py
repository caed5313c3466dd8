"""The screen of zones of delivery, what parcels to them cost, and which stores hand over."""

from __future__ import annotations

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.settings.blueprint import bp
from app.admin.settings.zone_form import ZoneForm
from app.platform import clock, numbers
from app.platform.configuration import settings
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.shop.delivering import offer_pickup, replace_zones
from app.shop.facts import selling_terms
from app.shop.models import LocationKind
from app.shop.queries import locations
from app.shop.zones import Basis


@bp.get("/delivery")
@requires("settings.edit")
def show_delivery() -> Response:
    known = selling_terms()
    return _form(ZoneForm.of(known.zones, known.rates, settings().currency))


@bp.post("/delivery")
@requires("settings.edit")
def update_delivery() -> BaseResponse:
    form = ZoneForm.read(request.form)
    found = form.check(settings().currency)
    if found is None:
        return _form(form, status=Invalid.status)
    zones, rates = found
    try:
        replace_zones(zones, rates, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        form.errors |= failure.errors
        return _form(form, status=failure.status)
    return frame.done(url_for("admin_settings.show_delivery"), _("Saved."))


@bp.post("/pickup")
@requires("settings.edit")
def update_pickup() -> BaseResponse:
    """Which stores hand over: those that are ticked."""
    ticked = {numbers.whole(text) for text in request.form.getlist("store")}
    stores = {store for store in ticked if store is not None}
    offer_pickup(stores, actor=current_actor(), now=clock.now())
    return frame.done(url_for("admin_settings.show_delivery"), _("Saved."))


def _form(form: ZoneForm, *, status: int = 200) -> Response:
    return page(
        "admin/settings/delivery.html",
        status=status,
        form=form,
        bases=[
            (Basis.WEIGHT.value, _("grams")),
            (Basis.AMOUNT.value, _("money")),
            (Basis.ITEMS.value, _("pieces")),
        ],
        stores=[each for each in locations(current_actor()) if each.kind == LocationKind.STORE],
        currency=settings().currency,
        languages=[("en", "en", "English"), ("zh", "zh-Hans", "中文")],
    )

"""What can be set, each with how it stands."""

from __future__ import annotations

from flask import Response, url_for

from app.admin.settings.blueprint import bp
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.web import page
from app.platform.web.actor import requires
from app.shop.facts import selling_terms


@bp.get("")
@requires("settings.edit")
def index() -> Response:
    known = selling_terms()
    rates = len(known.taxes.rates)
    tax = ngettext("%(num)d rate", "%(num)d rates", rates) if rates else _("Nothing is taxed.")
    zones = ngettext("%(num)d zone", "%(num)d zones", len(known.zones))
    return page(
        "admin/settings/index.html",
        entries=[
            (_("Delivery"), url_for("admin_settings.show_delivery"), zones),
            (_("Taxes"), url_for("admin_settings.show_taxes"), tax),
        ],
    )

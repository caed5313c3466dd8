"""What can be set, each with how it stands."""

from __future__ import annotations

from flask import Response, url_for

from app.admin.settings.blueprint import bp
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.web import page
from app.platform.web.actor import requires
from app.shop.queries import taxes


@bp.get("")
@requires("settings.edit")
def index() -> Response:
    rates = len(taxes().rates)
    tax = ngettext("%(num)d rate", "%(num)d rates", rates) if rates else _("Nothing is taxed.")
    return page(
        "admin/settings/index.html",
        entries=[(_("Taxes"), url_for("admin_settings.show_taxes"), tax)],
    )

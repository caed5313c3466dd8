"""The screen of tax classes and rates."""

from __future__ import annotations

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.settings.blueprint import bp
from app.admin.settings.tax_form import ADDED, INCLUDED, TaxForm
from app.platform import clock
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.shop.facts import selling_terms
from app.shop.taxation import replace_taxes


@bp.get("/taxes")
@requires("settings.edit")
def show_taxes() -> Response:
    return _form(TaxForm.of(selling_terms().taxes))


@bp.post("/taxes")
@requires("settings.edit")
def update_taxes() -> BaseResponse:
    form = TaxForm.read(request.form)
    table = form.check()
    if table is None:
        return _form(form, status=Invalid.status)
    try:
        replace_taxes(table, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        form.errors |= failure.errors
        return _form(form, status=failure.status)
    return frame.done(url_for("admin_settings.show_taxes"), _("Saved."))


def _form(form: TaxForm, *, status: int = 200) -> Response:
    return page(
        "admin/settings/taxes.html",
        status=status,
        form=form,
        classes=[(each.key, pick(each.name)) for each in selling_terms().taxes.classes],
        hows=[(INCLUDED, _("included")), (ADDED, _("added"))],
        languages=[("en", "en", "English"), ("zh", "zh-Hans", "中文")],
    )

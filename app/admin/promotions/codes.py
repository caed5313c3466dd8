"""Codes of a promotion: one of one's own choice, many that nobody guesses, and all as a file."""

from __future__ import annotations

import csv
import io

from flask import Response, request
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.presales.form.reading import CampaignFields
from app.admin.promotions.blueprint import bp
from app.admin.promotions.form import MOST_USES
from app.admin.promotions.pages import ONE, show_page
from app.catalog.forms.reading import cleaned
from app.marketing.commands import promotions
from app.marketing.commands.promotions import LONGEST_LABEL
from app.marketing.queries import codes_of, promotion
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.sheets.separated import defused
from app.platform.web.actor import current_actor, requires

MOST_AT_ONCE = 1000


@bp.post(f"{ONE}/codes")
@requires("promotions.edit")
def create_code(promotion_id: int) -> BaseResponse:
    """`code` is one of one's own choice; without it `how_many` are made."""
    row, actor = promotion(promotion_id, current_actor()), current_actor()
    typed = {name: cleaned(text)[:200] for name, text in request.form.items()}
    fields = CampaignFields(typed, settings().zone, settings().currency)
    label = fields.line("label", LONGEST_LABEL)
    max_uses = fields.number("code_uses", least=1, most=MOST_USES)
    how_many = fields.number("how_many", least=1, most=MOST_AT_ONCE)
    if not typed.get("code") and how_many is None:
        fields.errors.setdefault("code", _("Write a code, or say how many are to be made."))
    if fields.errors:
        return show_page(row, typed=typed, errors=fields.errors)
    try:
        if typed.get("code"):
            promotions.add_code(
                promotion_id, typed["code"], label=label, max_uses=max_uses, actor=actor,
                now=clock.now(),
            )  # fmt: skip
            said = _("The code is there.")
        else:
            made = how_many or 0
            promotions.make_codes(
                promotion_id, made, label=label, max_uses=max_uses, actor=actor, now=clock.now()
            )
            said = ngettext("%(num)d code is made.", "%(num)d codes are made.", made)
    except Invalid as failure:
        return show_page(row, typed=typed, errors=dict(failure.errors))
    return frame.done(f"{request.path.removesuffix('/codes')}#codes", said)


@bp.get(f"{ONE}/codes.csv")
@requires("promotions.view")
def show_codes(promotion_id: int) -> Response:
    """All codes as a spreadsheet opens them."""
    row = promotion(promotion_id, current_actor())
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow((_("Promotion code"), _("For whom"), _("Used"), _("At most")))
    for each in codes_of(row.id):
        most = "" if each.max_uses is None else each.max_uses
        writer.writerow((defused(each.code), defused(each.label), each.used, most))
    return Response(
        text.getvalue().encode("utf-8-sig"),
        mimetype="text/csv",
        headers={"Content-Disposition": f"attachment; filename=codes-{row.id}.csv"},
    )

"""Sheets of a presale as PDF, XLSX and CSV: to pack by, to hand out by, to produce by."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response, current_app, request

from app.admin import disclosure
from app.admin.presales import words
from app.admin.presales.blueprint import bp
from app.admin.presales.head import head
from app.admin.presales.people import SHOWN
from app.admin.queries.presales.campaign import CampaignSheet, campaign_sheet, own_campaign
from app.admin.queries.presales.sheets import packed_rows, produced_rows
from app.community.sheets.keys import Key
from app.community.sheets.kuaituantuan import kuaituantuan_sheet
from app.community.sheets.packing import packing_sheet, pickup_sheet
from app.community.sheets.production import production_sheet
from app.community.sheets.rows import Occasion
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import NotFound
from app.platform.i18n import LazyText, lazy_gettext, pick
from app.platform.sheets import Sheet, to_csv, to_pdf, to_xlsx
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.models import CommitmentState

KINDS: dict[str, LazyText] = {
    "packing": lazy_gettext("Packing sheet"),
    "pickup": lazy_gettext("Pick-up sheet"),
    "production": lazy_gettext("Production sheet"),
    "kuaituantuan": lazy_gettext("快团团 columns"),
}
KEYS: dict[Key, LazyText] = {
    Key.LEADER: lazy_gettext("Leader"),
    Key.GROUP: lazy_gettext("Group"),
    Key.POINT: lazy_gettext("Pick-up point"),
    Key.BUILDING: lazy_gettext("Building"),
    Key.SKU: lazy_gettext("SKU"),
    Key.NUMBER: lazy_gettext("Number"),
}
WRITERS: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {
    "pdf": ("application/pdf", to_pdf),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    "csv": ("text/csv; charset=utf-8", to_csv),
}


@bp.get("/<row:campaign_id>/sheets")
@requires("presales.produce")
def show_sheets(campaign_id: int) -> Response:
    campaign = own_campaign(campaign_id, current_actor())
    return page(
        "admin/presales/sheets.html",
        head=head(campaign, current_actor()),
        kinds=KINDS,
        keys={key.value: label for key, label in KEYS.items()},
        formats=list(WRITERS),
    )


@bp.get("/<row:campaign_id>/sheet")
@requires("presales.produce")
def download_sheet(campaign_id: int) -> Response:
    """`?kind=&as=&by=`: whole names and phones for who may see them, which is recorded."""
    actor = current_actor()
    sheet = campaign_sheet(campaign_id, actor)
    kind, written_as = request.args.get("kind", "packing"), request.args.get("as", "xlsx")
    if kind not in KINDS or written_as not in WRITERS:
        raise NotFound
    if actor.may("pii.view") and kind != "production":
        disclosure.disclose(SHOWN, campaign_id)
    mime, write = WRITERS[written_as]
    response: Response = current_app.response_class(
        write(_made(kind, sheet, shows_people=actor.may("pii.view"))), mimetype=None
    )
    response.headers["Content-Type"] = mime
    name = f"{kind}-{sheet.campaign.slug}.{written_as}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _made(kind: str, sheet: CampaignSheet, *, shows_people: bool) -> Sheet:
    campaign = sheet.campaign
    occasion = Occasion(
        subject=pick(campaign.title),
        printed_at=clock.now(),
        zone=settings().zone,
        currency=settings().currency,
    )
    if kind == "production":
        return production_sheet(produced_rows(sheet.skus), occasion)
    rows = packed_rows(campaign, shows_people=shows_people, state=_said)
    if kind == "kuaituantuan":
        return kuaituantuan_sheet(rows, occasion)
    by = _by(Key.POINT if kind == "pickup" else Key.LEADER)
    return (pickup_sheet if kind == "pickup" else packing_sheet)(rows, occasion, by=by)


def _by(usual: Key) -> tuple[Key, ...]:
    chosen = [
        Key(text) for text in request.args.getlist("by") if text in {key.value for key in Key}
    ]
    return tuple(dict.fromkeys(chosen)) or (usual,)


def _said(state: str) -> str:
    return str(words.COMMITMENTS[CommitmentState(state)][0])

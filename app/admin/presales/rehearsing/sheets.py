"""The sheets of a rehearsal, on the page and as the files that would be printed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Response, make_response

from app.admin.presales.blueprint import bp
from app.admin.presales.words import COMMITMENTS
from app.admin.queries.presales.campaign import own_campaign
from app.catalog.queries.variants import option_label
from app.community.sheets.keys import Key
from app.community.sheets.packing import packing_sheet
from app.community.sheets.production import production_sheet
from app.community.sheets.rows import Occasion, PackedRow, ProducedRow
from app.platform.configuration import settings
from app.platform.errors import NotFound
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.money import Money
from app.platform.sheets import Part, Sheet, to_pdf, to_xlsx
from app.platform.sheets.table import Cell, Kind, Place, Row
from app.platform.web.actor import current_actor, requires
from app.platform.web.formats import full_moment, money
from app.presale.models import Campaign, CommitmentState
from app.rehearsal.queries.runs import latest

ENDINGS: Mapping[str, tuple[Callable[[Sheet], bytes], str]] = {
    "pdf": (to_pdf, "application/pdf"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
NAMES = ("production", "packing")
SHOWN = (Place.BOTH, Place.PAPER)


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the page shows it."""

    title: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet as the page shows it: titles, sections of rows, and where its files are."""

    name: str
    title: str
    columns: tuple[Column, ...]
    sections: tuple[tuple[str, tuple[tuple[bool, tuple[str, ...]], ...]], ...]
    remarks: tuple[str, ...]


def printed(campaign: Campaign, report: Mapping[str, Any]) -> list[Printed]:
    """Every sheet of a rehearsal; none where it did not come so far."""
    return [_printed(name, sheet) for name, sheet in _sheets(campaign, report).items()]


@bp.get("/<row:campaign_id>/rehearsal/sheets/<name>.<ending>")
@requires("presales.edit")
def rehearsed_sheet(campaign_id: int, name: str, ending: str) -> Response:
    """The file somebody would print."""
    campaign = own_campaign(campaign_id, current_actor())
    run = latest(campaign_id, current_actor())
    sheet = _sheets(campaign, run.report).get(name) if run else None
    if sheet is None or ending not in ENDINGS:
        raise NotFound
    write, mimetype = ENDINGS[ending]
    response = make_response(write(sheet))
    response.mimetype = mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="rehearsal-{name}.{ending}"'
    return response


def _sheets(campaign: Campaign, report: Mapping[str, Any]) -> dict[str, Sheet]:
    rows = report.get("sheets")
    if not rows:
        return {}
    occasion = Occasion(
        subject=pick(campaign.title),
        printed_at=datetime.fromisoformat(rows["at"]),
        zone=settings().zone,
        currency=report["currency"],
        facts=((_("Rehearsal"), _("Nobody on this sheet is real.")),),
    )
    packed = [_packed(row, occasion.currency) for row in rows["packing"]]
    return {
        "production": production_sheet(map(_produced, rows["production"]), occasion),
        "packing": packing_sheet(packed, occasion, by=(Key.POINT,), then=(Key.NUMBER,)),
    }


def _produced(row: Mapping[str, Any]) -> ProducedRow:
    return ProducedRow(
        sku=row["sku"],
        title=pick(row["title"]),
        options=option_label(row["options"]),
        ordered=row["ordered"],
        received=row["received"],
        passed=row["passed"],
        packed=row["packed"],
    )


def _packed(row: Mapping[str, Any], currency: str) -> PackedRow:
    return PackedRow(
        number=row["number"],
        name=row["name"],
        phone=row["phone"],
        sku=row["sku"],
        title=pick(row["title"]),
        options=option_label(row["options"]),
        ordered=row["ordered"],
        quantity=row["quantity"],
        amount=Money(row["amount"], currency),
        paid=Money(row["paid"], currency),
        refunded=Money(row["refunded"], currency),
        balance=Money(row["balance"], currency),
        state=str(COMMITMENTS[CommitmentState(row["state"])][0]),
        is_cancelled=row["is_cancelled"],
        point=pick(row["point"]),
        address=row["address"],
        visible_note="、".join(row["answers"].values()),
        paid_at=datetime.fromisoformat(row["paid_at"]) if row["paid_at"] else None,
        code=row["code"],
    )


def _printed(name: str, sheet: Sheet) -> Printed:
    places = [place for place in sheet.places(*SHOWN) if sheet.columns[place].kind is not Kind.BOX]
    columns = tuple(
        Column(
            sheet.columns[place].title,
            sheet.columns[place].kind in {Kind.COUNT, Kind.MONEY},
        )
        for place in places
    )
    sections = tuple(
        (section.title, tuple(_row(row, places) for row in section.rows()))
        for section in sheet.sections
    )
    return Printed(name, sheet.title, columns, sections, sheet.remarks)


def _row(row: Row, places: Iterable[int]) -> tuple[bool, tuple[str, ...]]:
    return row.is_struck, tuple(_cell(row.cells[place]) for place in places)


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, Part):
        return _("%(given)s of %(wanted)s", given=cell.given, wanted=cell.wanted)
    if isinstance(cell, Money):
        return money(cell)
    if isinstance(cell, datetime):
        return full_moment(cell)
    return str(cell)

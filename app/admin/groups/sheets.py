"""A leader's own packing and pick-up sheets: to tick on a phone, to print, to take as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from flask import Response, current_app, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.groups.blueprint import bp
from app.admin.groups.sharing import is_boxed
from app.admin.presales.words import COMMITMENTS
from app.admin.queries.presales.sheets import packed_rows
from app.community.commands import handing
from app.community.queries import links as queries
from app.community.queries.handing import handed_out
from app.community.queries.links import LinkView
from app.community.sheets.columns import item_of, last_digits_of, place_of
from app.community.sheets.keys import Key, ordered, parted
from app.community.sheets.packing import packing_sheet, pickup_sheet
from app.community.sheets.rows import Occasion, PackedRow
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import NotFound
from app.platform.i18n import LazyText, lazy_gettext
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.sheets import Sheet, to_csv, to_pdf, to_xlsx
from app.platform.web import page, see_other
from app.platform.web.actor import current_actor, requires
from app.presale.models import CommitmentState
from app.presale.queries import pages

KEYS: dict[Key, LazyText] = {
    Key.NUMBER: lazy_gettext("Number"),
    Key.POINT: lazy_gettext("Pick-up point"),
    Key.BUILDING: lazy_gettext("Building"),
    Key.SKU: lazy_gettext("SKU"),
}
"""By what a leader's sheet is arranged; one group has one leader."""
FILES: dict[str, tuple[Callable[[Sheet], bytes], str]] = {
    "pdf": (to_pdf, "application/pdf"),
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (to_csv, "text/csv"),
}
Label = Callable[[PackedRow], str]
SHEETS = {"pickup": pickup_sheet, "packing": packing_sheet}


@dataclass(frozen=True, slots=True)
class Person:
    """What one number is handed; `balance` is what is still to be paid."""

    number: int
    name: str
    phone_tail: str
    place: str
    items: tuple[tuple[str, int], ...]
    balance: Money
    note: str
    is_cancelled: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the page; `title` is empty where there is but one."""

    title: str
    people: tuple[Person, ...]


@bp.get("/g/<code>/sheet")
@requires("groups.view")
def show_sheet(code: str) -> Response:
    """`?by=` arranges it, `?groups=all` takes in all of one's own groups."""
    shared = queries.link(code, current_actor())
    links = _links(shared)
    rows, by = _rows(shared, links), _by()
    numbers = {row.number for row in rows if not row.is_cancelled}
    return page(
        "admin/groups/sheet.html",
        link=shared,
        others=len(queries.links_of_campaign(shared.campaign_id, current_actor())) > 1,
        is_all=len(links) > 1 or frame.asked("groups") == "all",
        by=by.value,
        keys={key.value: label for key, label in KEYS.items()},
        parts=_parts(rows, by, by_group=len(links) > 1),
        sums=_sums(rows),
        handed=handed_out([each.id for each in links]) & numbers,
        people=len(numbers),
        kinds=list(FILES),
        in_chat_app=is_boxed(),
    )


@bp.post("/g/<code>/sheet/<row:number>")
@requires("groups.share")
def update_tick(code: str, number: int) -> BaseResponse:
    """Tick a number, or take the tick back (`off`); back to where one was on the sheet."""
    actor = current_actor()
    if "off" in request.form:
        handing.untick(code, number, actor=actor)
    else:
        handing.tick(code, number, actor=actor, now=clock.now())
    address = url_for(
        "admin_groups.show_sheet",
        code=code,
        by=_by().value,
        groups=frame.asked("groups") or None,
        _anchor=f"no-{number}",
    )
    return see_other(address)


@bp.get("/g/<code>/sheets/<sheet>.<file>")
@requires("groups.view")
def download_sheet(code: str, sheet: str, file: str) -> Response:
    """The same as a file; names are shortened, of a phone there are four digits."""
    if sheet not in SHEETS or file not in FILES:
        raise NotFound
    shared = queries.link(code, current_actor())
    links = _links(shared)
    by = (Key.GROUP, _by()) if len(links) > 1 else (_by(),)
    occasion = Occasion(
        subject=shared.title,
        printed_at=clock.now(),
        zone=settings().zone,
        currency=settings().currency,
        facts=((_("Group"), " · ".join(link.group for link in links)),),
    )
    sections = tuple(key for key in by if key is not Key.NUMBER)
    made = SHEETS[sheet](_rows(shared, links), occasion, by=sections, then=())
    write, mime = FILES[file]
    response: Response = current_app.response_class(write(made), mimetype=mime)
    filename = f"{sheet}-{shared.code}.{file}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _links(shared: LinkView) -> list[LinkView]:
    """This link alone, or every own one of the presale."""
    if frame.asked("groups") != "all":
        return [shared]
    return queries.links_of_campaign(shared.campaign_id, current_actor())


def _rows(shared: LinkView, links: Sequence[LinkView]) -> list[PackedRow]:
    """Masked for everybody, whatever they may see elsewhere: a sheet is passed around."""
    campaign = pages.by_id(shared.campaign_id, now=clock.now()).campaign
    found = packed_rows(
        campaign, shows_people=False, state=_said, link_ids=[link.id for link in links]
    )
    return [replace(row, phone=last_digits_of(row)) for row in found]


def _parts(rows: Sequence[PackedRow], by: Key, *, by_group: bool) -> list[Part]:
    label = _label(rows)
    keys = [Key.GROUP, by] if by_group else [by]
    titled = [key for key in keys if key is not Key.NUMBER]
    arranged = parted(ordered(rows, keys), titled)
    return [
        Part(title, tuple(_person(together, titled, label) for _title, together in blocks))
        for title, blocks in groupby(arranged, key=lambda block: block[0])
    ]


def _person(rows: Sequence[PackedRow], by: Sequence[Key], label: Label) -> Person:
    first = rows[0]
    due = [row.balance for row in rows if not row.is_cancelled]
    return Person(
        number=first.number,
        name=first.name,
        phone_tail=first.phone,
        place=place_of(first, by),
        items=tuple((label(row), row.quantity) for row in rows if not row.is_cancelled),
        balance=Money.total(due, settings().currency),
        note=first.visible_note,
        is_cancelled=all(row.is_cancelled for row in rows),
    )


def _sums(rows: Sequence[PackedRow]) -> list[tuple[str, int]]:
    """Units of each item that are to be handed out."""
    found: dict[str, int] = {}
    label = _label(rows)
    for row in ordered(rows, (Key.SKU,)):
        if not row.is_cancelled:
            found[label(row)] = found.get(label(row), 0) + row.quantity
    return list(found.items())


def _label(rows: Sequence[PackedRow]) -> Label:
    """What an item is called: by its options alone where all are of one product."""
    has_one = len({row.title for row in rows}) == 1
    return (lambda row: row.options or row.title) if has_one else item_of


def _by() -> Key:
    asked = request.args.get("by", "")
    return next((key for key in KEYS if key.value == asked), Key.NUMBER)


def _said(state: str) -> str:
    return str(COMMITMENTS[CommitmentState(state)][0])

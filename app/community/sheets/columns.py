"""What the sheets for packing and handing out show of a row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.community.sheets.keys import Key
from app.community.sheets.rows import PackedRow
from app.platform.i18n import gettext as _
from app.platform.masking import masked_name
from app.platform.sheets.table import Cell, Column, Kind, Part, Place

_SIGNATURE_MM = 34


@dataclass(frozen=True, slots=True)
class Shown:
    """A column and what it shows of a row."""

    column: Column
    of: Callable[[PackedRow], Cell]


def for_packers(by: Sequence[Key]) -> tuple[Shown, ...]:
    return (
        *_marks(),
        *_whereabouts(),
        Shown(Column(_("Name"), is_said_once=True), lambda row: row.name),
        Shown(Column(_("Phone"), is_said_once=True), lambda row: domestic(row.phone)),
        *_goods(by),
        Shown(Column(_("Paid"), Kind.MONEY, Place.FILE, is_summed=True), lambda row: row.paid),
        *_standing(),
        Shown(Column(_("Address"), place=Place.FILE), lambda row: row.address),
    )


def for_the_counter(by: Sequence[Key]) -> tuple[Shown, ...]:
    """A masked name and four digits of the phone, however much of them the rows know."""
    signature = Column(_("Signature"), place=Place.PAPER, is_said_once=True, least_mm=_SIGNATURE_MM)
    return (
        *_marks(),
        *_whereabouts(),
        Shown(Column(_("Name"), is_said_once=True), lambda row: masked_name(row.name)),
        Shown(Column(_("Phone"), is_said_once=True), last_digits_of),
        *_goods(by),
        *_standing(),
        Shown(signature, lambda _row: None),
    )


def domestic(phone: str) -> str:
    """Eleven digits, as a mobile is written at home."""
    return phone.replace(" ", "").removeprefix("+86")


def item_of(row: PackedRow) -> str:
    return " ".join(filter(None, (row.title, row.options)))


def last_digits_of(row: PackedRow) -> str:
    return "".join(mark for mark in row.phone if mark.isdecimal())[-4:]


def notes_of(rows: Iterable[PackedRow]) -> tuple[str, ...]:
    """What the buyer and the leader wrote, each once."""
    notes = [
        _("%(name)s: %(text)s", name=who, text=note.strip())
        for row in rows
        for who, note in ((_("Buyer"), row.buyer_note), (_("Note"), row.visible_note))
        if note.strip()
    ]
    return tuple(dict.fromkeys(notes))


def place_of(row: PackedRow, by: Sequence[Key] = ()) -> str:
    """Where it goes, without what the title of its section says already."""
    point = "" if Key.POINT in by else row.point
    building = "" if Key.BUILDING in by else row.building
    return " ".join(filter(None, (point, building, row.room)))


def quantity_of(row: PackedRow) -> int | Part:
    if row.is_cancelled:
        return row.ordered
    return row.quantity if row.quantity == row.ordered else Part(row.quantity, row.ordered)


def _marks() -> tuple[Shown, ...]:
    number = Column("№", Kind.COUNT, is_strong=True, is_said_once=True)
    return (
        Shown(Column("", Kind.BOX, Place.PAPER), lambda _row: None),
        Shown(number, lambda row: row.number),
    )


def _whereabouts() -> tuple[Shown, ...]:
    return (
        Shown(Column(_("Leader"), place=Place.FILE), lambda row: row.leader),
        Shown(Column(_("Group"), place=Place.FILE), lambda row: row.group),
        Shown(Column(_("Pick-up point"), place=Place.FILE), lambda row: row.point),
        Shown(Column(_("Building"), place=Place.FILE), lambda row: row.building),
        Shown(Column(_("Room"), place=Place.FILE), lambda row: row.room),
    )


def _goods(by: Sequence[Key]) -> tuple[Shown, ...]:
    """On paper the item is one column, and none where it is the title of the section."""
    place = Column(_("Place"), place=Place.PAPER, is_said_once=True)
    wanted = Column(_("Ordered"), Kind.COUNT, Place.FILE, is_summed=True)
    quantity = Column(_("Quantity"), Kind.COUNT, is_summed=True, is_strong=True)
    printed = (
        Shown(Column(_("SKU"), place=Place.PAPER), lambda row: row.sku),
        Shown(Column(_("Item"), place=Place.PAPER), item_of),
    )
    return (
        Shown(place, lambda row: place_of(row, by)),
        *(printed if Key.SKU not in by else ()),
        Shown(Column(_("SKU"), place=Place.FILE), lambda row: row.sku),
        Shown(Column(_("Item"), place=Place.FILE), lambda row: row.title),
        Shown(Column(_("Options"), place=Place.FILE), lambda row: row.options),
        Shown(wanted, lambda row: row.ordered),
        Shown(quantity, quantity_of),
    )


def _standing() -> tuple[Shown, ...]:
    balance = Column(_("To pay"), Kind.MONEY, is_summed=True, is_strong=True)
    return (
        Shown(balance, lambda row: row.balance),
        Shown(Column(_("State")), lambda row: row.state),
        Shown(Column(_("Buyer's note"), place=Place.FILE), lambda row: row.buyer_note),
        Shown(Column(_("Note"), place=Place.FILE), lambda row: row.visible_note),
    )

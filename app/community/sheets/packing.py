"""Who gets what: for those who pack, and for those who hand it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.community.sheets.columns import Shown, for_packers, for_the_counter, notes_of
from app.community.sheets.keys import Key, ordered, parted
from app.community.sheets.rows import Occasion, PackedRow
from app.platform.i18n import gettext as _
from app.platform.sheets.table import Block, Row, Sheet, in_sections


def packing_sheet(
    rows: Iterable[PackedRow],
    occasion: Occasion,
    *,
    by: Sequence[Key] = (Key.LEADER,),
    then: Sequence[Key] = (Key.POINT, Key.BUILDING),
) -> Sheet:
    """A section for each value of the keys `by`; in it, rows in the order of `then` and number."""
    arranged = ordered(rows, (*by, *then))
    return _sheet(_("Packing sheet"), arranged, occasion, by, for_packers(by))


def pickup_sheet(
    rows: Iterable[PackedRow],
    occasion: Occasion,
    *,
    by: Sequence[Key] = (Key.POINT,),
    then: Sequence[Key] = (),
) -> Sheet:
    """The same for whoever hands the goods out: masked, with room for a signature."""
    arranged = ordered(rows, (*by, *then))
    return _sheet(_("Pick-up sheet"), arranged, occasion, by, for_the_counter(by))


def _sheet(
    title: str,
    arranged: Sequence[PackedRow],
    occasion: Occasion,
    by: Sequence[Key],
    shown: Sequence[Shown],
) -> Sheet:
    return Sheet(
        title=title,
        facts=((_("Campaign"), occasion.subject), *occasion.facts),
        columns=tuple(each.column for each in shown),
        sections=in_sections(
            (section, _block(together, shown)) for section, together in parted(arranged, by)
        ),
        currency=occasion.currency,
        printed_at=occasion.printed_at,
        zone=occasion.zone,
        remarks=_remarks(arranged),
        is_split=bool(by),
    )


def _block(together: Sequence[PackedRow], shown: Sequence[Shown]) -> Block:
    rows = tuple(
        Row(tuple(each.of(row) for each in shown), is_struck=row.is_cancelled) for row in together
    )
    return Block(rows, notes_of(together))


def _remarks(rows: Sequence[PackedRow]) -> tuple[str, ...]:
    """What the marks on this very sheet mean."""
    remarks = []
    if any(row.is_cancelled for row in rows):
        remarks.append(_("What is struck out was cancelled and is not counted."))
    if any(row.quantity < row.ordered and not row.is_cancelled for row in rows):
        remarks.append(_("“2 of 3” means that three were ordered and two can be handed over."))
    return tuple(remarks)

"""A label for each number, to be stuck on what was packed for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from app.community.sheets.columns import domestic, item_of, notes_of, place_of, quantity_of
from app.community.sheets.keys import Key, ordered
from app.community.sheets.rows import Occasion, PackedRow
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.money import Money, format_money
from app.platform.sheets import Item, Label, Part


def labels(
    rows: Iterable[PackedRow],
    occasion: Occasion,
    *,
    by: Sequence[Key] = (Key.LEADER, Key.POINT, Key.BUILDING),
) -> list[Label]:
    """In the order of these keys and the number; none for who cancelled everything."""
    numbers = groupby(ordered(rows, (*by, Key.NUMBER)), key=lambda row: row.number)
    return [
        _label(together, occasion)
        for together in (tuple(rows) for _number, rows in numbers)
        if not all(row.is_cancelled for row in together)
    ]


def _label(together: Sequence[PackedRow], occasion: Occasion) -> Label:
    first = together[0]
    return Label(
        number=f"№ {first.number}",
        code=first.code,
        name=first.name,
        phone=domestic(first.phone),
        place=place_of(first),
        due=_due(together, occasion.currency),
        items=tuple(_item(row) for row in together),
        notes=notes_of(together),
        foot=" · ".join(filter(None, (occasion.subject, first.leader, first.group))),
    )


def _item(row: PackedRow) -> Item:
    quantity = quantity_of(row)
    if isinstance(quantity, Part):
        shown = _("%(given)s of %(wanted)s", given=quantity.given, wanted=quantity.wanted)
    else:
        shown = f"× {quantity}"
    return Item(" ".join(filter(None, (row.sku, item_of(row)))), shown, row.is_cancelled)


def _due(together: Sequence[PackedRow], currency: str) -> str:
    open_balance = Money.total((row.balance for row in together if not row.is_cancelled), currency)
    if not open_balance:
        return ""
    amount = format_money(open_balance, current_locale(), full=True)
    return _("To pay: %(amount)s", amount=amount)

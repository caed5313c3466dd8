"""The offers of a bag as its pages show them: a row for each, and what became of the code."""

from __future__ import annotations

from dataclasses import dataclass

from app.cart.promotions import Applied, Priced
from app.marketing.rules import Reason, Refusal
from app.marketing.words import name_of, why_not
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.money import Money, format_money


@dataclass(frozen=True, slots=True)
class Row:
    """One thing taken off: a negative amount, or the word for a delivery that costs nothing."""

    label: str
    amount: Money | str


@dataclass(frozen=True, slots=True)
class Shown:
    """`rows` are all that is taken off; `code` is the one entered, and `note` says why it does
    nothing where it does nothing. `hint` names what little is missing for another offer.
    """

    rows: tuple[Row, ...] = ()
    code: str = ""
    note: str = ""
    hint: str = ""


def shown(priced: Priced, code: str) -> Shown:
    fate = priced.of_code(code)
    rows = [_row(each) for each in priced.applied]
    named = (each.amount for each in priced.applied if not each.on_shipping)
    rest = priced.quote.discount - Money.total(named, priced.quote.currency)
    if rest:
        rows.insert(0, Row(_("Discount"), -rest))
    return Shown(
        rows=tuple(rows),
        code=code,
        note=_note(fate) if code else "",
        hint=_hint(priced),
    )


def _row(applied: Applied) -> Row:
    name = name_of(applied.offer)
    label = f"{name} ({applied.offer.code})" if applied.offer.code else name
    return Row(label, _("free") if applied.on_shipping else -applied.amount)


def _note(fate: Applied | Refusal | None) -> str:
    if isinstance(fate, Applied):
        return ""
    return why_not(fate) if fate else _("This code is not valid any more.")


def _hint(priced: Priced) -> str:
    """The nearest offer that applies by itself once there is more in the bag."""
    near = [
        each
        for each in priced.refused
        if each.reason is Reason.TOO_LITTLE and each.missing is not None and not each.offer.code
    ]
    if not near:
        return ""
    nearest = min(near, key=lambda each: (each.missing.minor if each.missing else 0, each.offer.id))
    return _(
        "%(missing)s more and you get “%(name)s”.",
        missing=format_money(nearest.missing, current_locale()) if nearest.missing else "",
        name=name_of(nearest.offer),
    )

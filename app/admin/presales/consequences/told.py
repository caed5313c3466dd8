"""All consequences of a form as it stands, in the order a buyer meets them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.admin.presales.consequences import close, money
from app.admin.presales.consequences.lines import Group, Said
from app.admin.presales.form import Sketch
from app.platform.i18n import gettext as _
from app.presale.models import PaymentMode, SupplyMode
from app.presale.rules.publishing import offered_for_sharing

__all__ = ["Group", "Said", "told"]


def told(read: Sketch, names: Mapping[int, str], *, now: datetime) -> list[Group]:
    """`names` are what variants are called; groups that have nothing to say are left out."""
    groups = [
        Group(_("What buyers pay"), (*money.payments(read, names), *money.deposit_word(read))),
        Group(_("The window"), tuple(close.window(read, now=now))),
        Group(_("At the close"), tuple(close.closing(read))),
        Group(_("The goods"), tuple(close.goods(read))),
        Group(_("The promise"), tuple(close.promised(read, now=now))),
        Group(_("The balance"), tuple(money.unpaid_balance(read))),
        Group(_("Words"), _words(read)),
        Group(_("Messages to buyers"), messages(read)),
    ]
    return [group for group in groups if group.lines]


def messages(read: Sketch) -> tuple[Said, ...]:
    """When buyers hear from the shop, in their own language."""
    if read.payment_mode is PaymentMode.INTEREST:
        return (Said(_("On joining: their number.")), Said(_("At the close: that it is over.")))
    lines = [Said(_("On joining: their number and what was paid."))]
    if read.supply_mode is SupplyMode.THRESHOLD:
        lines.append(Said(_("At the close: that it takes place, is extended, or is paid back.")))
    else:
        lines.append(Said(_("At the close: that it takes place.")))
    if read.supply_mode in {SupplyMode.THRESHOLD, SupplyMode.MADE_TO_ORDER}:
        lines.append(Said(_("When you start production, and with each update you write.")))
    if read.has_deposit:
        lines.append(Said(_("When you ask for the balance, 24 and 3 hours before its end.")))
    lines.append(Said(_("When the parcel leaves or can be collected; at once when dates change.")))
    return tuple(lines)


def _words(read: Sketch) -> tuple[Said, ...]:
    found = offered_for_sharing({"title": read.title, "story": read.story, "risks": read.risks})
    missing = [] if any(read.risks.values()) else [
        Said(_("Say what could go wrong; without it the presale cannot be published."), "warn")
    ]  # fmt: skip
    return (*(Said(sentence, "bad") for sentence in dict.fromkeys(found.values())), *missing)

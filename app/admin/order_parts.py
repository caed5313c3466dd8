"""Goods and money of an order in the shapes the components take."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.admin.queries.order import StaffOrder
from app.admin.words import LINES, TO_MAKE_READY, gateway_name
from app.orders.models import LedgerEntry, LedgerKind, LineState, OrderLine
from app.orders.refunded_tax import tax_paid_back
from app.orders.tax_words import label
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext, pick
from app.platform.money import Money
from app.platform.web.formats import moment
from app.presale.models import SUPPLY

Row = dict[str, Any]


def goods(found: StaffOrder) -> list[Row]:
    """Rows of `ui.line_item` for the reader's own lines."""
    return [_line(line, found) for line in found.view.lines]


def options_of(line: OrderLine) -> str:
    """ "M · brick red" of a line as it was bought."""
    values = line.options.get("values", [])
    return " · ".join(pick(value) if isinstance(value, Mapping) else str(value) for value in values)


def costs(found: StaffOrder) -> list[Row]:
    """Rows of `ui.sums`: what was asked for. They add up to their last."""
    view, order = found.view, found.order
    own = sum(line.total for line in view.lines)
    before_tax = own - sum(line.tax_added for line in view.lines)
    names = ", ".join(name for name, _amount in view.taken_off if name)
    note = _("after %(offers)s", offers=names) if names else ""
    said = " · ".join(filter(None, (_pieces(found), note)))
    rows = [_row(_("Goods"), view.money(before_tax), said)]
    others = order.goods_total - order.discount_total + order.tax_added - own
    if others and found.shows_money:
        rows.append(_row(_("Goods of other merchants"), view.money(others)))
    fee = order.shipping_total if found.shows_money else found.delivery.fee
    rows += [_row(_("Delivery"), view.money(fee - _delivery_tax(found)))]
    rows += [_row(label(tax), tax.amount) for tax in view.taxes if not tax.is_included]
    within = [_row(label(tax), tax.amount) for tax in view.taxes if tax.is_included]
    if not found.shows_money:
        return [*rows, _total(_("In all"), view.money(own + fee)), *within]
    return [*rows, _total(_("Asked for"), view.total), *within]


def _delivery_tax(found: StaffOrder) -> int:
    """What a tax added to the reader's own delivery."""
    return sum(each.tax for each in found.view.deliveries if each.is_tax_added)


def movements(found: StaffOrder) -> list[Row]:
    """Rows of `ui.sums`: what came and went. They add up to what the shop holds."""
    if not found.shows_money:
        return _decided(found)
    rows = [_movement(entry) for entry in found.view.ledger]
    if not rows:
        return []
    held = found.view.captured - found.view.refunded
    tax = tax_paid_back(found.order.id) if found.view.taxes else 0
    back = [_row(_("of what was paid back, tax"), found.view.money(tax))] if tax else []
    return [*rows, _total(_("The shop holds"), held), *back]


def _decided(found: StaffOrder) -> list[Row]:
    """Of another merchant only what they themselves paid back."""
    rows = [
        _row(_("Paid back"), -found.view.money(decision.amount), moment(decision.decided_at))
        for decision in found.decisions
    ]
    if not rows:
        return []
    total = sum(decision.amount for decision in found.decisions)
    return [*rows, _total(_("Paid back in all"), -found.view.money(total))]


def _line(line: OrderLine, found: StaffOrder) -> Row:
    words, tone = LINES[LineState(line.state)]
    if found.is_pickup and line.state == LineState.TO_FULFIL:
        words, tone = TO_MAKE_READY
    place = found.places.get(line.location_id)
    is_there = line.state != LineState.PROMISED or line.supply != SUPPLY
    return {
        "image": found.pictures.get(line.product_id),
        "no": f"{line.number:04d}",
        "title": pick(line.title),
        "amount": found.view.money(line.total),
        "quantity": line.quantity,
        "sub": " · ".join(filter(None, (options_of(line), *_counted(line)))),
        "badge": (str(words), tone),
        "note": _("In %(place)s", place=pick(place.name)) if place and is_there else "",
        "state": "gone" if line.state == LineState.CANCELLED else "",
    }


def _counted(line: OrderLine) -> list[str]:
    counted = []
    if 0 < line.shipped < line.quantity:
        counted.append(_("%(count)s shipped", count=line.shipped))
    if line.cancelled:
        counted.append(_("%(count)s taken off", count=line.cancelled))
    return counted


def _movement(entry: LedgerEntry) -> Row:
    labels = {LedgerKind.CAPTURE: _("Paid"), LedgerKind.REFUND: _("Paid back")}
    note = " · ".join((gateway_name(entry.gateway), entry.transaction_id, moment(entry.booked_at)))
    amount = Money(entry.amount, entry.currency)
    return _row(labels.get(LedgerKind(entry.kind), entry.kind), amount, note)


def _pieces(found: StaffOrder) -> str:
    units = sum(line.quantity for line in found.view.lines)
    return ngettext("%(num)d piece", "%(num)d pieces", units)


def _row(label: str, amount: Money, note: str | None = None) -> Row:
    return {"label": label, "amount": amount, "note": note, "total": False}


def _total(label: str, amount: Money) -> Row:
    return {"label": label, "amount": amount, "note": None, "total": True}

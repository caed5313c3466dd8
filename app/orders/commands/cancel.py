"""Cancel and pay back: whole orders before payment, lines and amounts after it.

Never above what was captured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import func, or_, select, update

from app.orders import supply
from app.orders.commands.decision import (
    Decided,
    RefundRequest,
    carry_out,
    say,
    take_off,
)
from app.orders.commands.place import holder_of
from app.orders.commands.standing import restate, tell
from app.orders.errors import NotNow, RefundAboveLimit, TooManyUnits
from app.orders.events import OrderCancelled
from app.orders.ledger import refunded_by_line, sums
from app.orders.locks import deliveries_of, lines_of, lock_order
from app.orders.models import Order, OrderLine, OrderRefund
from app.orders.rules import line_refundable, share_of_line
from app.payments import queries as payments
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command

__all__ = [
    "RefundRequest",
    "cancel_unpaid",
    "limits",
    "pay_back_delivery",
    "refund",
    "take_off_subject",
    "take_off_units",
    "unit_amount",
]


@command
def cancel_unpaid(order_id: int, *, actor: Actor, cause: str, now: datetime) -> None:
    """Cancel an order nothing was paid on; repeating it changes nothing.

    Raises NotNow once it is paid.
    """
    if actor.is_staff:
        ensure(actor, "orders.cancel")
    order = lock_order(order_id, actor)
    if order.closed_at is not None:
        return
    captured, refunded = sums(order.id)
    if order.paid_at is not None or captured > refunded:
        raise NotNow
    order.closed_at = now
    db.session.execute(
        update(OrderLine).where(OrderLine.order_id == order_id).values(cancelled=OrderLine.quantity)
    )
    supply.release(holder_of(order_id))
    restate(order)
    tell(order_id, "cancelled", actor=actor, now=now, cause=cause)
    record(actor, "orders.cancel", "order", order_id, now=now, after={"cause": cause})
    publish(OrderCancelled(order_id, cause, now))


@command
def refund(
    order_id: int, request: RefundRequest, *, actor: Actor, idempotency_key: str, now: datetime
) -> int | None:
    """Decide a refund of a paid order; returns the decision's id.

    The same key decides once. Raises TooManyUnits, RefundAboveLimit, NotNow.
    """
    ensure(actor, "orders.refund")
    order = lock_order(order_id, actor)
    again = db.session.scalar(
        select(OrderRefund.id).where(OrderRefund.idempotency_key == idempotency_key)
    )
    if again is not None:
        return again
    if order.paid_at is None:
        raise NotNow
    lines = {line.id: line for line in lines_of(order_id, actor)}
    amounts = _amounts(lines, request)
    shipping = _checked_shipping(order, request.shipping, actor)
    if sum(amounts.values()) + shipping <= 0:
        raise RefundAboveLimit({"amount": str(RefundAboveLimit.default_message)})
    decided = Decided(amounts, shipping, idempotency_key, payments.refundable(order_id))
    return carry_out(order, lines, request, decided, actor=actor, now=now)


@command
def take_off_subject(
    order_id: int, subject: str, *, cause: str, idempotency_key: str, actor: Actor, now: datetime
) -> int | None:
    """Take all lines of a subject off a paid order and pay back what is left of them.

    Delivery goes back as well when nothing else of the order is left to be sent. Returns the
    decision; None when nothing of the subject is left, or nothing is left to pay back on it.
    """
    order = lock_order(order_id, SYSTEM)
    lines = lines_of(order_id, SYSTEM)
    units = {
        line.id: line.open_units for line in lines if line.subject == subject and line.open_units
    }
    if not units:
        return None
    shipping = _shipping_of_nothing(order.id, lines, units)
    request = RefundRequest(cancel=units, shipping=shipping, cause=cause)
    return _take_off_and_pay_back(order, lines, request, idempotency_key, actor=actor, now=now)


@command
def take_off_units(
    order_id: int, units: Mapping[int, int], *, cause: str, idempotency_key: str, now: datetime
) -> int | None:
    """Take units off lines of a paid order, by line, paying back what was paid on them.

    They do not go back to where they came from: whoever supplies them knows that they never came.
    Delivery goes back as well when nothing of the order is left to be sent.
    """
    order = lock_order(order_id, SYSTEM)
    lines = lines_of(order_id, SYSTEM)
    shipping = _shipping_of_nothing(order.id, lines, units)
    request = RefundRequest(cancel=units, shipping=shipping, cause=cause, restock=False)
    return _take_off_and_pay_back(order, lines, request, idempotency_key, actor=SYSTEM, now=now)


@command
def pay_back_delivery(
    order_id: int, *, cause: str, idempotency_key: str, now: datetime
) -> int | None:
    """Pay the delivery back of an order of which nothing is left to be sent.

    Returns the decision; None when something is, or nothing is left to pay back.
    """
    order = lock_order(order_id, SYSTEM)
    shipping, lines = _shipping_left(order_id, SYSTEM), lines_of(order_id, SYSTEM)
    if not shipping or any(line.quantity > line.cancelled for line in lines):
        return None
    request = RefundRequest(shipping=shipping, cause=cause)
    return _take_off_and_pay_back(order, lines, request, idempotency_key, actor=SYSTEM, now=now)


def limits(order_id: int, actor: Actor) -> tuple[dict[int, int], int]:
    """(refundable minor units by line, refundable shipping) as this actor may decide them."""
    lines = lines_of(order_id, actor)
    already = refunded_by_line(order_id)
    by_line = {
        line.id: line_refundable(total=line.asked, already=already.get(line.id, 0))
        for line in lines
    }
    return by_line, _shipping_left(order_id, actor)


def unit_amount(line: OrderLine, units: int) -> int:
    """What cancelling `units` more of a line pays back, if no amount was paid back on it before.

    Each unit's part of what was paid at once, and of the balance where that is paid. Units taken
    off before the balance was asked for never paid theirs.
    """
    asked_later = line.balance if line.balance_paid else 0
    return sum(
        share_of_line(total=part, quantity=line.quantity, units=units, before=line.cancelled)
        for part in (line.total - line.balance, asked_later)
    )


def _take_off_and_pay_back(
    order: Order, all_lines: Iterable[OrderLine], request: RefundRequest, idempotency_key: str, *,
    actor: Actor, now: datetime,
) -> int | None:  # fmt: skip
    """What must go is taken off whatever its money: goods already paid back take nothing with them,
    and an order accepted with less than was asked gives back no more than came.
    """
    lines = {line.id: line for line in all_lines}
    captures = payments.refundable(order.id)
    left = sum(amount for _payment, amount in captures)
    shipping = min(request.shipping, left)
    left -= shipping
    by_line: dict[int, int] = {}
    for line_id, amount in sorted(_amounts(lines, request).items()):
        by_line[line_id] = min(amount, left)
        left -= by_line[line_id]
    decided = Decided({k: v for k, v in by_line.items() if v}, shipping, idempotency_key, captures)
    if decided.total:
        return carry_out(order, lines, request, decided, actor=actor, now=now)
    take_off(order, lines, request, actor=actor, now=now)
    say(order, request, 0, actor=actor, now=now)
    return None


def _amounts(lines: Mapping[int, OrderLine], request: RefundRequest) -> dict[int, int]:
    already = refunded_by_line(next(iter(lines.values())).order_id) if lines else {}
    amounts: dict[int, int] = {}
    for line_id in {*request.cancel, *request.line_amounts}:
        line = lines.get(line_id)
        units = request.cancel.get(line_id, 0)
        if line is None or units < 0 or request.line_amounts.get(line_id, 0) < 0:
            raise TooManyUnits
        if units > line.open_units:
            raise TooManyUnits
        left = line_refundable(total=line.asked, already=already.get(line_id, 0))
        wanted = min(unit_amount(line, units), left) + request.line_amounts.get(line_id, 0)
        if wanted > left:
            raise RefundAboveLimit({f"amount-{line_id}": str(RefundAboveLimit.default_message)})
        if wanted:
            amounts[line_id] = wanted
    return amounts


def _checked_shipping(order: Order, shipping: int, actor: Actor) -> int:
    if shipping < 0 or shipping > _shipping_left(order.id, actor):
        raise RefundAboveLimit({"shipping": str(RefundAboveLimit.default_message)})
    return shipping


def _shipping_of_nothing(
    order_id: int, lines: Iterable[OrderLine], units: Mapping[int, int]
) -> int:
    """The delivery fee, when these units are the last there were to be sent."""
    stays = any(line.quantity > line.cancelled + units.get(line.id, 0) for line in lines)
    return 0 if stays else _shipping_left(order_id, SYSTEM)


def _shipping_left(order_id: int, actor: Actor) -> int:
    fees = {
        merchant: delivery.fee
        for merchant, delivery in deliveries_of(order_id).items()
        if actor.kind == "system" or merchant == actor.merchant_id
    }
    paid_back = db.session.scalar(
        select(func.coalesce(func.sum(OrderRefund.shipping_amount), 0)).where(
            OrderRefund.order_id == order_id,
            or_(OrderRefund.merchant_id.is_(None), OrderRefund.merchant_id.in_(list(fees))),
        )
    )
    return max(sum(fees.values()) - int(paid_back or 0), 0)

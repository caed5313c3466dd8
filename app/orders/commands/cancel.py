"""Cancel and pay back: whole orders before payment, lines and amounts after it.

Never above what was captured.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select, update

from app.orders import supply
from app.orders.commands.balance import lower_balances
from app.orders.commands.place import holder_of
from app.orders.commands.settle import decision_purpose
from app.orders.commands.standing import restate, tell
from app.orders.errors import NotNow, RefundAboveLimit, TooManyUnits
from app.orders.events import LinesCancelled, OrderCancelled, RefundDecided
from app.orders.ledger import refunded_by_line, sums
from app.orders.locks import deliveries_of, lines_of, lock_order
from app.orders.models import Order, OrderLine, OrderRefund, OrderRefundLine
from app.orders.rules import line_refundable, share_of_line, split_over_captures
from app.payments import queries as payments
from app.payments.commands.refunds import intend_refund, refundable
from app.payments.models import PaymentState
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command


@dataclass(frozen=True, slots=True)
class RefundRequest:
    """What to pay back.

    `cancel` maps lines to units taken off the order and back to stock; `line_amounts` maps lines to
    minor units paid back while the goods stay; `shipping` is minor units of the delivery fee.
    `cause` is a word for why: `staff`, `buyer`, or that of the module that decides.
    """

    cancel: Mapping[int, int] = field(default_factory=dict)
    line_amounts: Mapping[int, int] = field(default_factory=dict)
    shipping: int = 0
    restock: bool = True
    note: str = ""
    cause: str = "staff"


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
    total = sum(amounts.values()) + shipping
    if total <= 0:
        raise RefundAboveLimit({"amount": str(RefundAboveLimit.default_message)})
    decision = OrderRefund(
        order_id=order_id,
        merchant_id=actor.merchant_id,
        idempotency_key=idempotency_key,
        amount=total,
        shipping_amount=shipping,
        cause=request.cause,
        note=request.note,
        decided_at=now,
    )
    db.session.add(decision)
    db.session.flush()
    _write_lines(decision.id, amounts, request)
    _take_off(order, lines, request, actor=actor, now=now)
    _intend(order, decision.id, total, now=now)
    publish(RefundDecided(order_id, decision.id, now))
    _say(order, request, total, actor=actor, now=now)
    return decision.id


@command
def take_off_subject(
    order_id: int, subject: str, *, cause: str, idempotency_key: str, actor: Actor, now: datetime
) -> int | None:
    """Take all lines of a subject off a paid order and pay back what is left of them.

    Delivery goes back as well when nothing else of the order is left to be sent. Returns the
    decision; None when nothing of the subject is left.
    """
    order = lock_order(order_id, SYSTEM)
    lines = lines_of(order_id, SYSTEM)
    units = {
        line.id: line.quantity - line.cancelled - line.shipped
        for line in lines
        if line.subject == subject and line.quantity > line.cancelled + line.shipped
    }
    if not units:
        return None
    shipping = _shipping_of_nothing(order.id, lines, units)
    request = RefundRequest(cancel=units, shipping=shipping, cause=cause)
    return refund(order_id, request, actor=actor, idempotency_key=idempotency_key, now=now)


@command
def take_off_units(
    order_id: int, units: Mapping[int, int], *, cause: str, idempotency_key: str, now: datetime
) -> int | None:
    """Take units off lines of a paid order by line, paying back what was paid on them.

    Delivery goes back as well when nothing of the order is left to be sent.
    """
    order = lock_order(order_id, SYSTEM)
    shipping = _shipping_of_nothing(order.id, lines_of(order_id, SYSTEM), units)
    request = RefundRequest(cancel=units, shipping=shipping, cause=cause)
    return refund(order_id, request, actor=SYSTEM, idempotency_key=idempotency_key, now=now)


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
    """What cancelling `units` more of a line pays back, if nothing was paid back on it before."""
    return share_of_line(
        total=line.asked, quantity=line.quantity, units=units, before=line.cancelled
    )


def _amounts(lines: Mapping[int, OrderLine], request: RefundRequest) -> dict[int, int]:
    already = refunded_by_line(next(iter(lines.values())).order_id) if lines else {}
    amounts: dict[int, int] = {}
    for line_id in {*request.cancel, *request.line_amounts}:
        line = lines.get(line_id)
        units = request.cancel.get(line_id, 0)
        if line is None or units < 0 or request.line_amounts.get(line_id, 0) < 0:
            raise TooManyUnits
        if units > line.quantity - line.cancelled - line.shipped:
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
            OrderRefund.order_id == order_id, OrderRefund.merchant_id.in_(list(fees))
        )
    )
    return max(sum(fees.values()) - int(paid_back or 0), 0)


def _write_lines(decision_id: int, amounts: Mapping[int, int], request: RefundRequest) -> None:
    db.session.add_all(
        OrderRefundLine(
            order_refund_id=decision_id,
            line_id=line_id,
            quantity=request.cancel.get(line_id, 0),
            amount=amount,
        )
        for line_id, amount in amounts.items()
    )


def _take_off(
    order: Order,
    lines: Mapping[int, OrderLine],
    request: RefundRequest,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    for line_id, units in sorted(request.cancel.items()):
        if not units:
            continue
        line = lines[line_id]
        line.cancelled += units
        if request.restock:
            supply.put_back(
                supply.Goods(
                    line.variant_id, units, line.supply, line.source_id, line.location_id
                ),
                reference=order.code, actor=actor, now=now,
            )  # fmt: skip
    db.session.flush()
    lower_balances(order.id, now=now)


def _intend(order: Order, decision_id: int, total: int, *, now: datetime) -> None:
    left = [
        (payment.id, refundable(payment.id, payment.captured_amount or 0))
        for payment in payments.of_subject(order.id)
        if payment.state in {PaymentState.CAPTURED, PaymentState.QUESTIONED}
    ]
    try:
        parts = split_over_captures(total, left)
    except ValueError:
        raise RefundAboveLimit({"amount": str(RefundAboveLimit.default_message)}) from None
    for payment_id, amount in parts:
        intend_refund(payment_id, amount=amount, purpose=decision_purpose(decision_id), now=now)


def _say(order: Order, request: RefundRequest, total: int, *, actor: Actor, now: datetime) -> None:
    restate(order)
    units = sum(request.cancel.values())
    tell(
        order.id, "refund_decided", actor=actor, now=now, merchant_id=actor.merchant_id,
        amount=total, units=units, note=request.note,
    )  # fmt: skip
    record(
        actor, "orders.refund", "order", order.id, now=now,
        after={"amount": total, "cancelled": {str(k): v for k, v in request.cancel.items()}},
    )  # fmt: skip
    if units and all(line.cancelled == line.quantity for line in lines_of(order.id, SYSTEM)):
        order.closed_at = now
        publish(OrderCancelled(order.id, request.cause, now))
    elif units:
        publish(LinesCancelled(order.id, now))

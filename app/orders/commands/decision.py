"""A decision to pay back: what it comes to, and what follows from it in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.orders import supply
from app.orders.commands.balance import lower_balances
from app.orders.commands.settle import decision_purpose
from app.orders.commands.standing import restate, tell
from app.orders.errors import RefundAboveLimit
from app.orders.events import LinesCancelled, OrderCancelled, RefundDecided
from app.orders.models import Order, OrderLine, OrderRefund, OrderRefundLine
from app.orders.refunded_tax import line_taxes, shipping_tax
from app.orders.rules import split_over_captures
from app.payments.commands.refunds import intend_refund
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish


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


@dataclass(frozen=True, slots=True)
class Decided:
    """Minor units to pay back by line and of the delivery, decided once under this key.

    `captures` are what they are paid back out of, as `payments.queries.refundable` told it.
    """

    by_line: Mapping[int, int]
    shipping: int
    idempotency_key: str
    captures: Sequence[tuple[int, int]]

    @property
    def total(self) -> int:
        return sum(self.by_line.values()) + self.shipping


def carry_out(
    order: Order,
    lines: Mapping[int, OrderLine],
    request: RefundRequest,
    decided: Decided,
    *,
    actor: Actor,
    now: datetime,
) -> int:
    decision = OrderRefund(
        order_id=order.id,
        merchant_id=actor.merchant_id,
        idempotency_key=decided.idempotency_key,
        amount=decided.total,
        shipping_amount=decided.shipping,
        shipping_tax=shipping_tax(order.id, decided.shipping, actor),
        cause=request.cause,
        note=request.note,
        decided_at=now,
    )
    db.session.add(decision)
    db.session.flush()
    _write_lines(decision.id, decided.by_line, lines, request)
    take_off(order, lines, request, actor=actor, now=now)
    _intend(decision.id, decided, now=now)
    publish(RefundDecided(order.id, decision.id, now))
    say(order, request, decided.total, actor=actor, now=now)
    return decision.id


def _write_lines(
    decision_id: int,
    amounts: Mapping[int, int],
    lines: Mapping[int, OrderLine],
    request: RefundRequest,
) -> None:
    taxes = line_taxes([lines[line_id] for line_id in amounts], amounts)
    db.session.add_all(
        OrderRefundLine(
            order_refund_id=decision_id,
            line_id=line_id,
            quantity=request.cancel.get(line_id, 0),
            amount=amount,
            tax=taxes[line_id],
        )
        for line_id, amount in amounts.items()
    )


def take_off(
    order: Order,
    lines: Mapping[int, OrderLine],
    request: RefundRequest,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    """Take units off their lines and tell whoever supplied them, in the order of their locks."""
    taken = [(lines[line_id], units) for line_id, units in request.cancel.items() if units]
    for line, units in taken:
        line.cancelled += units
    db.session.flush()
    for line, units in sorted(taken, key=lambda one: (one[0].supply, one[0].source_id or 0)):
        goods = supply.Goods(
            line.variant_id, units, line.supply, line.source_id, line.location_id
        )  # fmt: skip
        if request.restock:
            supply.put_back(goods, reference=order.code, actor=actor, now=now)
        else:
            supply.write_off(goods)
    lower_balances(order.id, now=now)


def _intend(decision_id: int, decided: Decided, *, now: datetime) -> None:
    try:
        parts = split_over_captures(decided.total, decided.captures)
    except ValueError:
        raise RefundAboveLimit({"amount": str(RefundAboveLimit.default_message)}) from None
    for payment_id, amount in parts:
        intend_refund(payment_id, amount=amount, purpose=decision_purpose(decision_id), now=now)


def say(order: Order, request: RefundRequest, total: int, *, actor: Actor, now: datetime) -> None:
    lines = restate(order)
    units = sum(request.cancel.values())
    tell(
        order.id, "refund_decided", actor=actor, now=now, merchant_id=actor.merchant_id,
        amount=total, units=units, note=request.note, cause=request.cause,
    )  # fmt: skip
    record(
        actor, "orders.refund", "order", order.id, now=now,
        after={"amount": total, "cancelled": {str(k): v for k, v in request.cancel.items()}},
    )  # fmt: skip
    if units and all(line.cancelled == line.quantity for line in lines):
        order.closed_at = now
        publish(OrderCancelled(order.id, request.cause, now))
    elif units:
        publish(LinesCancelled(order.id, now, request.cause))

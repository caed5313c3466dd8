"""The rest of a price: asked for later, in a window of its own, paid, lowered, or lost.

Lines and dues belong together by their `subject`; each subject keeps its own window, so that one
order may owe several balances at different times.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.orders import supply
from app.orders.commands.standing import restate, tell
from app.orders.errors import NothingDue
from app.orders.events import BalanceAsked, BalancePaid, LinesCancelled, OrderCancelled
from app.orders.ledger import held, refunded_by_line
from app.orders.locks import lines_of, lock_order
from app.orders.models import DuePurpose, LedgerEntry, LedgerKind, Order, OrderDue, OrderLine
from app.orders.rules import balance_left, open_balance, share_of_line
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.transaction import command

SHOP = "shop"
"""The gateway of ledger rows that no provider knows of."""


@command
def ask_balance(
    order_id: int, subject: str, *, opens_at: datetime, closes_at: datetime, now: datetime
) -> bool:
    """Ask for what is still to be paid on the lines of a subject; once.

    False when it was asked before, or nothing is left to ask for.
    """
    order = lock_order(order_id, SYSTEM)
    amount = open_balance(lines_of(order_id, SYSTEM), subject)
    if order.closed_at is not None or order.paid_at is None or amount == 0:
        return False
    if _balance_of(order_id, subject) is not None:
        return False
    db.session.add(
        OrderDue(
            order_id=order_id, purpose=DuePurpose.BALANCE, subject=subject, amount=amount,
            opens_at=opens_at, closes_at=closes_at,
        )
    )  # fmt: skip
    db.session.flush()
    restate(order)
    tell(order_id, "balance_asked", actor=SYSTEM, now=now, amount=amount)
    publish(BalanceAsked(order_id, subject, now))
    return True


@command
def extend_balance(order_id: int, subject: str, *, closes_at: datetime, now: datetime) -> bool:
    """Give a balance more time; False when it has that long already. Raises NothingDue."""
    lock_order(order_id, SYSTEM)
    due = _balance_of(order_id, subject)
    if due is None or not due.is_open:
        raise NothingDue
    if closes_at <= due.closes_at:
        return False
    due.closes_at = closes_at
    tell(order_id, "balance_extended", actor=SYSTEM, now=now, until=closes_at.isoformat())
    return True


@command
def end_balance(order_id: int, subject: str, *, now: datetime) -> bool:
    """Ask no more for a balance; False when it is paid, ended before, or was never asked for."""
    lock_order(order_id, SYSTEM)
    due = _balance_of(order_id, subject)
    if due is None or not due.is_open:
        return False
    due.ended_at = now
    db.session.flush()
    return True


@command
def waive_balance(order_id: int, subject: str, *, actor: Actor, now: datetime) -> int:
    """Ask for the rest no more and take it off the price; returns how much was asked for.

    Units that were taken off owed nothing any more; their part leaves the price all the same.
    """
    order = lock_order(order_id, SYSTEM)
    due = _balance_of(order_id, subject)
    if due is None or not end_balance(order_id, subject, now=now):
        return 0
    waived = 0
    for line in lines_of(order_id, SYSTEM):
        if line.subject != subject:
            continue
        left = line.balance - line.balance_paid
        before = line.tax_added
        line.tax = share_of_line(
            total=line.tax, quantity=line.total or 1, units=line.total - left, before=0
        )
        untaxed = before - line.tax_added
        line.balance -= left
        line.total -= left
        line.discount += left - untaxed
        order.discount_total += left - untaxed
        order.tax_added -= untaxed
        waived += left
    order.total -= waived
    restate(order)
    tell(order_id, "balance_waived", actor=actor, now=now, amount=due.amount)
    record(actor, "orders.waive_balance", "order", order_id, now=now, after={"amount": due.amount})
    return due.amount


@command
def forfeit(order_id: int, subject: str, *, cause: str, now: datetime) -> int:
    """The buyer gives up the lines of a subject and what was paid on them.

    Returns the minor units that became the shop's; a repeat changes nothing and returns 0.
    """
    order = lock_order(order_id, SYSTEM)
    lines = lines_of(order_id, SYSTEM)
    going = [line for line in lines if line.subject == subject and line.quantity > line.cancelled]
    if not going:
        return 0
    end_balance(order_id, subject, now=now)
    lost = _lose(order, going, subject, now=now)
    restate(order)
    tell(order_id, "forfeited", actor=SYSTEM, now=now, amount=lost, cause=cause)
    if all(line.cancelled == line.quantity for line in lines):
        order.closed_at = now
        publish(OrderCancelled(order_id, cause, now))
    else:
        publish(LinesCancelled(order_id, now, cause))
    return lost


def settle_balance(order: Order, due: OrderDue, *, now: datetime) -> None:
    """Note that a balance is paid, on its lines too."""
    due.settled_at = now
    for line in lines_of(order.id, SYSTEM):
        if line.subject == due.subject and line.balance:
            line.balance_paid = balance_left(
                balance=line.balance, quantity=line.quantity, cancelled=line.cancelled
            )
    db.session.flush()
    publish(BalancePaid(order.id, due.subject, now))


def lower_balances(order_id: int, *, now: datetime) -> None:
    """Ask no more for units that were taken off: open balances follow what is left of their lines.

    A balance that nothing is left of ends.
    """
    dues = db.session.scalars(
        select(OrderDue)
        .where(
            OrderDue.order_id == order_id,
            OrderDue.purpose == DuePurpose.BALANCE,
            OrderDue.settled_at.is_(None),
            OrderDue.ended_at.is_(None),
        )
        .execution_options(populate_existing=True)
    ).all()
    lines = lines_of(order_id, SYSTEM) if dues else []
    for due in dues:
        due.amount = open_balance(lines, due.subject)
        if due.amount == 0:
            due.ended_at = now
    db.session.flush()


def _lose(order: Order, lines: list[OrderLine], subject: str, *, now: datetime) -> int:
    """Take the units off, count what was paid on them as the shop's, and book it once. Less may
    have come than was asked, where a person took it as enough.
    """
    paid_back, left = refunded_by_line(order.id), held(order.id)
    lost = 0
    for line in lines:
        units = line.quantity - line.cancelled
        line.forfeited = max(min(line.asked - paid_back.get(line.id, 0), left - lost), 0)
        line.cancelled = line.quantity
        lost += line.forfeited
        supply.put_back(
            supply.Goods(line.variant_id, units, line.supply, line.source_id, line.location_id),
            reference=order.code, actor=SYSTEM, now=now,
        )  # fmt: skip
    db.session.add(
        LedgerEntry(
            order_id=order.id, kind=LedgerKind.FORFEIT, amount=-lost, currency=order.currency,
            gateway=SHOP, transaction_id=f"forfeit:{order.id}:{subject}", booked_at=now,
        )
    )  # fmt: skip
    db.session.flush()
    return lost


def _balance_of(order_id: int, subject: str) -> OrderDue | None:
    return db.session.scalar(
        select(OrderDue)
        .where(
            OrderDue.order_id == order_id,
            OrderDue.purpose == DuePurpose.BALANCE,
            OrderDue.subject == subject,
        )
        .execution_options(populate_existing=True)
    )

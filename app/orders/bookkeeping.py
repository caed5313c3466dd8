"""Compare our ledger with what the providers say moved, and every order with itself.

Nothing here changes anything: a difference is for a person. `flask shop audit money` prints it, and
the nightly job leaves it in the audit record.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.orders.models import LedgerEntry, LedgerKind, Order, OrderLine
from app.payments.gateways.base import GatewayRefused, GatewayUnreachable, StatementLine
from app.payments.gateways.registry import offered
from app.platform import clock
from app.platform.actor import SYSTEM
from app.platform.audit.commands import record
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.transaction import transaction

MARGIN = timedelta(days=2)
"""A movement may be booked by one side a little later than by the other."""
ON_PAPER = "bank_transfer"


@dataclass(frozen=True, slots=True)
class Movement:
    """Money of one transaction, positive both ways, in minor units."""

    kind: str
    transaction_id: str
    amount: int
    currency: str


@dataclass(frozen=True, slots=True)
class Difference:
    """`ours` or `theirs` is None where one side knows nothing of a transaction."""

    gateway: str
    kind: str
    transaction_id: str
    ours: int | None
    theirs: int | None


@dataclass(frozen=True, slots=True)
class Books:
    """How the books stand. `silent` are gateways that did not answer: nothing is known of them."""

    compared: int
    differences: tuple[Difference, ...]
    odd_orders: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def agree(self) -> bool:
        return not (self.differences or self.odd_orders or self.silent)


def compare(
    gateway: str, ours: Iterable[Movement], theirs: Iterable[Movement]
) -> tuple[Difference, ...]:
    """Every transaction on which two lists of movements differ, in the order of its id."""
    left = {(one.kind, one.transaction_id): one for one in ours}
    right = {(one.kind, one.transaction_id): one for one in theirs}
    found = []
    for key in sorted(left.keys() | right.keys(), key=lambda key: (key[1], key[0])):
        here, there = left.get(key), right.get(key)
        if here != there:
            found.append(
                Difference(
                    gateway, key[0], key[1], here.amount if here else None,
                    there.amount if there else None,
                )
            )  # fmt: skip
    return tuple(found)


def examine(start: datetime, end: datetime) -> Books:
    """Compare everything booked in [start, end) with the providers' statements, and the sums of
    the orders placed then.
    """
    compared, differences, silent = 0, list[Difference](), list[str]()
    for name, gateway in offered(settings()).items():
        if name == ON_PAPER:
            continue
        db.session.rollback()
        try:
            lines = gateway.statement(start - MARGIN, end + MARGIN)
        except (GatewayUnreachable, GatewayRefused):
            silent.append(name)
            continue
        theirs = [_moved(line) for line in lines]
        ours = _booked(name, start, end)
        known = {(one.kind, one.transaction_id) for one in ours}
        in_window = {(line.kind, line.transaction_id) for line in lines if start <= line.at < end}
        relevant = [one for one in theirs if (one.kind, one.transaction_id) in known | in_window]
        elsewhere = [one for one in _booked_as(name, relevant) if one not in ours]
        differences += compare(name, [*ours, *elsewhere], relevant)
        compared += len(relevant)
    return Books(compared, tuple(differences), _odd_orders(start, end), tuple(silent))


def examine_yesterday() -> Books:
    """The nightly look at the day that is over; what it found stays in the audit record."""
    now = clock.now()
    midnight = now.astimezone(settings().zone).replace(hour=0, minute=0, second=0, microsecond=0)
    books = examine(midnight - timedelta(days=1), midnight)
    with transaction():
        record(
            SYSTEM, "money.examine", "shop", None, now=now,
            after={
                "compared": books.compared,
                "differences": [one.transaction_id for one in books.differences],
                "odd_orders": list(books.odd_orders),
                "silent": list(books.silent),
            },
        )  # fmt: skip
    return books


def _moved(line: StatementLine) -> Movement:
    return Movement(line.kind, line.transaction_id, line.amount_minor, line.currency)


def _booked(gateway: str, start: datetime, end: datetime) -> list[Movement]:
    rows = db.session.scalars(
        select(LedgerEntry).where(
            LedgerEntry.gateway == gateway,
            LedgerEntry.booked_at >= start,
            LedgerEntry.booked_at < end,
        )
    )
    return [_movement(row) for row in rows]


def _booked_as(gateway: str, theirs: Sequence[Movement]) -> list[Movement]:
    """What we booked of these transactions, whenever it was."""
    rows = db.session.scalars(
        select(LedgerEntry).where(
            LedgerEntry.gateway == gateway,
            LedgerEntry.transaction_id.in_([one.transaction_id for one in theirs]),
        )
    )
    return [_movement(row) for row in rows]


def _movement(row: LedgerEntry) -> Movement:
    return Movement(row.kind, row.transaction_id, abs(row.amount), row.currency)


def _odd_orders(start: datetime, end: datetime) -> tuple[str, ...]:
    """Codes of orders whose parts do not sum to their total, or that gave back more than came."""
    lines = (
        select(OrderLine.order_id, func.sum(OrderLine.total).label("total"))
        .group_by(OrderLine.order_id)
        .subquery()
    )
    sums = (
        select(LedgerEntry.order_id, func.sum(LedgerEntry.amount).label("left"))
        .where(LedgerEntry.kind.in_([LedgerKind.CAPTURE, LedgerKind.REFUND, LedgerKind.FORFEIT]))
        .group_by(LedgerEntry.order_id)
        .subquery()
    )
    goods = Order.goods_total - Order.discount_total + Order.tax_added
    statement = (
        select(Order.code)
        .join(lines, lines.c.order_id == Order.id)
        .outerjoin(sums, sums.c.order_id == Order.id)
        .where(
            Order.placed_at >= start,
            Order.placed_at < end,
            (goods + Order.shipping_total != Order.total)
            | (lines.c.total != goods)
            | (func.coalesce(sums.c.left, 0) < 0),
        )
        .order_by(Order.code)
    )
    return tuple(db.session.scalars(statement))

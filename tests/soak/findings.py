"""What must be true at every moment of a soak, and what must be done at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from flask import Flask
from psycopg import IsolationLevel
from sqlalchemy import event, func, select
from sqlalchemy.exc import SQLAlchemyError

from app.notifications.models import Message, MessageState
from app.orders.bookkeeping import examine
from app.orders.models import Order
from app.payments.models import OPEN_PAYMENTS, OPEN_REFUNDS, Payment, Refund
from app.platform import clock
from app.platform.audit.commands import verify
from app.platform.db import db
from app.platform.inbox.models import InboundEvent, InboundState
from app.platform.outbox.models import DeliveryState, OutboxDelivery
from tests.faults import books as money
from tests.presale import books as presales

UNFINISHED = {
    "deliveries": OutboxDelivery.state != DeliveryState.DONE,
    "mails": Message.state != MessageState.SENT,
    "callbacks": InboundEvent.state.in_([InboundState.STORED, InboundState.FAILED]),
    "payments under way": Payment.state.in_(OPEN_PAYMENTS),
    "refunds under way": Refund.state.in_(OPEN_REFUNDS),
    "orders that wait for money": Order.paid_at.is_(None) & Order.closed_at.is_(None),
}
DAYS = timedelta(days=2)
TRIES = 5


@dataclass(frozen=True)
class Auditor:
    """Looks at the tables with an application of its own, which sees one moment at a time."""

    app: Flask

    def __post_init__(self) -> None:
        with self.app.app_context():
            if db.engine.dialect.name == "postgresql":
                event.listen(db.engine, "connect", _see_one_moment)

    def faults(self) -> list[str]:
        """Every invariant that does not hold now."""
        with self._looking():
            return _patiently(lambda: money.faults() + presales.faults())

    def unfinished(self) -> list[str]:
        """What is not done yet, with its number."""
        with self._looking():
            return _patiently(_unfinished)

    def differences(self) -> list[str]:
        """Where our books and the provider's disagree, and where the audit chain is broken."""
        with self._looking():
            now = clock.now()
            books, chain = examine(now - DAYS, now + DAYS), verify()
            found = [str(difference) for difference in books.differences]
            found += [f"order {code} does not add up" for code in books.odd_orders]
            found += [f"{name} does not answer" for name in books.silent]
            if chain.reason:
                found.append(f"the audit chain: {chain.reason}")
            return found

    def figures(self) -> dict[str, int]:
        with self._looking():
            tables = {"orders": Order, "payments": Payment, "refunds": Refund, "mails": Message}
            return {name: _number_of(table) for name, table in tables.items()}

    @contextmanager
    def _looking(self) -> Iterator[None]:
        with self.app.app_context():
            try:
                yield
            finally:
                db.session.remove()


def _see_one_moment(connection, _record) -> None:
    connection.isolation_level = IsolationLevel.REPEATABLE_READ


def _patiently(look) -> list[str]:
    """PostgreSQL may be on its way back: then our own connections are gone as well."""
    for _ in range(TRIES):
        try:
            found: list[str] = look()
        except SQLAlchemyError:
            db.session.remove()
            db.engine.dispose()
        else:
            return found
    return ["the database could not be looked at"]


def _unfinished() -> list[str]:
    db.session.rollback()
    numbers = {
        what: db.session.scalar(select(func.count()).where(which)) or 0
        for what, which in UNFINISHED.items()
    }
    return [f"{number} {what}" for what, number in numbers.items() if number]


def _number_of(table) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0

"""Reads of orders: one order for its buyer or for staff, and lists for the admin."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import func, or_, select

from app.orders.models import (
    LedgerEntry,
    LedgerKind,
    Order,
    OrderDelivery,
    OrderDue,
    OrderEvent,
    OrderLine,
    OrderRefund,
)
from app.orders.rules import open_balance
from app.orders.tax import Taxed, summed
from app.payments import queries as payments
from app.payments.models import Payment, PaymentProof, Refund
from app.platform.actor import SYSTEM, Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.i18n import pick
from app.platform.ids import heard_code, sign_token, token_code, token_is_genuine
from app.platform.money import Money
from app.platform.rbac import found, visible

TOKEN_PURPOSE = "order"  # noqa: S105  (what the token is for, not a token)
BALANCE_PURPOSE = "balance"
BANK_TRANSFER = "bank_transfer"


@dataclass(frozen=True)
class OrderView:
    """An order with everything its pages show, limited to what the reader may see.

    What only some of them show is read when it is first asked for.
    """

    order: Order
    lines: Sequence[OrderLine]
    deliveries: Sequence[OrderDelivery]
    dues: Sequence[OrderDue]
    ledger: Sequence[LedgerEntry]
    payments: Sequence[Payment]
    reader: Actor
    is_public: bool

    @cached_property
    def events(self) -> Sequence[OrderEvent]:
        return _events(self.order.id, self.reader, public=self.is_public)

    @cached_property
    def refunds(self) -> Sequence[Refund]:
        """None can be before money came."""
        return payments.refunds_of_subject(self.order.id) if self.ledger else ()

    @cached_property
    def proofs(self) -> Sequence[PaymentProof]:
        """Pictures of transfers: no other way to pay has them."""
        transfers = [each.id for each in self.payments if each.gateway == BANK_TRANSFER]
        return payments.proofs_of(transfers) if transfers else ()

    @property
    def captured(self) -> Money:
        return self.money(self._booked(LedgerKind.CAPTURE))

    @property
    def refunded(self) -> Money:
        return self.money(-self._booked(LedgerKind.REFUND))

    @property
    def token(self) -> str:
        return token_of(self.order)

    @property
    def total(self) -> Money:
        return Money(self.order.total, self.order.currency)

    @property
    def due(self) -> OrderDue | None:
        """What is to be paid next, if anything."""
        if self.order.closed_at is not None:
            return None
        waiting = [due for due in self.dues if due.is_open]
        return min(waiting, key=lambda due: (due.closes_at, due.id), default=None)

    @property
    def balance(self) -> Money:
        """What of the price is still to be paid later, asked for or not."""
        subjects = {line.subject for line in self.lines}
        return self.money(sum(open_balance(self.lines, subject) for subject in subjects))

    @property
    def taken_off(self) -> tuple[tuple[str, Money], ...]:
        """(name, amount) of all that came off the goods: each promotion as it was accepted, and
        the rest, which is what deposits counted for beyond themselves. An empty name is the rest.
        """
        promotions = [
            (_name_of(each), self.money(int(each["amount"])))
            for each in self.order.terms.get("promotions", ())
            if not each.get("on_shipping")
        ]
        named = sum(amount.minor for _name, amount in promotions)
        rest = self.money(self.order.discount_total - named)
        return (*(([("", rest)]) if rest else ()), *promotions)

    @property
    def taxes(self) -> tuple[Taxed, ...]:
        """What of it is tax, one sum for each rate."""
        every: tuple[OrderLine | OrderDelivery, ...] = (*self.lines, *self.deliveries)
        return summed(
            Taxed(self.money(each.tax), each.tax_percent, not each.is_tax_added) for each in every
        )

    @property
    def delivery_before_tax(self) -> Money:
        """What all delivery costs, before a tax was added to that which the reader sees."""
        added = sum(each.tax for each in self.deliveries if each.is_tax_added)
        return self.money(self.order.shipping_total - added)

    def money(self, minor: int) -> Money:
        return Money(minor, self.order.currency)

    def _booked(self, kind: LedgerKind) -> int:
        return sum(entry.amount for entry in self.ledger if entry.kind == kind)


def token_of(order: Order) -> str:
    """The signed word that opens `/o/<token>` without a sign-in."""
    return sign_token(settings().secret_key, TOKEN_PURPOSE, order.code, order.token_version)


def by_token(token: str) -> OrderView:
    """The whole order for whoever holds its link; raises NotFound for a forged or revoked one."""
    return _view(order_by_token(token), SYSTEM, public=True)


def order_by_token(token: str) -> Order:
    """The order's own row for whoever holds its link, where nothing of it is shown."""
    order = db.session.scalar(select(Order).where(Order.code == token_code(token)))
    if order is None or not token_is_genuine(
        settings().secret_keys, TOKEN_PURPOSE, token, order.token_version
    ):
        raise NotFound
    return order


def id_by_token(token: str) -> int:
    return order_by_token(token).id


def waits_for_payment(order: Order) -> bool:
    """Whether anything of it is still to be paid."""
    if order.closed_at is not None:
        return False
    open_due = select(OrderDue.id).where(
        OrderDue.order_id == order.id, OrderDue.settled_at.is_(None), OrderDue.ended_at.is_(None)
    )
    return db.session.scalar(open_due.limit(1)) is not None


def token_by_id(order_id: int) -> str:
    """For a caller who has just made or loaded the order."""
    return token_of(found(db.session.get(Order, order_id)))


def for_mail(order_id: int) -> OrderView:
    """The whole order as its buyer may see it; for the mails written about it."""
    return _view(found(db.session.get(Order, order_id)), SYSTEM, public=True)


def by_code_and_phone(code: str, phone_tail: str) -> Order | None:
    """An order for somebody who knows its code and the last four digits of its phone."""
    tail = phone_tail.strip()[-4:]
    if not tail:
        return None  # an order whose buyer was erased has none either
    return db.session.scalar(
        select(Order).where(Order.code == heard_code(code), Order.phone_tail == tail)
    )


def for_staff(order_id: int, actor: Actor) -> OrderView:
    """An order with the lines of the actor's merchant only; raises NotFound."""
    order = found(
        db.session.scalar(select(Order).where(Order.id == order_id, visible(actor, Order)))
    )
    return _view(order, actor, public=False)


def of_customer(actor: Actor, limit: int = 50) -> Sequence[Order]:
    """A shopper's own orders, newest first."""
    statement = (
        select(Order).where(visible(actor, Order)).order_by(Order.placed_at.desc()).limit(limit)
    )
    return db.session.scalars(statement).all()


def counts(actor: Actor) -> dict[str, int]:
    """How many orders stand under each headline, plus `attention`."""
    own = select(Order.headline, func.count()).where(visible(actor, Order))
    by_headline = dict(db.session.execute(own.group_by(Order.headline)).all())
    looked_for = (
        select(func.count())
        .select_from(Order)
        .where(visible(actor, Order), Order.attention.is_not(None))
    )
    return by_headline | {"attention": db.session.scalar(looked_for) or 0}


def _view(order: Order, actor: Actor, *, public: bool) -> OrderView:
    lines = select(OrderLine).where(OrderLine.order_id == order.id, visible(actor, OrderLine))
    deliveries = select(OrderDelivery).where(
        OrderDelivery.order_id == order.id, visible(actor, OrderDelivery)
    )
    dues = select(OrderDue).where(OrderDue.order_id == order.id).order_by(OrderDue.opens_at)
    ledger = select(LedgerEntry).where(LedgerEntry.order_id == order.id).order_by(LedgerEntry.id)
    return OrderView(
        order=order,
        lines=db.session.scalars(lines.order_by(OrderLine.id)).all(),
        deliveries=db.session.scalars(deliveries).all(),
        dues=db.session.scalars(dues).all(),
        ledger=db.session.scalars(ledger).all(),
        payments=payments.of_subject(order.id),
        reader=actor,
        is_public=public,
    )


def _events(order_id: int, actor: Actor, *, public: bool) -> Sequence[OrderEvent]:
    statement = select(OrderEvent).where(OrderEvent.order_id == order_id).order_by(OrderEvent.id)
    if public:
        statement = statement.where(OrderEvent.public)
    elif actor.is_staff:
        statement = statement.where(
            or_(OrderEvent.merchant_id.is_(None), OrderEvent.merchant_id == actor.merchant_id)
        )
    return db.session.scalars(statement).all()


def refund_decisions(order_id: int) -> Sequence[OrderRefund]:
    statement = select(OrderRefund).where(OrderRefund.order_id == order_id).order_by(OrderRefund.id)
    return db.session.scalars(statement).all()


@dataclass(frozen=True, slots=True)
class BalanceView:
    """What whoever was handed a link to pay may see of a balance, and nothing else of its order."""

    order_id: int
    code: str
    name: str
    amount: Money
    due: OrderDue
    is_closed: bool


def balance_token(order: Order, due: OrderDue) -> str:
    """The signed word that opens `/b/<token>`, which pays one balance and opens no order."""
    code = f"{order.code}.{due.id}"
    return sign_token(settings().secret_key, BALANCE_PURPOSE, code, order.token_version)


def balance_by_token(token: str) -> BalanceView:
    """One balance for whoever holds its link; raises NotFound for a forged or revoked one."""
    code, _dot, due_id = token_code(token).partition(".")
    order = db.session.scalar(select(Order).where(Order.code == code))
    if order is None or not token_is_genuine(
        settings().secret_keys, BALANCE_PURPOSE, token, order.token_version
    ):
        raise NotFound
    due = found(db.session.get(OrderDue, int(due_id), populate_existing=True))
    return BalanceView(
        order.id, order.code, order.name, Money(due.amount, order.currency), due,
        is_closed=order.closed_at is not None,
    )  # fmt: skip


def _name_of(promotion: Mapping[str, Any]) -> str:
    """`Welcome (WELCOME10)`, as the bag called it."""
    name, code = pick(promotion["name"]), promotion.get("code")
    return f"{name} ({code})" if code else name

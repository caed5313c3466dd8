"""What is to be done, as far as it is the reader's business, nearest deadline first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from app.admin import rules
from app.admin.queries import money, orders
from app.admin.queries.orders import View
from app.admin.queries.presales import waiting as presales
from app.notifications.models import MessageState
from app.notifications.queries import counts as mail_counts
from app.orders.models import DeliveryMethod, LineState, OrderDelivery, OrderLine
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.inbox.models import InboundState
from app.platform.inbox.queries import counts as callback_counts
from app.platform.outbox.queries import health
from app.platform.rbac import visible


class Task(StrEnum):
    """Kinds of things to do; `templates/admin/today.html` has their words."""

    SHIP = "ship"
    LAY_OUT = "lay_out"
    COLLECTED = "collected"
    TRANSFERS = "transfers"
    REFUNDS = "refunds"
    ATTENTION = "attention"
    MAILS = "mails"
    CALLBACKS = "callbacks"
    DELIVERIES = "deliveries"
    DECIDE = "decide"
    CLOSING = "closing"
    BALANCES = "balances"
    PROMISES = "promises"
    LEAVING = "leaving"
    COMPENSATIONS = "compensations"


@dataclass(frozen=True, slots=True)
class Todo:
    """`due_at` None means now."""

    task: Task
    number: int
    href: str
    due_at: datetime | None = None


def tasks(actor: Actor, *, now: datetime) -> list[Todo]:
    """Everything with a number above nought."""
    found = [
        *_orders(actor), *_presales(actor, now), *_payments(actor), *_machines(actor, now),
    ]  # fmt: skip
    waiting = [task for task in found if task.number]
    return sorted(waiting, key=lambda task: rules.urgency(task.due_at, now))


def _orders(actor: Actor) -> Iterator[Todo]:
    if not actor.may("orders.view"):
        return
    numbers = orders.counts(actor)
    since = orders.waiting_longest(actor, View.TO_SHIP)
    href = "/admin/orders?view="
    yield Todo(
        Task.SHIP,
        numbers[View.TO_SHIP],
        href + View.TO_SHIP,
        rules.due(since, rules.SHIP_WITHIN),
    )
    yield Todo(Task.ATTENTION, numbers[View.ATTENTION], href + View.ATTENTION)
    yield from _pickups(actor, href + View.TO_HAND_OVER)


def _pickups(actor: Actor, href: str) -> Iterator[Todo]:
    """Two tasks of one view: goods to be laid out, and goods whose buyer has not come."""
    lines = (
        select(OrderLine.order_id, OrderLine.state)
        .where(
            visible(actor, OrderLine),
            OrderLine.state.in_((LineState.TO_FULFIL, LineState.READY_FOR_PICKUP)),
        )
        .distinct()
        .subquery()
    )
    statement = (
        select(lines.c.state, func.count(), func.min(OrderDelivery.ready_at))
        .join(OrderDelivery, OrderDelivery.order_id == lines.c.order_id)
        .where(visible(actor, OrderDelivery), OrderDelivery.method == DeliveryMethod.PICKUP)
        .group_by(lines.c.state)
    )
    for state, number, ready_at in db.session.execute(statement):
        if state == LineState.TO_FULFIL:
            since = orders.waiting_longest(actor, View.TO_HAND_OVER)
            yield Todo(Task.LAY_OUT, number, href, rules.due(since, rules.LAY_OUT_WITHIN))
        else:
            yield Todo(Task.COLLECTED, number, href, rules.due(ready_at, rules.KEPT_IN_STORE))


def _presales(actor: Actor, now: datetime) -> Iterator[Todo]:
    if not actor.may("presales.view"):
        return
    href = "/admin/presales?view="
    closing = presales.closing_today(actor, now=now)
    yield Todo(Task.CLOSING, closing.number, f"{href}running", closing.due_at)
    if actor.may("presales.produce"):
        late = presales.promises_breaking(actor, now=now)
        yield Todo(Task.PROMISES, late.number, f"{href}in_production", late.due_at)
    if not actor.may("presales.decide"):
        return
    waits = presales.to_decide(actor)
    yield Todo(Task.DECIDE, waits.number, f"{href}to_decide", waits.due_at)
    owing = presales.balances_ending(actor, now=now)
    yield Todo(Task.BALANCES, owing.number, f"{href}balances", owing.due_at)
    yield Todo(Task.LEAVING, presales.leaving(actor).number, "/admin/presales/requests")
    owed = presales.compensations(actor)
    yield Todo(Task.COMPENSATIONS, owed.number, "/admin/presales/requests")


def _payments(actor: Actor) -> Iterator[Todo]:
    if not actor.may("payments.confirm"):
        return
    transfers, refunds = money.transfers_waiting(), money.refunds_waiting()
    yield Todo(Task.TRANSFERS, transfers.number, "/admin/payments", transfers.first)
    deadline = rules.due(refunds.first, rules.PAY_BACK_WITHIN)
    yield Todo(Task.REFUNDS, refunds.number, "/admin/payments", deadline)


def _machines(actor: Actor, now: datetime) -> Iterator[Todo]:
    if actor.may("mail.view"):
        dead = mail_counts()[MessageState.DEAD]
        yield Todo(Task.MAILS, dead, f"/admin/mails?state={MessageState.DEAD}")
    if actor.may("callbacks.view"):
        numbers = callback_counts()
        open_states = (InboundState.FAILED, InboundState.UNMATCHED, InboundState.REJECTED)
        number = sum(numbers[state] for state in open_states)
        yield Todo(Task.CALLBACKS, number, "/admin/callbacks?state=open")
        yield Todo(Task.DELIVERIES, health(now).dead, "/admin/callbacks#deliveries")

"""What presales do when something has happened to an order, in the order's own transaction."""

from __future__ import annotations

from app.orders.events import (
    BalanceAsked,
    BalancePaid,
    LinesCancelled,
    OrderCancelled,
    OrderChanged,
    OrderPaid,
    OrderRefunded,
    PaymentReturned,
)
from app.orders.locks import lines_of
from app.platform.actor import SYSTEM
from app.platform.facts import on
from app.presale.commands import (
    balances,
    cutting,
    joining,
    late,
    more_time,
    notices,
    paying_back,
    production,
    sending,
    substituting,
)
from app.presale.commands.standing import follow_order, recount_places
from app.presale.mails import SUBSCRIPTIONS as MAILS
from app.presale.models import SUPPLY

STEPS = (balances, cutting, more_time, notices, paying_back, production, substituting)
"""The files that say what tasks do; a worker that has read this one knows every step."""


def confirm_join(fact: OrderPaid) -> None:
    """An order of nothing but what lies on a shelf has joined nothing."""
    if any(line.supply == SUPPLY for line in lines_of(fact.order_id, SYSTEM)):
        joining.confirm(fact.order_id, now=fact.at)


def follow_change(
    fact: BalanceAsked | BalancePaid | OrderChanged | OrderRefunded,
) -> None:
    follow_order(fact.order_id, now=fact.at)
    sending.note_what_was_sent(fact.order_id, now=fact.at)


def follow_cancellation(fact: OrderCancelled | LinesCancelled) -> None:
    for campaign_id in follow_order(fact.order_id, now=fact.at):
        recount_places(campaign_id, now=fact.at)


def put_late_payer_first(fact: PaymentReturned) -> None:
    """Whose money came when every place was taken heads the waiting list (R3)."""
    if fact.cause == "late":
        late.put_first(fact.order_id, now=fact.at)


SUBSCRIPTIONS = (
    on(PaymentReturned, put_late_payer_first),
    on(OrderPaid, confirm_join, "same_transaction"),
    on(BalanceAsked, follow_change, "same_transaction"),
    on(BalancePaid, follow_change, "same_transaction"),
    on(OrderChanged, follow_change, "same_transaction"),
    on(OrderRefunded, follow_change, "same_transaction"),
    on(OrderCancelled, follow_cancellation, "same_transaction"),
    on(LinesCancelled, follow_cancellation, "same_transaction"),
    *MAILS,
)

"""What a commitment's state is: a pure function of its order line, its dues and its refund."""

from __future__ import annotations

from dataclasses import dataclass

from app.orders.models import LineState
from app.presale.models import CommitmentState as K


@dataclass(frozen=True, slots=True)
class LineStanding:
    """What an order says of a commitment's line.

    `balance_open` while the rest is asked for and not paid, `balance_paid` once it is;
    `paid_back` when the decided refund has arrived; `cut` when units were not supplied.
    """

    state: LineState
    was_paid: bool
    balance_open: bool = False
    balance_paid: bool = False
    waived: bool = False
    forfeited: bool = False
    paid_back: bool = False
    cut: bool = False
    packed: bool = False
    asked_to_cancel: bool = False
    is_over: bool = False


_SENT = {
    LineState.PARTLY_SHIPPED: K.SHIPPED,
    LineState.SHIPPED: K.SHIPPED,
    LineState.READY_FOR_PICKUP: K.READY_FOR_PICKUP,
    LineState.DELIVERED: K.DELIVERED,
    LineState.PICKED_UP: K.PICKED_UP,
}


def commitment_state(line: LineStanding) -> K:
    """The state of a commitment, computed from its line alone."""
    if line.state is LineState.CANCELLED:
        return _gone(line)
    if line.state is LineState.AWAITING_PAYMENT:
        return K.HOLD
    if line.state in _SENT:
        sent = _SENT[line.state]
        return K.CLOSED if line.is_over and sent in {K.DELIVERED, K.PICKED_UP} else sent
    if line.asked_to_cancel:
        return K.CANCEL_REQUESTED
    if line.state is LineState.TO_FULFIL:
        return K.PACKED if line.packed else K.ALLOCATED
    return _promised(line)


def _gone(line: LineStanding) -> K:
    if not line.was_paid:
        return K.HOLD_EXPIRED
    if line.forfeited:
        return K.FORFEITED
    return K.REFUNDED if line.paid_back else K.CANCELLED


def _promised(line: LineStanding) -> K:
    if line.waived:
        return K.WAIVED
    if line.balance_open:
        return K.BALANCE_DUE
    if line.balance_paid:
        return K.BALANCE_PAID
    return K.SHORT_SUPPLIED if line.cut else K.CONFIRMED

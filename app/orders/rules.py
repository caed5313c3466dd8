"""Pure rules of an order: the state of a line, the headline, and what may still be paid back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.orders.models import Headline, LineState, Order, OrderLine

LINE_MOVES: Mapping[LineState, frozenset[LineState]] = {
    LineState.AWAITING_PAYMENT: frozenset(
        {LineState.PROMISED, LineState.TO_FULFIL, LineState.CANCELLED}
    ),
    LineState.PROMISED: frozenset(
        {LineState.TO_FULFIL, LineState.READY_FOR_PICKUP, LineState.CANCELLED}
    ),
    LineState.TO_FULFIL: frozenset(
        {
            LineState.PARTLY_SHIPPED,
            LineState.SHIPPED,
            LineState.READY_FOR_PICKUP,
            LineState.CANCELLED,
        }
    ),
    LineState.PARTLY_SHIPPED: frozenset({LineState.SHIPPED, LineState.DELIVERED}),
    LineState.READY_FOR_PICKUP: frozenset({LineState.PICKED_UP, LineState.CANCELLED}),
    LineState.SHIPPED: frozenset({LineState.DELIVERED}),
    LineState.DELIVERED: frozenset(),
    LineState.PICKED_UP: frozenset(),
    # A late payment for an order closed unpaid may bring its lines back (presale rule R3).
    LineState.CANCELLED: frozenset({LineState.PROMISED, LineState.TO_FULFIL}),
}
"""docs/states.md shows this table; a test compares them."""


def moved(before: LineState, after: LineState) -> LineState:
    """`after`, where docs/states.md allows a line to go; raises AssertionError elsewhere."""
    if after is not before and after not in LINE_MOVES[before]:
        raise AssertionError(f"a line may not go from {before} to {after}")
    return after


@dataclass(frozen=True, slots=True)
class LineFacts:
    """Counters of a line, whether its order is paid, and how it is handed over.

    `available` says that the goods are there, fully paid, and need not wait for others.
    """

    quantity: int
    cancelled: int
    shipped: int
    delivered: int
    paid: bool
    available: bool = True
    pickup: bool = False
    ready: bool = False


def line_state(line: LineFacts) -> LineState:
    """The state of a line, computed from its counters alone."""
    wanted = line.quantity - line.cancelled
    if wanted == 0:
        return LineState.CANCELLED
    if not line.paid:
        return LineState.AWAITING_PAYMENT
    return _under_way(line, wanted) if line.shipped or line.delivered else _before_sending(line)


def _under_way(line: LineFacts, wanted: int) -> LineState:
    if line.delivered >= wanted:
        return LineState.PICKED_UP if line.pickup else LineState.DELIVERED
    return LineState.SHIPPED if line.shipped >= wanted else LineState.PARTLY_SHIPPED


def _before_sending(line: LineFacts) -> LineState:
    if not line.available:
        return LineState.PROMISED
    return LineState.READY_FOR_PICKUP if line.pickup and line.ready else LineState.TO_FULFIL


_FIRST_THAT_APPLIES = (
    (LineState.AWAITING_PAYMENT, Headline.AWAITING_PAYMENT),
    (LineState.PARTLY_SHIPPED, Headline.PARTLY_SHIPPED),
    (LineState.TO_FULFIL, Headline.TO_SHIP),
    (LineState.READY_FOR_PICKUP, Headline.READY_FOR_PICKUP),
    (LineState.PROMISED, Headline.PROMISED),
    (LineState.SHIPPED, Headline.SHIPPED),
    (LineState.DELIVERED, Headline.DELIVERED),
    (LineState.PICKED_UP, Headline.PICKED_UP),
)


def headline(
    states: Sequence[LineState], *, captured: int, refunded: int, balance_due: bool = False
) -> Headline:
    """The order in one word: what is still to be done comes before what is done."""
    awaited = LineState.AWAITING_PAYMENT in states
    if captured > 0 and refunded >= captured and not awaited:
        return Headline.REFUNDED
    going = [state for state in states if state is not LineState.CANCELLED]
    if not going:
        return Headline.CANCELLED
    begun = {LineState.SHIPPED, LineState.DELIVERED, LineState.PARTLY_SHIPPED} & set(going)
    if balance_due and not awaited:
        return Headline.BALANCE_DUE
    if begun and {LineState.TO_FULFIL, LineState.PROMISED} & set(going):
        return Headline.PARTLY_SHIPPED
    for state, word in _FIRST_THAT_APPLIES:
        if state in going:
            return word
    raise AssertionError(f"no headline for {going}")


def line_refundable(*, total: int, already: int) -> int:
    """What of a line's price can still be paid back, in minor units."""
    return max(total - already, 0)


def balance_left(*, balance: int, quantity: int, cancelled: int) -> int:
    """What of a line's balance is still to be asked for, units taken off included."""
    return balance - share_of_line(total=balance, quantity=quantity, units=cancelled, before=0)


def open_balance(lines: Iterable[OrderLine], subject: str) -> int:
    """What is still to be asked for on the lines of a subject."""
    return sum(
        balance_left(balance=line.balance, quantity=line.quantity, cancelled=line.cancelled)
        - line.balance_paid
        for line in lines
        if line.subject == subject and line.quantity > line.cancelled
    )


def share_of_line(*, total: int, quantity: int, units: int, before: int) -> int:
    """What `units` of a line cost, so that all units together cost exactly `total`.

    `before` units were counted earlier. Cumulative rounding: the k-th cent falls to the same unit
    in any order.
    """
    return total * (before + units) // quantity - total * before // quantity


def split_over_captures(
    amount: int, refundable: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Spread a refund over payments given as (id, refundable): an exact match first, then the
    largest.

    Returns (id, amount) pairs that sum to `amount`; raises ValueError when they cannot.
    """
    for payment_id, left in refundable:
        if left == amount:
            return [(payment_id, amount)]
    parts: list[tuple[int, int]] = []
    missing = amount
    for payment_id, left in sorted(refundable, key=lambda pair: (-pair[1], pair[0])):
        part = min(left, missing)
        if part > 0:
            parts.append((payment_id, part))
            missing -= part
    if missing:
        raise ValueError("more than the captures can give back")
    return parts


_NOT_PACKED = frozenset({LineState.AWAITING_PAYMENT, LineState.PROMISED, LineState.TO_FULFIL})


def address_is_open(order: Order, lines: Iterable[OrderLine]) -> bool:
    """Whether an order can still go somewhere else: nothing of what is to be sent has left."""
    if order.address is None or order.closed_at is not None:
        return False
    staying = [LineState(line.state) for line in lines if line.state != LineState.CANCELLED]
    return bool(staying) and all(state in _NOT_PACKED for state in staying)

"""What a line may become, what an order is called, and what may be paid back."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from app.catalog.models import HoldState
from app.orders.models import LineState
from app.orders.rules import (
    LINE_MOVES,
    LineFacts,
    headline,
    line_refundable,
    line_state,
    moved,
    share_of_line,
    split_over_captures,
)
from app.payments.models import PaymentState, RefundState
from app.platform.inbox.models import InboundState
from tests.states_document import moves, section, states_in, table

AMOUNTS = st.integers(1, 10**9)


DOCUMENTED = moves("A line of an order")


def facts(**changes: int | bool) -> LineFacts:
    """Three units, paid, to be shipped, nothing done yet, unless said otherwise."""
    line = LineFacts(quantity=3, cancelled=0, shipped=0, delivered=0, paid=True)
    return replace(line, **changes)  # type: ignore[arg-type]


def test_the_document_and_the_code_have_the_same_moves():
    in_code = {
        before.value: frozenset(after.value for after in afters)
        for before, afters in LINE_MOVES.items()
    }

    assert in_code == DOCUMENTED


def test_every_state_of_a_line_has_its_row():
    assert set(DOCUMENTED) == {state.value for state in LineState}


@pytest.mark.parametrize(("before", "after"), list(product(LineState, repeat=2)))
def test_a_line_moves_as_documented_and_not_otherwise(before: LineState, after: LineState):
    allowed = before is after or after.value in DOCUMENTED[before.value]

    if allowed:
        assert moved(before, after) is after
    else:
        with pytest.raises(AssertionError, match="may not go"):
            moved(before, after)


def test_the_document_names_every_state_of_a_payment_and_no_other():
    rows = table("A payment (an attempt to be paid)")
    named = {row[0] for row in rows}
    reached = frozenset[str]().union(*(states_in(row[2]) for row in rows))

    assert named == {state.value for state in PaymentState}
    assert reached <= named


@pytest.mark.parametrize(
    ("title", "states"),
    [("A refund", RefundState), ("A hold", HoldState), ("A callback", InboundState)],
    ids=["refund", "hold", "callback"],
)
def test_the_document_names_every_state_of(title, states):
    words = states_in(section(title))

    assert {state.value for state in states} - words == set()


@pytest.mark.parametrize(
    ("line", "state"),
    [
        (facts(paid=False), LineState.AWAITING_PAYMENT),
        (facts(paid=False, cancelled=3), LineState.CANCELLED),
        (facts(), LineState.TO_FULFIL),
        (facts(cancelled=2), LineState.TO_FULFIL),
        (facts(cancelled=3), LineState.CANCELLED),
        (facts(shipped=1), LineState.PARTLY_SHIPPED),
        (facts(shipped=1, delivered=1), LineState.PARTLY_SHIPPED),
        (facts(shipped=1, cancelled=2), LineState.SHIPPED),
        (facts(shipped=1, delivered=1, cancelled=2), LineState.DELIVERED),
        (facts(shipped=3), LineState.SHIPPED),
        (facts(shipped=3, delivered=2), LineState.SHIPPED),
        (facts(shipped=3, delivered=3), LineState.DELIVERED),
        (facts(pickup=True), LineState.TO_FULFIL),
        (facts(pickup=True, ready=True), LineState.READY_FOR_PICKUP),
        (facts(pickup=True, ready=True, shipped=3, delivered=3), LineState.PICKED_UP),
        (facts(ready=True), LineState.TO_FULFIL),
        (facts(available=False), LineState.PROMISED),
        (facts(available=False, pickup=True, ready=True), LineState.PROMISED),
        (facts(available=False, cancelled=2), LineState.PROMISED),
        (facts(available=False, cancelled=3), LineState.CANCELLED),
        (facts(available=False, paid=False), LineState.AWAITING_PAYMENT),
    ],
)
def test_a_lines_state_follows_from_its_counters(line: LineFacts, state: LineState):
    assert line_state(line) is state


class LineOfAnOrder(RuleBasedStateMachine):
    """Whatever is done to a line, in any order, it moves only as documented.

    Its goods lie on a shelf, or are promised and come later.
    """

    @initialize(quantity=st.integers(1, 4), pickup=st.booleans(), promised=st.booleans())
    def place(self, quantity: int, pickup: bool, promised: bool) -> None:
        self.line = facts(quantity=quantity, paid=False, pickup=pickup, available=not promised)
        self.state = line_state(self.line)
        assert self.state is LineState.AWAITING_PAYMENT

    @property
    def left(self) -> int:
        return self.line.quantity - self.line.cancelled - self.line.shipped

    @property
    def can_be_sent(self) -> bool:
        return self.line.paid and self.line.available and self.left > 0

    def becomes(self, **changes: int | bool) -> None:
        self.line = replace(self.line, **changes)  # type: ignore[arg-type]
        self.state = moved(self.state, line_state(self.line))

    @rule()
    def hear_it_again(self) -> None:
        """A report or callback that comes once more."""
        self.becomes()

    @precondition(lambda self: not self.line.paid)
    @rule()
    def pay(self) -> None:
        """In time, or late: then the goods of a closed order come back (R3)."""
        self.becomes(paid=True, cancelled=0)

    @precondition(lambda self: not self.line.paid)
    @rule()
    def close_unpaid(self) -> None:
        self.becomes(cancelled=self.line.quantity)

    @precondition(lambda self: self.line.paid and self.left > 0)
    @rule(data=st.data())
    def refund_units(self, data: st.DataObject) -> None:
        units = data.draw(st.integers(1, self.left))
        self.becomes(cancelled=self.line.cancelled + units)

    @precondition(lambda self: self.line.paid and not self.line.available)
    @rule()
    def goods_arrive(self) -> None:
        """And the rest of their price is paid."""
        self.becomes(available=True)

    @precondition(lambda self: self.can_be_sent and not self.line.pickup)
    @rule(data=st.data())
    def ship(self, data: st.DataObject) -> None:
        units = data.draw(st.integers(1, self.left))
        self.becomes(shipped=self.line.shipped + units)

    @precondition(lambda self: self.line.shipped > self.line.delivered and not self.line.pickup)
    @rule(data=st.data())
    def deliver(self, data: st.DataObject) -> None:
        units = data.draw(st.integers(1, self.line.shipped - self.line.delivered))
        self.becomes(delivered=self.line.delivered + units)

    @precondition(lambda self: self.can_be_sent and self.line.pickup)
    @rule()
    def make_ready(self) -> None:
        self.becomes(ready=True)

    @precondition(lambda self: self.state is LineState.READY_FOR_PICKUP)
    @rule()
    def hand_over(self) -> None:
        wanted = self.line.quantity - self.line.cancelled
        self.becomes(shipped=wanted, delivered=wanted)

    @invariant()
    def an_order_of_this_line_has_a_headline(self) -> None:
        assert headline([self.state], captured=0, refunded=0).value


test_whatever_happens_to_a_line_is_documented = LineOfAnOrder.TestCase


(
    AWAITING, PROMISED, TO_FULFIL, PARTLY, READY, SHIPPED, DELIVERED, PICKED_UP, CANCELLED,
) = LineState  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "captured", "refunded", "word"),
    [
        ([AWAITING], 0, 0, "awaiting_payment"),
        ([AWAITING, CANCELLED], 0, 0, "awaiting_payment"),
        ([TO_FULFIL], 100, 0, "to_ship"),
        ([TO_FULFIL, CANCELLED], 100, 40, "to_ship"),
        ([TO_FULFIL, READY], 100, 0, "to_ship"),
        ([TO_FULFIL, SHIPPED], 100, 0, "partly_shipped"),
        ([TO_FULFIL, DELIVERED], 100, 0, "partly_shipped"),
        ([TO_FULFIL, PARTLY], 100, 0, "partly_shipped"),
        ([PARTLY], 100, 0, "partly_shipped"),
        ([PARTLY, DELIVERED], 100, 0, "partly_shipped"),
        ([PROMISED], 100, 0, "promised"),
        ([PROMISED, CANCELLED], 100, 40, "promised"),
        ([PROMISED, TO_FULFIL], 100, 0, "to_ship"),
        ([PROMISED, SHIPPED], 100, 0, "partly_shipped"),
        ([PROMISED, DELIVERED], 100, 0, "partly_shipped"),
        ([READY], 100, 0, "ready_for_pickup"),
        ([READY, SHIPPED], 100, 0, "ready_for_pickup"),
        ([SHIPPED, DELIVERED], 100, 0, "shipped"),
        ([DELIVERED, PICKED_UP], 100, 0, "delivered"),
        ([PICKED_UP, CANCELLED], 100, 0, "picked_up"),
        ([CANCELLED], 0, 0, "cancelled"),
        ([CANCELLED], 100, 40, "cancelled"),
        ([CANCELLED], 100, 100, "refunded"),
        ([DELIVERED], 100, 100, "refunded"),
        ([DELIVERED], 100, 99, "delivered"),
        ([AWAITING], 100, 0, "awaiting_payment"),
        ([AWAITING], 100, 100, "awaiting_payment"),
    ],
)
def test_an_order_in_one_word(lines, captured, refunded, word):
    assert headline(lines, captured=captured, refunded=refunded) == word


@given(states=st.lists(st.sampled_from(LineState), min_size=1), captured=AMOUNTS)
def test_every_order_has_a_word_whatever_the_order_of_its_lines(states, captured):
    word = headline(states, captured=captured, refunded=0)

    assert headline(states[::-1], captured=captured, refunded=0) is word


@given(total=st.integers(0, 10**9), parts=st.lists(st.integers(1, 50), min_size=1, max_size=8))
def test_all_units_of_a_line_cost_exactly_its_total(total, parts):
    quantity = sum(parts)
    before = [sum(parts[:place]) for place in range(len(parts))]

    shares = [
        share_of_line(total=total, quantity=quantity, units=units, before=earlier)
        for units, earlier in zip(parts, before, strict=True)
    ]

    assert sum(shares) == total
    assert min(shares) >= 0


@given(total=st.integers(0, 10**9), quantity=st.integers(1, 100))
def test_no_unit_costs_more_than_a_minor_unit_above_another(total, quantity):
    shares = [
        share_of_line(total=total, quantity=quantity, units=1, before=before)
        for before in range(quantity)
    ]

    assert max(shares) - min(shares) <= 1


@given(total=st.integers(0, 10**9), already=st.integers(0, 2 * 10**9))
def test_a_line_never_gives_back_more_than_it_cost(total, already):
    left = line_refundable(total=total, already=already)

    assert 0 <= left <= total
    assert left + already >= total


CAPTURES = st.lists(AMOUNTS, min_size=1, max_size=6).map(
    lambda amounts: list(enumerate(amounts, start=1))
)
"""What each payment can still give back, as (payment, minor units)."""


@given(captures=CAPTURES, data=st.data())
def test_a_refund_is_spread_over_payments_without_loss_or_excess(captures, data):
    left = dict(captures)
    amount = data.draw(st.integers(1, sum(left.values())))

    parts = split_over_captures(amount, captures)

    assert sum(part for _payment, part in parts) == amount
    assert all(0 < part <= left[payment] for payment, part in parts)
    assert len({payment for payment, _part in parts}) == len(parts)


@given(captures=CAPTURES, excess=AMOUNTS)
def test_more_than_the_payments_hold_is_refused(captures, excess):
    amount = sum(left for _payment, left in captures) + excess

    with pytest.raises(ValueError, match="more than"):
        split_over_captures(amount, captures)


@given(captures=CAPTURES, data=st.data())
def test_a_payment_that_has_exactly_that_much_gives_it_alone(captures, data):
    _payment, amount = data.draw(st.sampled_from(captures))

    parts = split_over_captures(amount, captures)

    assert [part for _payment, part in parts] == [amount]


@given(amounts=st.lists(AMOUNTS, min_size=1, max_size=6, unique=True), data=st.data())
def test_the_order_in_which_payments_are_listed_decides_nothing(amounts, data):
    captures = list(enumerate(amounts, start=1))
    amount = data.draw(st.integers(1, sum(amounts)))

    assert split_over_captures(amount, captures) == split_over_captures(amount, captures[::-1])

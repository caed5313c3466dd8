"""What a link earns, without a database."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.community.models import CommissionEntry, ShareLink
from app.community.rules.commission import (
    Change,
    PaidLine,
    Terms,
    changes,
    earned,
    free_at,
    owed,
    received_by,
)
from app.presale.models import Participation
from tests.conftest import MONDAY

PEOPLE = {"staff", "share_link", "participation", "customer"}
amounts = st.integers(min_value=0, max_value=10_000_000)
terms = st.builds(
    Terms,
    st.integers(min_value=0, max_value=5000),
    st.none() | st.integers(min_value=1, max_value=5_000_000),
)
FIVE = Terms(500)


def test_five_percent_of_what_was_paid():
    assert earned([39800], FIVE) == 1990


def test_parts_of_a_minor_unit_are_not_paid_out():
    assert earned([199], FIVE) == 9


def test_one_order_earns_at_most_what_was_agreed():
    assert earned([39800], Terms(500, most=2000)) == 1990
    assert earned([39800, 39800], Terms(500, most=2000)) == 2000
    assert owed([[PaidLine(39800)], [PaidLine(39800)]], Terms(500, most=1000)) == 2000


def test_a_refund_takes_back_its_share():
    deposit, after = [PaidLine(10000)], [PaidLine(10000, 2500)]

    assert changes([0], deposit, FIVE) == [Change(10000, 500)]
    assert changes([10000], after, FIVE) == [Change(-2500, -125)]


def test_a_refund_takes_back_nothing_while_the_rest_earns_the_most_there_is():
    lines = [PaidLine(10000, 2500), PaidLine(10000)]

    assert changes([10000, 10000], lines, Terms(500, most=600)) == [Change(-2500, 0), None]


def test_nothing_is_booked_twice():
    assert changes([10000], [PaidLine(10000)], FIVE) == [None]


def test_a_link_without_commission_books_nothing():
    assert changes([0], [PaidLine(10000)], Terms(0)) == [None]


@given(st.lists(st.tuples(amounts, amounts, amounts), max_size=12), terms)
def test_whatever_comes_between_entries_sum_to_what_is_owed_now(steps, agreed):
    booked, total = [0, 0], 0
    lines = [PaidLine(0), PaidLine(0)]
    for paid, other, back in steps:
        lines = [PaidLine(paid, min(back, paid)), PaidLine(other)]
        for place, step in enumerate(changes(booked, lines, agreed)):
            if step is not None:
                booked[place] += step.base
                total += step.amount
                assert abs(step.amount) <= abs(step.base)
                assert step.amount * step.base >= 0

    assert total == owed([lines], agreed)
    assert agreed.most is None or total <= agreed.most


def test_it_is_free_when_nobody_can_return_the_goods_any_more():
    assert free_at(None, 7) is None
    assert free_at(MONDAY, 7) == MONDAY + timedelta(days=7)


@given(st.integers(min_value=0, max_value=60), st.integers(min_value=-1, max_value=1))
def test_it_is_free_from_the_same_instant_whichever_way_it_is_asked(days, seconds):
    received = MONDAY - timedelta(days=days) + timedelta(seconds=seconds)
    free = free_at(received, days)

    assert free is not None
    assert (free <= MONDAY) is (received <= received_by(MONDAY, days))


def test_there_is_one_level_and_no_column_for_a_second():
    """Who brought whom cannot be written down, so nobody can be paid for it."""
    leaders = {
        column.name
        for table in (ShareLink, CommissionEntry, Participation)
        for column in table.__table__.columns
        for key in column.foreign_keys
        if key.target_fullname.partition(".")[0]
        in {"staff", "share_link", "participation", "customer"}
    }
    inviting = {
        name
        for table in (ShareLink, CommissionEntry, Participation)
        for name in table.__table__.columns.keys()  # noqa: SIM118  (a collection, not a mapping)
        if any(word in name for word in ("parent", "invite", "referr", "upline", "level", "share"))
    }

    assert leaders == {"leader_id", "link_id", "customer_id"}
    assert inviting == set()

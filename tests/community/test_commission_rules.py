"""What a link earns, without a database."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from app.community.models import CommissionEntry, ShareLink
from app.community.rules.commission import Change, PaidLine, change, earned, free_at, owed
from app.presale.models import Participation
from tests.conftest import MONDAY

PEOPLE = {"staff", "share_link", "participation", "customer"}
amounts = st.integers(min_value=0, max_value=10_000_000)
rates = st.integers(min_value=0, max_value=5000)


def test_five_percent_of_what_was_paid():
    assert earned(39800, 500) == 1990


def test_parts_of_a_minor_unit_are_not_paid_out():
    assert earned(199, 500) == 9


def test_a_refund_takes_back_its_share():
    deposit, after = PaidLine(10000), PaidLine(10000, 2500)

    assert change(0, deposit, 500) == Change(10000, 500)
    assert change(10000, after, 500) == Change(-2500, -125)


def test_nothing_is_booked_twice():
    assert change(10000, PaidLine(10000), 500) is None


def test_a_link_without_commission_books_nothing():
    assert change(0, PaidLine(10000), 0) is None


@given(st.lists(st.tuples(amounts, amounts), max_size=12), rates)
def test_whatever_comes_between_entries_sum_to_what_is_owed_now(steps, rate):
    booked = total = 0
    line = PaidLine(0)
    for paid, back in steps:
        line = PaidLine(paid, min(back, paid))
        step = change(booked, line, rate)
        if step is not None:
            booked += step.base
            total += step.amount

    assert total == owed([line], rate)


def test_it_is_free_when_nobody_can_return_the_goods_any_more():
    assert free_at(None, 7) is None
    assert free_at(MONDAY, 7) == MONDAY + timedelta(days=7)


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

"""Guards of presales and of what leaders earn by them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select, true

from app.platform.db import db
from app.presale.models import Participation, QuotaSlice
from tests.guards.guard import Guard, Without


def _nothing(_original: Any) -> Any:
    return lambda *_args, **_kwargs: None


def _no(_original: Any) -> Any:
    return lambda *_args, **_kwargs: False


def _everything_is_free(_original: Any) -> Any:
    return lambda _quantity: true()


def _any_slice_will_do(original: Any) -> Any:
    def take(sku_id: int, _link_id: int | None, quantity: int) -> int | None:
        links = select(QuotaSlice.link_id).where(QuotaSlice.sku_id == sku_id)
        taken: int | None = original(sku_id, db.session.scalar(links), quantity)
        return taken

    return take


def _as_many_as_are_in(_original: Any) -> Any:
    def number(campaign_id: int) -> int:
        staying = select(func.count()).where(
            Participation.campaign_id == campaign_id,
            Participation.number.is_not(None),
            Participation.left_at.is_(None),
        )
        return (db.session.scalar(staying) or 0) + 1

    return number


def _never_settled(_original: Any) -> Any:
    return property(lambda _due: False)


def _all_units(_original: Any) -> Any:
    return property(lambda line: line.quantity)


def _forgetting_what_was_booked(original: Any) -> Any:
    return lambda booked, lines, terms: original([0] * len(booked), lines, terms)


PRESALE, COMMANDS = "tests/presale", "app.presale.commands"
GUARDS = (
    Guard(
        "cap", "I13", f"{COMMANDS}.counters:has_free", Without(_everything_is_free),
        f"{PRESALE}/test_flow.py::test_nobody_joins_beyond_the_cap",
    ),
    Guard(
        "limit of a person", "I13", f"{COMMANDS}.joining:count_person", Without(_nothing),
        f"{PRESALE}/test_leaving.py::test_one_person_has_no_more_than_the_limit",
    ),
    Guard(
        "slices", "I13", f"{COMMANDS}.counters:take_from_slice", Without(_any_slice_will_do),
        f"{PRESALE}/test_leaving.py"
        "::test_a_slice_is_for_its_link_until_six_hours_before_the_close",
    ),
    Guard(
        "density of numbers", "I13", f"{COMMANDS}.joining:next_number", Without(_as_many_as_are_in),
        f"{PRESALE}/test_leaving.py::test_a_number_is_never_given_twice",
    ),
    Guard(
        "order of the waiting list", "I13", f"{COMMANDS}.counters:somebody_waits", Without(_no),
        f"{PRESALE}/test_waiting.py"
        "::test_a_place_that_comes_free_by_itself_is_the_queues_before_anybody_has_looked",
    ),
    Guard(
        "close of the window", "I13", f"{COMMANDS}.joining:ensure_open", Without(_nothing),
        f"{PRESALE}/test_edges.py"
        "::test_nobody_joins_from_the_close_on_even_while_the_clockwork_stands",
    ),
    Guard(
        "balance once", "I14", "app.orders.models:OrderDue.is_settled", Without(_never_settled),
        f"{PRESALE}/test_money.py"
        "::test_a_balance_that_is_paid_in_two_ways_is_settled_once_and_the_other_goes_back",
    ),
    Guard(
        "refund once", "I8", "app.orders.models:OrderLine.open_units", Without(_all_units),
        f"{PRESALE}/test_money.py::test_who_is_paid_back_again_gets_nothing_more",
    ),
    Guard(
        "commission from the ledger", "I4", "app.community.rules.commission:changes",
        Without(_forgetting_what_was_booked),
        "tests/community/test_commission.py::test_telling_the_same_again_books_nothing",
    ),
)  # fmt: skip

"""A campaign driven by whatever may happen, in any order, with jumps of the clock (§3.8).

After every step the books are right; in the end everything has come to rest, every buyer has their
goods or their money to the cent, and the provider's statement is our ledger.

The ordinary run drives the same few campaigns every time, on SQLite. `SOAK=200 pytest
tests/presale/test_machine.py` drives so many new ones, twice as far, on both databases.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from itertools import pairwise
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from app.orders.bookkeeping import examine
from app.orders.ledger import sums
from app.orders.models import LedgerEntry, LedgerKind, OrderDelivery, OrderLine
from app.platform.clock import stopped_at
from app.platform.db import db
from app.presale.models import (
    BalanceUnpaid,
    CampaignEvent,
    CampaignState,
    Decision,
    DepositKind,
    Participation,
    PaymentMode,
    ShortagePolicy,
    SupplyMode,
)
from app.presale.rules.moves import ENDED, may_go
from tests.conftest import MONDAY
from tests.faults import books as money
from tests.presale import books
from tests.presale import shopkeepers as staff
from tests.presale.market import Market
from tests.presale.provider import in_place_of_the_sandbox
from tests.servers.stage import Stage
from tests.soaking import SOAK

ANY, UP_TO_TWO, FLAG = st.integers(0, 5), st.integers(0, 2), st.booleans()
PEOPLE = st.integers(0, 4)
PAYING = st.sampled_from(["at once", "at once", "later", "not yet"])

ACTS: dict[str, tuple[int, Callable[[Market, int, int, int, bool], None]]] = {
    "join": (4, lambda m, a, b, n, is_so: m.join(a, b, n + 1, tolerance=b % 2, in_group=is_so)),
    "go to pay": (2, lambda m, a, *_: m.go_to_pay(a) and None),
    "pay at once": (4, lambda m, a, *_: m.pay_at_once(a)),
    "pay on an old page": (2, lambda m, a, *_: m.pay(a)),
    "pay less": (1, lambda m, a, *_: m.pay(a, -100)),
    "pay by bank": (1, lambda m, a, *_: staff.see_a_transfer(m, a)),
    "leave": (2, lambda m, a, *_: m.leave(a)),
    "wish": (2, lambda m, a, b, n, _: m.wish(a, b, n + 1)),
    "take up": (2, lambda m, a, *_: m.take_up(a)),
    "turn down": (1, lambda m, a, _b, _n, is_so: m.turn_down(a, for_good=is_so)),
    "answer": (1, lambda m, a, _b, _n, is_so: m.answer(a, keeps=is_so)),
    "report": (3, lambda m, a, *_: m.report(a)),
    "report a refund": (1, lambda m, a, *_: m.report_refund(a)),
    "slice": (1, lambda m, _a, _b, n, _: staff.keep_slice(m, n)),
    "cap": (1, lambda m, a, b, n, _: staff.set_cap(m, a, b + n)),
    "request": (2, lambda m, a, _b, _n, is_so: staff.answer_request(m, a, grants=is_so)),
    "promise": (1, lambda m, _a, _b, n, _: staff.promise(m, [-5, 10, 40][n])),
    "take off": (2, lambda m, a, _b, n, is_so: staff.take_off(m, a, n, restock=is_so)),
    "pay back": (1, lambda m, a, *_: staff.pay_back(m, a, 300)),
    "money": (1, lambda m, a, _b, _n, is_so: staff.decide_about_money(m, a, accepts=is_so)),
    "waive": (1, lambda m, a, *_: staff.waive(m, a)),
    "call off": (1, lambda m, a, b, *_: staff.call_off(m) if a == b else None),
    "go on": (5, lambda m, _a, b, n, _: staff.go_on(m, list(Decision)[b % 4], n)),
    "wait": (3, lambda m, a, *_: m.wait(hours=[0.2, 0.6, 2, 3, 24, 25][a])),
    "tick": (4, lambda m, *_: m.tick()),
}
"""What may happen, and how often; the numbers say to whom and how much."""
OFTEN = [name for name, (times, _act) in ACTS.items() for _ in range(times)]
Happening = tuple[str, int, int, int, bool]
HAPPENING = st.tuples(st.sampled_from(OFTEN), ANY, ANY, UP_TO_TWO, FLAG)


def let(happening: Happening, market: Market) -> None:
    act, one, other, units, is_so = happening
    ACTS[act][1](market, one, other, units, is_so)


@st.composite
def terms(draw: st.DrawFn) -> dict[str, Any]:
    """What a merchant may have fixed at publish; few places, so that they run out."""
    mode = draw(st.sampled_from([PaymentMode.DEPOSIT, PaymentMode.DEPOSIT, PaymentMode.FULL]))
    supply = draw(st.sampled_from([SupplyMode.MADE_TO_ORDER, SupplyMode.THRESHOLD]))
    kind = draw(st.sampled_from(list(DepositKind)))
    unpaid = [BalanceUnpaid.REFUND, BalanceUnpaid.EXTEND]
    if kind is DepositKind.EARNEST:
        unpaid.append(BalanceUnpaid.FORFEIT)
    sku = {"cap": draw(st.integers(2, 6)), "pack_size": draw(st.sampled_from([1, 1, 2]))}
    if mode is PaymentMode.DEPOSIT:
        sku |= {"deposit": 5000, "counts_for": draw(st.sampled_from([5000, 8000]))}
    return {
        "payment_mode": mode, "supply_mode": supply, "deposit_kind": kind, "sku": sku,
        "threshold": draw(st.integers(1, 4)) if supply is SupplyMode.THRESHOLD else None,
        "balance_unpaid": draw(st.sampled_from(unpaid)),
        "balance_grace_days": draw(st.sampled_from([0, 1])),
        "default_decision": draw(st.sampled_from(list(Decision))),
        "shortage_policy": draw(st.sampled_from(list(ShortagePolicy))),
        "per_person_limit": draw(st.sampled_from([None, 3, 4])),
    }  # fmt: skip


class CampaignAndEverybody(RuleBasedStateMachine):
    stage: ClassVar[Stage]

    def __init__(self) -> None:
        super().__init__()
        self.open = ExitStack()
        self.numbers: dict[int, int | None] = {}
        self.market: Market | None = None

    @initialize(
        terms=terms(),
        crowd=st.lists(st.tuples(PEOPLE, ANY, st.integers(1, 3), PAYING), min_size=2, max_size=6),
        ending=st.tuples(st.sampled_from(list(Decision)), UP_TO_TWO),
        meanwhile=st.lists(HAPPENING, min_size=6, max_size=20),
    )
    def publish(
        self, terms: dict[str, Any], crowd: list[tuple[int, int, int, str]],
        ending: tuple[Decision, int], meanwhile: list[Happening],
    ) -> None:  # fmt: skip
        """And some have joined by the time we look; `meanwhile` is what happens on the way to the
        end.
        """
        self.stage.clear()
        self.open.enter_context(self.stage.app.app_context())
        self.open.callback(db.session.remove)
        pass_time = self.open.enter_context(stopped_at(MONDAY))
        provider = self.open.enter_context(in_place_of_the_sandbox())
        self.market = Market(provider, pass_time, **terms)
        self.ending, self.meanwhile = ending, meanwhile
        for who, sku, units, paying in crowd:
            self.market.join(who, sku, units, method="pickup" if who == 1 else "ship")
            if paying == "at once":
                self.market.pay_at_once(-1)
            elif paying == "later":
                self.market.go_to_pay(-1)

    def teardown(self) -> None:
        with self.open:
            if self.market is not None:
                come_to_rest(self.market, *self.ending, self.meanwhile)

    @rule(happening=HAPPENING)
    def something_happens(self, happening: Happening) -> None:
        """One rule for all: Hypothesis leaves whole rules out of an example."""
        assert self.market is not None
        let(happening, self.market)

    @rule(is_silent=FLAG)
    def the_provider_stops_or_begins_to_answer(self, is_silent: bool) -> None:
        assert self.market is not None
        self.market.provider.is_silent = is_silent

    @invariant()
    def the_books_are_right(self) -> None:
        if self.market is not None:
            assert not books.faults() + money.faults()

    @invariant()
    def a_number_stays_whose_it_is(self) -> None:
        if self.market is not None:
            numbered = select(Participation.id, Participation.number).where(
                Participation.number.is_not(None)
            )
            given = {row.id: row.number for row in db.session.execute(numbered)}
            assert self.numbers.items() <= given.items()
            self.numbers = given


def come_to_rest(
    market: Market, decision: Decision, missing: int, meanwhile: list[Happening]
) -> None:
    """The provider answers and tells all it knows, buyers pay or do not, the shop does the rest."""
    market.provider.is_silent = False
    staff.see_a_transfer(market, missing)
    market.wait(hours=missing)
    market.tick()
    market.pay_on_every_page()
    while CampaignState(market.campaign.state) not in ENDED:
        assert market.now - market.began < timedelta(days=120), market.campaign.state
        live_a_day(market, decision, missing, meanwhile[:3])
        del meanwhile[:3]
    for number in range(len(market.reports)):
        market.report(number)
    market.wait(hours=1)  # by then the provider was asked again about every refund
    market.tick()
    staff.transfer_back(market)
    assert not books.faults() + money.faults()
    everybody_has_goods_or_money(market)
    the_history_is_documented(market)
    assert examine(market.began, market.now + timedelta(days=1)).agree


def live_a_day(
    market: Market, decision: Decision, missing: int, happenings: list[Happening]
) -> None:
    """Whatever happens first; then the shop goes on by a step and most buyers pay."""
    market.tick()
    for happening in happenings:
        let(happening, market)
        assert not books.faults() + money.faults(), happening
    staff.go_on(market, decision, missing)
    staff.waive(market, missing)
    for order in range(len(market.orders)):
        staff.answer_request(market, order, grants=False)
        staff.decide_about_money(market, order, accepts=False)
        if order % 3 != missing:
            market.pay_at_once(order)
    staff.transfer_back(market)
    market.wait(hours=25)


def everybody_has_goods_or_money(market: Market) -> None:
    """What the shop kept of an order is what its supplied units cost, and their delivery."""
    for order_id in sorted(set(market.orders) - market.favoured):
        captured, refunded = sums(order_id)
        forfeits = select(LedgerEntry.amount).where(
            LedgerEntry.order_id == order_id, LedgerEntry.kind == LedgerKind.FORFEIT
        )
        lost = -sum(db.session.scalars(forfeits))
        line = db.session.scalars(select(OrderLine).where(OrderLine.order_id == order_id)).one()
        fee = db.session.scalars(
            select(OrderDelivery.fee).where(OrderDelivery.order_id == order_id)
        ).one()
        supplied = line.quantity - line.cancelled if line.available_at else 0
        assert supplied == line.shipped == line.delivered
        price = line.total // line.quantity * supplied + (fee if supplied else 0)
        assert captured - refunded - lost == price, (order_id, captured, refunded, lost, price)


def the_history_is_documented(market: Market) -> None:
    kinds = db.session.scalars(
        select(CampaignEvent.kind)
        .where(CampaignEvent.campaign_id == market.campaign_id)
        .order_by(CampaignEvent.id)
    )
    states = [CampaignState(kind) for kind in kinds if kind in set(CampaignState)]
    assert all(may_go(before, after) for before, after in pairwise(states))
    assert states[-1] in ENDED


@pytest.fixture(params=["sqlite", "postgresql"] if SOAK else ["sqlite"])
def stage(request: pytest.FixtureRequest) -> Stage:
    stage: Stage = request.getfixturevalue(f"{request.param}_stage")
    return stage


@pytest.mark.slow
def test_whatever_happens_to_a_campaign_its_books_are_right(stage: Stage):
    machine = type("OnThisDatabase", (CampaignAndEverybody,), {"stage": stage})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max(SOAK, 8),
            stateful_step_count=60 if SOAK else 30,
            derandomize=not SOAK,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

"""The worker is killed with -9 before each commit of the jobs that close a campaign and its balance
window; whatever was half done ends as if nothing had happened. So do jobs done twice, or late.

The ordinary run kills before every ninth commit, on SQLite; with `VITRINE_SOAK=1` before each one,
on both databases.
"""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.notifications.models import Message
from app.orders.ledger import sums
from app.orders.models import LedgerEntry, Order
from app.platform.clock import stopped_at
from app.platform.db import db
from app.presale.models import BalanceUnpaid, Commitment, Decision, DepositKind
from tests.conftest import MONDAY
from tests.faults import books as money
from tests.presale import books, cast, mortal
from tests.presale import shopkeepers as staff
from tests.presale.market import Market, rows
from tests.presale.provider import KeptProvider, in_place_of_the_sandbox
from tests.servers.stage import Stage
from tests.workers import processes

pytestmark = pytest.mark.slow
HOUR = timedelta(hours=1)
SOAK = bool(os.environ.get("VITRINE_SOAK"))
STRIDE = 1 if SOAK else 9
FEWEST = 7
"""A job without so many commits has not done its work."""


@dataclass(frozen=True)
class Job:
    """What is to be killed: on what terms, how far the campaign has come, at which hours it works
    from there, and how the campaign ends.
    """

    terms: dict[str, Any]
    hours: tuple[float, ...]
    ends: str
    is_about_balances: bool = False


WEEK = 7 * 24
SKU = {"cap": 10, "deposit": 5000, "counts_for": 8000}
JOBS = {
    "closing below the threshold": Job(
        {"threshold": 5, "default_decision": Decision.REFUND, "sku": SKU},
        (WEEK, WEEK + 25, WEEK + 28, WEEK + 29),
        "refunded",
    ),
    "closing above it": Job({"threshold": 2, "sku": SKU}, (WEEK, WEEK + 1), "succeeded"),
    "balances that are forfeited": Job(
        {
            "threshold": 2, "sku": SKU, "deposit_kind": DepositKind.EARNEST,
            "balance_unpaid": BalanceUnpaid.FORFEIT,
        },
        (0, 48, 69, 72, 73), "balance_closed", is_about_balances=True,
    ),
    "balances that are paid back": Job(
        {"threshold": 2, "sku": SKU, "balance_unpaid": BalanceUnpaid.REFUND},
        (0, 48, 69, 72, 73), "balance_closed", is_about_balances=True,
    ),
    "balances that are extended": Job(
        {"threshold": 2, "sku": SKU, "balance_unpaid": BalanceUnpaid.EXTEND},
        (0, 72, 73, 120, 141, 144, 145), "balance_closed", is_about_balances=True,
    ),
}  # fmt: skip


class World:
    """A shop with one campaign that two have paid for and one has not, just before a job."""

    def __init__(self, stage: Stage, job: Job, folder: Path, templates: Path) -> None:
        self.stage, self.job, self.folder, self.templates = stage, job, folder, templates
        self._open = ExitStack()

    def __enter__(self) -> World:
        self.stage.clear()
        (self.folder / "provider").unlink(missing_ok=True)
        self._open.enter_context(self.stage.app.app_context())
        self._open.callback(db.session.remove)
        self.provider = KeptProvider(self.folder / "provider")
        self._open.enter_context(in_place_of_the_sandbox(self.provider))
        self.pass_time = self._open.enter_context(stopped_at(MONDAY))
        self.market = Market(self.provider, self.pass_time, **self.job.terms)
        for who in range(2):
            self.market.join(who, 0, 2 - who)
            self.market.pay_at_once(-1)
        self.market.join(2, 1, 1)
        if self.job.is_about_balances:
            self.market.reach_the_close()
            staff.produce(self.market, 0)
            staff.hand_on(self.market)
        began = self.market.now
        self.instants = [began + HOUR * hours for hours in self.job.hours]
        db.session.rollback()
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def work(self, instants: list[datetime]) -> None:
        mortal.work_through(instants, self._advance, self.folder)

    def is_killed_before(self, commit: int) -> bool:
        """Whether a worker did come to its n-th commit, and was killed there."""
        instants = [instant.isoformat() for instant in self.instants]
        words = [str(commit), str(self.folder), str(self.templates), *instants]
        worker = processes.begin("tests.presale.mortal", words, self.stage.environment)
        code = worker.wait(60)
        assert code in {0, -signal.SIGKILL}
        self.provider.remember()
        return code != 0

    def go_on_where_it_died(self) -> None:
        """As soon as its leases have run out."""
        died = datetime.fromisoformat((self.folder / "instant").read_text())
        self.work([at + timedelta(minutes=1) for at in self.instants if at >= died])

    def end(self) -> dict[str, Any]:
        """All that matters of how it ended."""
        assert not books.faults() + money.faults()
        mails = Counter((mail.recipient, mail.kind, _occasion(mail)) for mail in rows(_MAILS))
        assert set(mails.values()) == {1}
        return {
            "campaign": self.market.campaign.state,
            "commitments": [one.state for one in rows(select(Commitment).order_by(Commitment.id))],
            "orders": [
                (one.headline, sums(one.id)) for one in rows(select(Order).order_by(Order.id))
            ],
            "ledger": sorted((one.kind, one.amount) for one in rows(select(LedgerEntry))),
            "provider": sorted((one.kind, one.amount_minor) for one in self.provider._statement),
            "places": [(sku.committed, sku.held) for sku in cast.skus(self.market.campaign_id)],
            "mails": sorted(mails),
        }

    def _advance(self, by: timedelta) -> None:
        self.pass_time(by)


_MAILS, _ORDERS = select(Message), select(Order).order_by(Order.id)


def _occasion(mail: Message) -> str:
    """What tells two mails of a kind apart, without what differs from shop to shop."""
    return mail.event.split(":", 2)[2] if "reminder" in mail.kind else ""


@pytest.fixture(params=["sqlite", "postgresql"] if SOAK else ["sqlite"])
def stage(request: pytest.FixtureRequest) -> Stage:
    stage: Stage = request.getfixturevalue(f"{request.param}_stage")
    return stage


@pytest.fixture(params=JOBS)
def job(request: pytest.FixtureRequest) -> Job:
    return JOBS[request.param]


@pytest.fixture
def world(stage: Stage, job: Job, tmp_path: Path, templates: Path) -> Callable[[], World]:
    """`with world() as shop:` is the same shop each time, as new."""
    return partial(World, stage, job, tmp_path, templates)


@pytest.fixture
def undisturbed(world: Callable[[], World], job: Job) -> dict[str, Any]:
    with world() as shop:
        shop.work(shop.instants)
        end = shop.end()
    assert end["campaign"] == job.ends
    return end


def test_a_worker_killed_before_any_commit_changes_nothing_in_the_end(world, undisturbed):
    for commit in count(1, STRIDE):
        with world() as shop:
            if not shop.is_killed_before(commit):
                break
            shop.go_on_where_it_died()
            assert shop.end() == undisturbed, f"killed before commit {commit}"

    assert commit > FEWEST


def test_jobs_done_twice_do_nothing_the_second_time(world, undisturbed):
    with world() as shop:
        shop.work([instant for instant in shop.instants for _ in range(2)])

        assert shop.end() == undisturbed


def test_jobs_done_a_day_late_end_the_same_but_for_reminders(world, undisturbed):
    with world() as shop:
        shop.work([instant + 24 * HOUR for instant in shop.instants])

        end = shop.end()

    on_time = [mail for mail in undisturbed["mails"] if "reminder" not in mail[1]]
    assert [mail for mail in end["mails"] if "reminder" not in mail[1]] == on_time
    assert end | {"mails": []} == undisturbed | {"mails": []}

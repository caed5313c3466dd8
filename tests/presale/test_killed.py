"""Workers are killed with -9 before each commit of the jobs that close a campaign and its balance
window; whatever was half done ends as if nothing had happened. So do jobs done twice, or late.

The ordinary run has one world for a job, in which workers die one after another, before the first
two commits of every kind: those that write just these tables. With `SOAK=1` it is every single
commit, and there is also a world for each before which one dies.
"""

from __future__ import annotations

import json
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
from tests.soaking import SOAK, rarely
from tests.workers import processes

pytestmark = pytest.mark.slow
HOUR = timedelta(hours=1)


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


EVERYWHERE = [(database, job) for database in ("postgresql", "sqlite") for job in JOBS]
ORDINARY = [
    ("postgresql", "closing below the threshold"),
    ("sqlite", "balances that are forfeited"),
]
"""Each job's own commits are among these; the rest are the same jobs with less to do."""
OFTEN = {"closing below the threshold", "balances that are extended"}
"""Those of which the others are parts."""


def on(where: list[tuple[str, str]]) -> pytest.MarkDecorator:
    """Jobs and the databases on which they are killed."""
    return pytest.mark.parametrize(("stage", "job"), where, indirect=True, scope="module")


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

    def be_worked_by_mortals(self) -> list[mortal.Point]:
        """Have all of it done by workers that are killed, one before each commit; where they
        died.
        """
        words = [str(self.folder), str(self.templates), *map(datetime.isoformat, self.instants)]
        relay = processes.begin("tests.presale.relay", words, self.stage.environment)
        assert relay.wait(120) == 0
        self.provider.remember()
        return [tuple(point) for point in json.loads((self.folder / "deaths").read_text())]

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


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest) -> Stage:
    name = getattr(request, "param", "sqlite")
    stage: Stage = request.getfixturevalue(f"{name}_stage")
    return stage


@pytest.fixture(params=[name if name in OFTEN else rarely(name) for name in JOBS], scope="module")
def job(request: pytest.FixtureRequest) -> Job:
    return JOBS[request.param]


@pytest.fixture(scope="module")
def world(
    stage: Stage, job: Job, tmp_path_factory: pytest.TempPathFactory, templates: Path
) -> Callable[[], World]:
    """`with world() as shop:` is the same shop each time, as new."""
    return partial(World, stage, job, tmp_path_factory.mktemp("world"), templates)


@dataclass(frozen=True)
class Undisturbed:
    """What was committed when nobody was killed, and how that ended."""

    commits: list[mortal.Point]
    end: dict[str, Any]


@pytest.fixture(scope="module")
def undisturbed(world: Callable[[], World], job: Job) -> Undisturbed:
    commits: list[mortal.Point] = []
    with world() as shop:
        with mortal.watching_commits(commits.append):
            shop.work(shop.instants)
        end = shop.end()
    assert end["campaign"] == job.ends
    return Undisturbed(commits, end)


@on(EVERYWHERE if SOAK else ORDINARY)
def test_workers_killed_before_every_kind_of_commit_change_nothing_in_the_end(world, undisturbed):
    with world() as shop:
        deaths = shop.be_worked_by_mortals()

        assert shop.end() == undisturbed.end
    tables_of = mortal.tables_of
    assert set(map(tables_of, undisturbed.commits)) <= set(map(tables_of, deaths))


@pytest.mark.soak
@on(EVERYWHERE)
def test_a_worker_killed_before_any_commit_changes_nothing_in_the_end(world, undisturbed):
    for commit in count(1):
        with world() as shop:
            if not shop.is_killed_before(commit):
                break
            shop.go_on_where_it_died()
            assert shop.end() == undisturbed.end, f"killed before commit {commit}"

    assert commit > len(undisturbed.commits)


def test_jobs_done_twice_do_nothing_the_second_time(world, undisturbed):
    with world() as shop:
        shop.work([instant for instant in shop.instants for _ in range(2)])

        assert shop.end() == undisturbed.end


def test_jobs_done_a_day_late_end_the_same_but_for_reminders(world, undisturbed):
    with world() as shop:
        shop.work([instant + 24 * HOUR for instant in shop.instants])

        late, on_time = shop.end(), undisturbed.end

    assert _without_reminders(late["mails"]) == _without_reminders(on_time["mails"])
    assert late | {"mails": []} == on_time | {"mails": []}


def _without_reminders(mails: list[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    return [mail for mail in mails if "reminder" not in mail[1]]

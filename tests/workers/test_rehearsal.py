"""A worker has a rehearsal played by a child, and keeps nothing but its result."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from app.platform import clock as time
from app.platform.db import db
from app.rehearsal.commands import asking, keeping
from app.rehearsal.models import CampaignRehearsal, RunState
from app.rehearsal.rules import Outcome
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast
from tests.workers.processes import own_variables
from workers.rehearsal import limits, running

pytestmark = [
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("stage", ["postgresql"], indirect=True),
]
"""What is played is a copy in SQLite either way."""
ROOT = Path(__file__).parents[2]
CHANGES = frozenset({"campaign_rehearsal"})


@pytest.fixture(autouse=True)
def kept_bytecode(monkeypatch: pytest.MonkeyPatch) -> None:
    """The child starts in a third of the time."""
    for name, value in own_variables().items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def asked(now) -> tuple[House, int, int]:
    """A presale with a threshold of four, and a rehearsal somebody asked for."""
    owner = house(now)
    campaign = cast.campaign(owner, now, threshold=4)
    run_id = asking.ask(campaign.id, Outcome.MET, actor=owner.staff(), now=now)
    return owner, campaign.id, run_id


def run(run_id: int) -> CampaignRehearsal:
    db.session.rollback()
    return db.session.get_one(CampaignRehearsal, run_id, populate_existing=True)


def contents() -> dict[str, object]:
    """Every table of the shop but that of the rehearsals."""
    db.session.rollback()
    tables = (name for name in db.metadata.tables if name not in CHANGES)
    return {
        name: sorted(map(repr, db.session.execute(text(f'SELECT * FROM "{name}"')).all()))
        for name in tables
    }


def test_the_shop_has_the_result_and_nothing_else_of_it(asked):
    _owner, _campaign_id, run_id = asked
    before = contents()

    running.run_next()

    done = run(run_id)
    assert (done.state, done.percent, done.problem) == (RunState.DONE, 100, {})
    assert done.report["state"] == "completed"
    assert contents() == before


def test_the_child_is_told_nothing_of_the_shops_own_things(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://shop")
    monkeypatch.setenv("VITRINE_SECRET_KEY", "secret")
    monkeypatch.setenv("SMTP_URL", "smtp://shop")

    told = running._environment(tmp_path)

    assert told.keys() & {"DATABASE_URL", "SMTP_URL", "REDIS_URL", "DATA_DIR"} == set()
    assert not [name for name in told if name.startswith("VITRINE_")]
    assert told["PATH"] == os.environ["PATH"]


def test_a_child_that_breaks_off_is_said_to_and_leaves_no_folder(asked, monkeypatch, tmp_path):
    _owner, _campaign_id, run_id = asked
    monkeypatch.setattr(running, "excerpt", lambda _campaign_id: {"no_such_table": [{}]})
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    running.run_next()

    failed = run(run_id)
    assert failed.state == RunState.FAILED
    assert "broke off" in failed.problem["en"][0]
    assert list(tmp_path.iterdir()) == []


def test_the_kernel_ends_a_child_that_takes_too_long():
    endless = (
        "from workers.rehearsal import limits; limits.SECONDS = 1; limits.limit_this_process()\n"
        "while True: pass"
    )

    ended = subprocess.run([sys.executable, "-c", endless], cwd=ROOT, check=False, timeout=30)

    assert -ended.returncode in limits.TIME_IS_OVER
    assert "took too long" in running._broken_off(ended.returncode)["en"][0]


def test_the_kernel_refuses_a_child_too_much_memory():
    greedy = (
        "from workers.rehearsal import limits; limits.MEMORY = 64 << 20\n"
        "limits.limit_this_process()\nbytearray(512 << 20)"
    )

    ended = subprocess.run(
        [sys.executable, "-c", greedy], cwd=ROOT, check=False, timeout=30, capture_output=True
    )

    assert b"MemoryError" in ended.stderr


def test_while_one_is_under_way_asking_again_is_asking_once(asked, now):
    owner, campaign_id, run_id = asked

    again = asking.ask(campaign_id, Outcome.REFUND, actor=owner.staff(), now=now)
    keeping.begin_next(now=now)
    while_running = asking.ask(campaign_id, Outcome.MET, actor=owner.staff(), now=now)

    assert again == while_running == run_id


def test_one_run_is_played_by_one_worker(asked, now):
    assert keeping.begin_next(now=now) is not None
    assert keeping.begin_next(now=now) is None


def test_a_run_whose_worker_was_killed_fails_and_makes_room(asked, clock, now):
    owner, campaign_id, run_id = asked
    keeping.begin_next(now=now)

    clock.advance(minutes=4)
    assert keeping.begin_next(now=time.now()) is None

    assert run(run_id).state == RunState.FAILED
    assert asking.ask(campaign_id, Outcome.MET, actor=owner.staff(), now=time.now()) != run_id


def test_only_the_newest_result_of_a_campaign_is_kept(asked, now):
    owner, campaign_id, first = asked
    keeping.begin_next(now=now)
    keeping.finish(first, {"n": 1}, problem={}, now=now)
    second = asking.ask(campaign_id, Outcome.MET, actor=owner.staff(), now=now)
    keeping.begin_next(now=now)

    keeping.finish(second, {"n": 2}, problem={}, now=now)
    keeping.finish(second, {"n": 3}, problem={}, now=now + timedelta(seconds=1))

    kept = db.session.execute(select(CampaignRehearsal.id, CampaignRehearsal.report)).all()
    assert [tuple(row) for row in kept] == [(second, {"n": 2})]

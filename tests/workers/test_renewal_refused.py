"""A release that does not start leaves the running one in its place."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from functools import partial
from threading import Event

import pytest

from workers import commands, renewal
from workers.children import Child
from workers.launching import Program

DONE = [sys.executable, "-c", ""]
ENDS_AT_ONCE = [sys.executable, "-c", "raise SystemExit(3)"]
SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]
SAYS_READY = [
    sys.executable,
    "-c",
    "import os, sys, time; os.write(int(sys.argv[-1]), b'.'); time.sleep(600)",
]


@pytest.fixture
def worker() -> Iterator[Child]:
    child = Child("worker", partial(Program, SLEEPS))
    child.start()
    yield child
    child.stop()


@pytest.fixture
def renewed(worker: Child, monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """`renewed(part=…)`: whether another process is the worker after a renewal."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def renew(*, migrate: list[str] = DONE, part: list[str], stopping: bool = False) -> bool:
            monkeypatch.setattr(commands, "MIGRATE", migrate)
            monkeypatch.setattr(commands, "part", lambda _word: [*part])
            told = Event()
            if stopping:
                told.set()
            before = worker._process
            renewal.renew([(worker, "work")], listening, told)
            assert worker.is_running()
            return worker._process is not before

        yield renew


def test_one_that_is_ready_takes_over(renewed, capsys) -> None:
    assert renewed(part=SAYS_READY)
    assert "They have taken over." in capsys.readouterr().err


def test_one_that_ends_at_once_does_not(renewed, capsys) -> None:
    assert not renewed(part=ENDS_AT_ONCE)
    assert "The new worker did not start: the old one stays." in capsys.readouterr().err


def test_one_that_never_becomes_ready_does_not(renewed, monkeypatch) -> None:
    monkeypatch.setattr(renewal, "READY_WITHIN", 0.3)

    assert not renewed(part=SLEEPS)


def test_a_migration_that_fails_changes_nothing(renewed, capsys) -> None:
    assert not renewed(migrate=ENDS_AT_ONCE, part=SAYS_READY)
    assert "everything stays as it is" in capsys.readouterr().err


def test_a_shop_that_is_to_stop_is_not_renewed(renewed) -> None:
    assert not renewed(part=SAYS_READY, stopping=True)

"""A release that does not start leaves the running one in its place; an older one finds its way."""

from __future__ import annotations

import errno
import socket
import sys
from collections.abc import Callable, Iterator
from functools import partial
from threading import Event

import pytest

from tests.servers.process import free_port
from workers import commands, renewal
from workers.children import Child
from workers.launching import Program
from workers.listening import CAN_DEAL, listen

DONE = [sys.executable, "-c", ""]
ENDS_AT_ONCE = [sys.executable, "-c", "raise SystemExit(3)"]
SLEEPS = [sys.executable, "-c", "import time; time.sleep(600)"]
READY = "import os, sys, time; os.write(int(sys.argv[-1]), b'{dots}'); time.sleep(600)"
SAYS_READY = [sys.executable, "-c", READY.format(dots=".")]
SAYS_READY_AT_BOTH = [sys.executable, "-c", READY.format(dots="..")]
ANSWERS_AT_THE_LAST = [
    sys.executable,
    "-c",
    """
import os, socket, sys
last = socket.socket(fileno=int(sys.argv[-3]))
last.setblocking(True)
os.write(int(sys.argv[-1]), b".")
while True:
    last.accept()[0].send(b"here")
""",
]


@pytest.fixture
def worker() -> Iterator[Child]:
    child = Child("worker", partial(Program, SLEEPS))
    child.start()
    yield child
    child.stop()


@pytest.fixture
def sockets() -> Iterator[list[socket.socket]]:
    opened = listen("127.0.0.1", free_port(), processes=2)
    yield opened
    for each in opened:
        each.close()


@pytest.fixture
def renewed(
    worker: Child, sockets: list[socket.socket], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., bool]:
    """`renewed(part=…)`: whether another process is the worker after a renewal."""

    def renew(
        *, migrate: list[str] = DONE, part: list[str], word: str = "work", stopping: bool = False
    ) -> bool:
        monkeypatch.setattr(commands, "MIGRATE", migrate)
        monkeypatch.setattr(commands, "part", lambda _word: [*part])
        told = Event()
        if stopping:
            told.set()
        before = worker._process
        renewal.renew([(worker, word)], sockets, told)
        assert worker.is_running()
        return worker._process is not before

    return renew


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


@pytest.mark.skipif(not CAN_DEAL, reason="there is one socket")
def test_a_release_that_knows_of_one_socket_gets_all_visitors(
    renewed, sockets: list[socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last it is told of, as its command line keeps the last."""
    monkeypatch.setattr(renewal, "LED_WITHIN", 0.0)
    assert renewed(word="web", part=SAYS_READY_AT_BOTH)
    assert len(sockets) == 2
    first = sockets[0]

    assert renewed(word="web", part=ANSWERS_AT_THE_LAST)

    assert sockets == [first]
    for _ in range(16):
        with socket.create_connection(first.getsockname(), timeout=10) as visitor:
            assert visitor.recv(4) == b"here"


@pytest.mark.skipif(not CAN_DEAL, reason="there is one socket")
def test_where_nobody_can_be_led_to_one_socket_the_newer_release_stays(
    renewed, sockets: list[socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_sockets: object) -> None:
        raise OSError(errno.EPERM, "refused")

    monkeypatch.setattr(renewal, "lead_to_first", refuse)

    assert not renewed(word="web", part=ANSWERS_AT_THE_LAST)
    assert len(sockets) == 2

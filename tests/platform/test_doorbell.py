"""The doorbell: never more than one ring waits, and a dead Redis costs next to nothing."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest

from app.platform import doorbell
from app.platform.doorbell import KEY, Doorbell
from tests.servers.process import wait_until
from tests.servers.valkey import Valkey


@pytest.fixture
def bell() -> Iterator[Doorbell]:
    bell = Doorbell()
    yield bell
    bell.connect(None)


def waiting(valkey: Valkey) -> int:
    with valkey.client as client:
        return int(client.llen(KEY))


def test_many_rings_are_one(valkey: Valkey, bell: Doorbell) -> None:
    bell.connect(valkey.url)

    for _ in range(5):
        bell.ring()

    assert waiting(valkey) == 1


def test_a_bell_that_hangs_nowhere_is_silent(valkey: Valkey, bell: Doorbell) -> None:
    bell.ring()
    bell.connect(None)
    bell.ring()

    assert waiting(valkey) == 0


def test_a_redis_that_is_away_is_no_error(tmp_path: Path, bell: Doorbell) -> None:
    bell.connect(f"unix://{tmp_path}/nobody.sock")

    bell.ring()


def test_a_redis_that_hangs_costs_one_short_wait(tmp_path: Path, bell: Doorbell) -> None:
    with _hanging(tmp_path / "hang.sock") as visits:
        bell.connect(f"unix://{tmp_path}/hang.sock")

        began = time.monotonic()
        bell.ring()
        first = time.monotonic() - began
        for _ in range(1000):
            bell.ring()
        rest = time.monotonic() - began - first

        wait_until(lambda: len(visits) == 1, seconds=2, what="the first ring")
        assert doorbell.TIMEOUT <= 0.05
        assert first < 1
        assert rest < 1  # a thousand such waits would be fifty seconds
        assert len(visits) == 1


def test_it_rings_again_once_redis_is_back(
    valkey: Valkey, bell: Doorbell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorbell, "REST_AFTER_FAILURE", 0.1)
    bell.connect(valkey.url)
    bell.ring()
    valkey.stop()
    bell.ring()
    valkey.start()
    valkey.empty()

    def rings() -> bool:
        bell.ring()
        return waiting(valkey) == 1

    wait_until(rings, seconds=5, what="the next ring")


@contextmanager
def _hanging(path: Path) -> Iterator[list[socket.socket]]:
    """A server that takes every connection and never says a word."""
    visits: list[socket.socket] = []
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(path))
        server.listen()

        def welcome() -> None:
            with suppress(OSError):
                while True:
                    visits.append(server.accept()[0])

        thread = Thread(target=welcome, daemon=True)
        thread.start()
        yield visits
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for visit in visits:
            visit.close()

"""A release is installed under a shop that is busy: everybody is answered."""

from __future__ import annotations

import signal
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from tests.servers.process import stop, wait_until
from tests.workers.processes import own_variables
from tests.workers.test_children import is_alive
from tests.workers.test_supervisor import Up, children_of
from workers.launching import CAN_FORK

if TYPE_CHECKING:
    from tests.servers.stage import Stage

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CAN_FORK, reason="processes are looked up in /proc"),
]
VISITORS = 4
RENEWED_WITHIN = 180.0
QUEUE = "valkey-server"


class Visitors:
    """Some who ask for the first page again and again, each time over a new connection."""

    def __init__(self, port: int) -> None:
        self.answers: Counter[str] = Counter()
        self._port = port
        self._gone = Event()
        self._threads = [Thread(target=self._ask_on) for _ in range(VISITORS)]

    def __enter__(self) -> Visitors:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._gone.set()
        for thread in self._threads:
            thread.join()

    def _ask_on(self) -> None:
        while not self._gone.wait(0.2):
            self.answers[self._answer()] += 1

    def _answer(self) -> str:
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=60) as connection:
                connection.sendall(
                    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
                )
                answer = b"".join(iter(lambda: connection.recv(65536), b""))
        except OSError as error:
            return type(error).__name__
        whole = answer.rstrip().endswith(b"</html>")
        return answer[9:12].decode() if whole else "cut off"


@pytest.fixture
def shop(sqlite_stage: Stage, tmp_path: Path) -> Iterator[Up]:
    sqlite_stage.clear()
    chosen = {"VITRINE_HOST": "127.0.0.1", "VITRINE_LOG_LEVEL": "WARNING"}
    shop = Up({**own_variables(), **sqlite_stage.environment, **chosen}, tmp_path / "up.log")
    shop.wait_until_open()
    yield shop
    stop(shop.process, signal.SIGTERM, seconds=60)


def test_new_processes_take_over_and_nobody_is_turned_away(shop: Up, sqlite_stage: Stage) -> None:
    before = shop.parts()
    replaced = {
        pid
        for name, part in before.items()
        if name.startswith("vitrine-")
        for pid in (part, *children_of(part))
    }

    with Visitors(sqlite_stage.settings.port) as visitors:
        wait_until(lambda: visitors.answers["200"] > 0, seconds=30, what="the first answer")
        shop.process.send_signal(signal.SIGHUP)
        wait_until(
            lambda: "They have taken over." in shop.log.read_text(),
            seconds=RENEWED_WITHIN,
            what=f"the new processes ({shop.log.read_text()})",
        )
        seen = visitors.answers["200"]
        wait_until(lambda: visitors.answers["200"] > seen, seconds=30, what="an answer by the new")

    assert set(visitors.answers) == {"200"}
    assert not any(map(is_alive, replaced))
    now = children_of(shop.process.pid)
    assert len(now) == len(before)
    assert before[QUEUE] in now
    assert "is killed" not in shop.log.read_text()

"""The web server's processes, each at a socket of its own."""

from __future__ import annotations

import os
import select
import signal
import socket
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.servers.process import wait_until
from tests.servers.web import serving
from tests.workers.test_supervisor import children_of
from workers.launching import CAN_FORK
from workers.web import WORKERS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CAN_FORK, reason="processes are looked up in /proc"),
    pytest.mark.parametrize("stage", ["sqlite"], indirect=True),
]
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
VISITORS = 32
LISTENS = "0A"


@pytest.fixture
def port(environment: Mapping[str, str]) -> int:
    return int(environment["PORT"])


@pytest.fixture
def processes(environment: Mapping[str, str], port: int) -> Iterator[list[int]]:
    """Of a web server that has seen to whoever asked whether it is there."""
    with serving(environment) as server:
        wait_until(
            lambda: len(children_of(server.pid)) == WORKERS and not any(waiting(port)),
            seconds=60,
            what="all of it",
        )
        yield children_of(server.pid)


def waiting(port: int) -> list[int]:
    """Connections that no process has accepted, of each socket."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return [
        int(queues.partition(":")[2], 16)
        for _number, local, _other, state, queues, *_rest in rows
        if state == LISTENS and int(local.partition(":")[2], 16) == port
    ]


def are_halted(process: int) -> bool:
    """Whether none of its threads goes on."""
    states = Path(f"/proc/{process}/task").glob("*/stat")
    return all(state.read_text().rpartition(")")[2].split()[0] == "T" for state in states)


def test_a_share_comes_to_each_process_and_outlives_it(processes: list[int], port: int) -> None:
    stopped = processes[0]
    os.kill(stopped, signal.SIGSTOP)
    wait_until(lambda: are_halted(stopped), seconds=60, what="its last thread to halt")
    visitors = [socket.create_connection(("127.0.0.1", port)) for _ in range(VISITORS)]
    for visitor in visitors:
        visitor.sendall(REQUEST)

    def answered() -> int:
        return len(select.select(visitors, [], [], 0)[0])

    def has_seen_to_its_own() -> bool:
        least, most = sorted(waiting(port))
        return least == 0 and answered() + most == VISITORS

    wait_until(has_seen_to_its_own, seconds=60, what="the other process")
    assert VISITORS / 8 <= answered() <= VISITORS * 7 / 8
    os.kill(stopped, signal.SIGKILL)
    wait_until(lambda: answered() == VISITORS, seconds=60, what="its successor")

    assert {visitor.recv(64)[9:12] for visitor in visitors} == {b"200"}
    for visitor in visitors:
        visitor.close()

"""`python -m workers up`, as `make run` starts it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import httpx
import pytest

from app.config import Settings
from tests.servers.process import end_all_told, free_port, stop, wait_until
from tests.soaking import on_postgresql, on_sqlite
from tests.workers.processes import own_variables
from tests.workers.test_children import is_alive
from workers import queue_server
from workers.launching import CAN_FORK, ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not CAN_FORK, reason="processes are looked up in /proc"),
]
OPEN_WITHIN = 90.0
VISITORS = 8
PARTS = {"vitrine-worker", "vitrine-relay", "vitrine-web", "valkey-server", "python"}


class Up:
    """One supervisor and what it says."""

    def __init__(self, told: Mapping[str, str], log: Path) -> None:
        self.log = log
        with log.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "workers", "up"],
                cwd=ROOT,
                env=dict(told),
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait_until_open(self) -> None:
        def is_open() -> bool:
            assert self.process.poll() is None, self.log.read_text()
            return "Vitrine is open" in self.log.read_text()

        wait_until(is_open, seconds=OPEN_WITHIN, what="the shop")

    def parts(self) -> dict[str, int]:
        """Its children by the name of their process."""
        named = {}
        for pid in children_of(self.process.pid):
            with suppress(FileNotFoundError):  # it ended while we looked
                named[Path(f"/proc/{pid}/comm").read_text().strip()] = pid
        return named


def children_of(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@pytest.fixture
def told(environment: Mapping[str, str]) -> dict[str, str]:
    chosen = {"VITRINE_HOST": "127.0.0.1", "VITRINE_DOORBELL": "1", "VITRINE_LOG_LEVEL": "WARNING"}
    return {**own_variables(), **environment, **chosen}


@pytest.fixture
def up(told: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Up]]:
    """`up(PORT="8001")`: a supervisor told something else than the shop of the test."""
    running: list[Up] = []

    def begin(**changes: str) -> Up:
        running.append(Up({**told, **changes}, tmp_path / f"up-{len(running)}.log"))
        return running[-1]

    yield begin
    for started in running:
        stop(started.process, signal.SIGTERM, seconds=30)
    end_all_told("DATA_DIR", told["DATA_DIR"])


def readiness(settings: Settings) -> dict[str, str]:
    """What /readyz says of each part; nothing while the shop does not answer."""
    try:
        answer = httpx.get(f"{settings.public_url}/readyz", timeout=5)
    except httpx.HTTPError:
        return {}
    checks: dict[str, str] = json.loads(answer.text)["checks"]
    return checks


@contextmanager
def listening_service(folder: Path) -> Iterator[socket.socket]:
    """As systemd waits for who it has started."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
        heard.bind(str(folder / "notify"))
        heard.settimeout(OPEN_WITHIN)
        yield heard


def is_refused(port: int) -> bool:
    """Whether somebody who comes now hears so at once, and does not wait for nobody."""
    try:
        socket.create_connection(("127.0.0.1", port)).close()
    except ConnectionRefusedError:
        return True
    return False


@on_postgresql
def test_the_shop_opens_is_alone_and_closes_in_order(
    up: Callable[..., Up], settings: Settings, tmp_path: Path
) -> None:
    shop = up()
    shop.wait_until_open()

    checks = readiness(settings)
    assert (checks["database"], checks["migrations"], checks["queue"]) == ("ok", "ok", "ok")
    parts = shop.parts()
    assert set(parts) >= PARTS
    said = shop.log.read_text()
    assert settings.public_url in said
    assert str(settings.data_dir) in said

    same_folder = up(PORT=str(free_port()))
    same_port = up(DATA_DIR=str(tmp_path / "other"))
    assert (same_folder.process.wait(30), same_port.process.wait(30)) == (1, 1)
    [sentence] = same_folder.log.read_text().splitlines()
    assert f"process {shop.process.pid}" in sentence
    [sentence] = same_port.log.read_text().splitlines()
    assert sentence.startswith(f"Port {settings.port} is taken.")
    assert readiness(settings)["queue"] == "ok"

    shop.process.send_signal(signal.SIGINT)

    assert shop.process.wait(30) == 0
    assert "is killed" not in shop.log.read_text()
    assert not any(map(is_alive, parts.values()))
    assert queue_server.asked(settings.data_dir, b"PING\r\n") == b""


@on_sqlite
def test_a_bad_setting_is_one_line(up: Callable[..., Up]) -> None:
    refused = up(VITRINE_COLOUR="blue")

    assert refused.process.wait(30) == 2
    assert refused.log.read_text() == "VITRINE_COLOUR is not a setting of Vitrine\n"


@on_sqlite
def test_every_killed_part_comes_back_and_who_came_meanwhile_is_answered(
    up: Callable[..., Up], settings: Settings
) -> None:
    shop = up()
    shop.wait_until_open()
    killed = shop.parts()
    family = {pid for part in killed.values() for pid in (part, *children_of(part))}

    for part in killed.values():
        os.kill(part, signal.SIGKILL)
    wait_until(lambda: not any(map(is_alive, family)), seconds=30, what="their end")
    visitors = [
        socket.create_connection(("127.0.0.1", settings.port), timeout=60) for _ in range(VISITORS)
    ]
    for visitor in visitors:
        visitor.sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")

    def are_back() -> bool:
        parts = shop.parts()
        return parts.keys() == killed.keys() and not set(parts.values()) & family

    wait_until(are_back, seconds=60, what="their second life")
    assert {visitor.recv(64)[9:12] for visitor in visitors} == {b"200"}
    for visitor in visitors:
        visitor.close()
    wait_until(
        lambda: readiness(settings).get("queue") == "ok", seconds=60, what="the shop as before"
    )


@on_sqlite
def test_a_killed_supervisor_leaves_a_folder_that_opens_again_and_closes_its_door_first(
    up: Callable[..., Up], settings: Settings, tmp_path: Path
) -> None:
    shop = up()
    shop.wait_until_open()
    family = {pid for part in shop.parts().values() for pid in (part, *children_of(part))}

    shop.process.kill()
    shop.process.wait()

    wait_until(lambda: not any(map(is_alive, family)), seconds=30, what="the last end")
    with listening_service(tmp_path) as heard:
        again = up(NOTIFY_SOCKET=heard.getsockname())
        assert heard.recv(64) == b"READY=1\nSTATUS=Open"
    assert readiness(settings)["queue"] == "ok"

    hanging = again.parts()["vitrine-relay"]
    os.kill(hanging, signal.SIGSTOP)
    again.process.send_signal(signal.SIGTERM)
    wait_until(lambda: is_refused(settings.port), seconds=15, what="the door to be closed")
    assert again.process.poll() is None
    os.kill(hanging, signal.SIGCONT)
    assert again.process.wait(15) == 0

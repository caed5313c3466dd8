"""The sandbox provider as a process: how it starts, ends, and comes back after being killed."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.payments.sandbox_orders import paid, payment_request
from tests.servers.process import stop
from tests.servers.sandbox import KEY, SECRET, Door, SandboxServer

Start = Callable[[], tuple[SandboxServer, "subprocess.Popen[bytes]"]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a provider process on the data of the one before."""
    started: list[subprocess.Popen[bytes]] = []
    data_dir = tmp_path / "provider"
    command = [
        sys.executable, "-m", "workers.sandbox", "--port", "0", "--data-dir", str(data_dir),
        "--key", KEY, "--secret", SECRET, "--retry", "0.01,0.02",
    ]  # fmt: skip

    def start() -> tuple[SandboxServer, subprocess.Popen[bytes]]:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        started.append(process)
        assert process.stdout is not None
        greeting = process.stdout.readline().decode().strip()
        assert greeting.startswith("sandbox provider on http://127.0.0.1:")
        return SandboxServer(greeting.rpartition(" ")[2], data_dir), process

    yield start
    for process in started:
        stop(process, signal.SIGKILL)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def test_it_starts_works_and_ends_cleanly(start: Start, door: Door) -> None:
    sandbox, process = start()

    assert httpx.get(f"{sandbox.url}/healthz").json() == {"status": "ok"}
    payment = paid(sandbox, door)
    door.wait_for(1)
    stop(process, signal.SIGTERM)

    assert payment["merchant_account"] == "vitrine-demo"
    assert process.returncode == 0
    assert process.stderr is not None
    assert process.stderr.read() == b""


def test_interrupting_it_ends_cleanly(start: Start) -> None:
    _, process = start()

    stop(process, signal.SIGINT)

    assert process.returncode == 0
    assert process.stderr is not None
    assert process.stderr.read() == b""


def test_killed_while_delivering_it_delivers_again(start: Start) -> None:
    sandbox, process = start()
    with door_that_stalls_once() as stalling:
        payment = paid(sandbox, notify_url=stalling.url)
        assert stalling.arrived.acquire(timeout=10)
        process.kill()
        process.wait()

        again, _ = start()
        assert stalling.arrived.acquire(timeout=10)

    assert len(set(stalling.bodies)) == 1
    found = again.call("GET", f"/v1/payments/{payment['id']}")
    assert found["transaction_id"] == payment["transaction_id"]


def test_killed_while_acting_it_has_not_acted(start: Start) -> None:
    sandbox, process = start()
    sandbox.switch(api_slow_seconds=30)
    headers = {"Authorization": f"Bearer {KEY}", "Idempotency-Key": "key-1"}
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(
            f"{sandbox.url}/v1/payments", headers=headers, json=payment_request(), timeout=0.5
        )
    process.kill()
    process.wait()

    again, _ = start()
    again.switch(api_slow_seconds=0)

    found = again.call("GET", "/v1/payments", params={"merchant_reference": "A-1"})
    assert found["data"] == []
    again.call("POST", "/v1/payments", status=201, key="key-1", json=payment_request())


@dataclass
class StallingDoor:
    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    arrived: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))


@contextmanager
def door_that_stalls_once() -> Iterator[StallingDoor]:
    """Takes the first callback in and never answers it; answers every later one."""
    door, is_over = StallingDoor(), threading.Event()

    class Keeper(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            door.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
            is_first = len(door.bodies) == 1
            door.arrived.release()
            if is_first:
                is_over.wait(10)
                return
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keeper)
    door.url = f"http://127.0.0.1:{server.server_address[1]}/hooks"
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    yield door
    is_over.set()
    server.shutdown()
    serving.join()
    server.server_close()

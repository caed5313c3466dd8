"""The sandbox provider on a free port, and a merchant's door that keeps what is delivered there."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.servers.process import wait_until
from workers.sandbox.config import Config
from workers.sandbox.serving import running

KEY = "sandbox-test-key"
SECRET = "sandbox-test-secret"
MERCHANT = "vitrine-test"
RETRY_SECONDS = (0.01, 0.02, 0.05)


@cache
def _client() -> httpx.Client:
    """One for all calls: making a client reads the machine's certificates, which takes longer."""
    return httpx.Client(timeout=10, limits=httpx.Limits(max_keepalive_connections=0))


@dataclass(frozen=True)
class Callback:
    headers: dict[str, str]
    body: bytes


@dataclass
class Door:
    """`answers` are used up one per callback, then each gets 200; `callbacks` as they came."""

    url: str = ""
    answers: deque[int] = field(default_factory=deque)
    callbacks: list[Callback] = field(default_factory=list)

    def wait_for(self, count: int) -> list[Callback]:
        wait_until(lambda: len(self.callbacks) >= count, seconds=10, what=f"callback {count}")
        return self.callbacks


@dataclass(frozen=True)
class SandboxServer:
    """A running provider and the hand behind it."""

    url: str
    data_dir: Path

    def call(
        self, method: str, path: str, *, status: int = 200, key: str | None = None, **options: Any
    ) -> Any:
        """One call with the merchant's key; the JSON answer, whose status must be `status`."""
        headers = {"Authorization": f"Bearer {KEY}"}
        if key is not None:
            headers["Idempotency-Key"] = key
        response = _client().request(method, self.url + path, headers=headers, **options)
        assert response.status_code == status, response.text
        return response.json()

    def switch(self, **switches: object) -> None:
        self.call("POST", "/_switches", json=switches)

    def act(self, thing: str, name: str, action: str) -> Any:
        """`act("payments", id, "pay")` does what the button of the pay page does."""
        return self.call("POST", f"/_{thing}/{name}/{action}")

    def log(self, reference: str | None = None) -> list[Any]:
        """Newest first."""
        found = self.call("GET", "/_log", params={"reference": reference} if reference else {})
        return list(found["data"])

    def wait_until_quiet(self) -> None:
        """Until no callback is due any more; what is held or delayed beyond a second stays."""

        def is_quiet() -> bool:
            return not [line for line in self.log() if line["state"] in {"waiting", "sending"}]

        wait_until(is_quiet, seconds=10, what="the last callback")


@contextmanager
def sandbox_server(data_dir: Path) -> Iterator[SandboxServer]:
    """A provider in a thread of this process; what `data_dir` holds is its memory."""
    config = Config(
        data_dir=data_dir,
        public_url="",
        merchant=MERCHANT,
        key=KEY,
        secret=SECRET,
        retry_seconds=RETRY_SECONDS,
    )
    with running(config, "127.0.0.1", 0) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        try:
            yield SandboxServer(f"http://127.0.0.1:{server.port}", data_dir)
        finally:
            server.shutdown()
            serving.join()


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[SandboxServer]:
    """A provider that has seen nothing yet, with every switch off."""
    with sandbox_server(tmp_path / "sandbox") as server:
        yield server


@pytest.fixture
def door() -> Iterator[Door]:
    """Where a merchant takes in callbacks: give `door.url` as notify_url."""
    door = Door()

    class Keeper(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = door.answers.popleft() if door.answers else 200
            door.callbacks.append(Callback(dict(self.headers.items()), body))
            self.send_response(answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Keeper)
    door.url = f"http://127.0.0.1:{server.server_address[1]}/hooks/payments/sandbox"
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    serving.start()
    yield door
    server.shutdown()
    serving.join()
    server.server_close()

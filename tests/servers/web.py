"""The shop behind a real socket, for the browser and for clients that know nothing of Flask."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from tests.servers.process import stop, wait_until
from tests.workers.processes import own_variables
from workers.launching import ROOT

if TYPE_CHECKING:
    from tests.servers.stage import Stage


@pytest.fixture
def live_server(stage: Stage) -> Iterator[str]:
    """The address of the shop, served by threads of this process, so that `clock` rules it too."""
    from werkzeug.serving import make_server

    server = make_server("127.0.0.1", stage.settings.port, stage.app, threaded=True)
    thread = Thread(target=server.serve_forever, args=[0.02], daemon=True)
    thread.start()
    yield stage.settings.public_url
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def served(stage: Stage) -> Iterator[str]:
    """The address of the shop, behind the server it is run with: processes of their own, on the
    machine's own time.
    """
    with serving(stage.environment):
        yield stage.settings.public_url


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """The shop of these variables behind that server, on the port they name; its first process."""
    chosen = {"VITRINE_HOST": "127.0.0.1", "VITRINE_LOG_LEVEL": "WARNING"}
    told = {**own_variables(), **environment, **chosen}
    server = subprocess.Popen([sys.executable, "-m", "workers", "web"], cwd=ROOT, env=told)
    try:
        is_there = partial(_answers, int(environment["PORT"]))
        wait_until(is_there, seconds=60, what="the shop's server")
        yield server
    finally:
        stop(server, signal.SIGTERM)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

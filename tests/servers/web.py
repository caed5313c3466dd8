"""The shop behind a real socket, for the browser and for clients that know nothing of Flask."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Thread
from typing import TYPE_CHECKING

import pytest

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

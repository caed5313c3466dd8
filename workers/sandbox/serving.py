"""Serves one provider until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from workers.sandbox.config import Config
from workers.sandbox.deliveries import Senders
from workers.sandbox.provider import create_app, open_provider

_BACKLOG = 128


class QuietHandler(WSGIRequestHandler):
    """Answers without a line per request; callbacks have their own log."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


@contextmanager
def running(config: Config, host: str, port: int) -> Iterator[BaseWSGIServer]:
    """A bound server with its senders at work; the caller lets it serve and shuts it down.

    Port 0 takes a free one. An empty `public_url` becomes the address that was bound.
    """
    with socket.create_server((host, port), backlog=_BACKLOG) as listener:
        bound_port = listener.getsockname()[1]
        public_url = config.public_url or f"http://{host}:{bound_port}"
        provider = open_provider(replace(config, public_url=public_url.rstrip("/")))
        senders = Senders(provider)
        server = make_server(
            host,
            bound_port,
            create_app(provider),
            threaded=True,
            request_handler=QuietHandler,
            fd=listener.fileno(),
        )
        senders.start()
        try:
            yield server
        finally:
            server.server_close()
            senders.stop()
            provider.store.close()

"""A proxy that compresses what a shop sends, as the one of a deployment does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection  # noqa: TID251  (one request in, one out, nothing more)
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import brotli  # type: ignore[import-untyped]

EFFORT = 5
COMPRESSED = ("text/", "application/javascript", "application/json", "image/svg+xml")
OF_A_CONNECTION = frozenset({"connection", "transfer-encoding", "content-length", "date", "server"})


@contextmanager
def compressing(port: int) -> Iterator[int]:
    """The port on which the shop at `port` answers with its text in brotli."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            shop = HTTPConnection("127.0.0.1", port, timeout=60)
            headers = {name: value for name, value in self.headers.items() if name != "Connection"}
            shop.request("GET", self.path, headers=headers)
            answer = shop.getresponse()
            body = answer.read()
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in OF_A_CONNECTION:
                    self.send_header(name, value)
            if answer.headers.get("Content-Type", "").startswith(COMPRESSED):
                body = brotli.compress(body, quality=EFFORT)
                self.send_header("Content-Encoding", "br")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            shop.close()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    serving = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    serving.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        serving.join()
        server.server_close()

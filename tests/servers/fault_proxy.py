"""What stands between the shop and a server it needs, and lets a test break the line in every way.

An address is `("127.0.0.1", port)` or the path of a Unix socket. Faults can be thrown and healed
while connections are open.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

Address = tuple[str, int] | str
AT_ONCE = 64 * 1024
LINGER_NOT = struct.pack("ii", 1, 0)
"""Closing then sends a reset instead of a polite end."""


@dataclass
class Faults:
    """What happens to bytes and to those who come: `seconds` both ways are delayed, `refuses`
    closes new connections at once, `resets` does so rudely, `swallows_replies` lets requests
    through and loses what comes back. `cuts_at` sees each request first: when it says so, the
    request is passed on and its reply lost (`after`), or neither arrives (`before`).
    """

    seconds: float = 0.0
    refuses: bool = False
    resets: bool = False
    swallows_replies: bool = False
    cuts_at: Callable[[bytes], str | None] = field(default=lambda _request: None)


class FaultProxy:
    """Forwards to `upstream`; `faults` says how badly."""

    def __init__(self, upstream: Address, *, at: Path | None = None) -> None:
        self.faults = Faults()
        self.cuts = 0
        self._upstream = upstream
        self._lines: set[_Line] = set()
        self._lock = threading.Lock()
        self._listening = _listen(at)
        self._at = at
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        port: int = self._listening.getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """Where to come, for what speaks HTTP."""
        return f"http://127.0.0.1:{self.port}"

    def heal(self) -> None:
        """From here on the line is as good as any; what was cut stays cut."""
        self.faults = Faults()

    def cut(self) -> None:
        """End every open connection, as a server that is stopped does."""
        for line in list(self._lines):
            line.end(rudely=self.faults.resets)

    def fail(self, *, rudely: bool = False) -> None:
        """The server is gone: open connections end and new ones get nowhere."""
        self.faults = Faults(refuses=True, resets=rudely)
        self.cut()

    def cut_once(self, mark: bytes, moment: str) -> None:
        """Cut `before` or `after` the first request that has these bytes was passed on."""
        seen = threading.Event()

        def decide(request: bytes) -> str | None:
            if mark not in request or seen.is_set():
                return None
            seen.set()
            self.cuts += 1
            return moment

        self.faults.cuts_at = decide

    def close(self) -> None:
        self.faults = Faults(refuses=True)
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self.cut()
        if self._at is not None:
            self._at.unlink(missing_ok=True)

    def _accept(self) -> None:
        while True:
            try:
                client, _from = self._listening.accept()
            except OSError:
                return
            if self.faults.refuses:
                _close(client, rudely=self.faults.resets)
                continue
            threading.Thread(target=self._serve, args=[client], daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        try:
            server = _connect(self._upstream)
        except OSError:
            _close(client, rudely=True)
            return
        line = _Line(self, client, server)
        with self._lock:
            self._lines.add(line)
        try:
            line.run()
        finally:
            with self._lock:
                self._lines.discard(line)


class _Line:
    """One connection through the proxy."""

    def __init__(self, proxy: FaultProxy, client: socket.socket, server: socket.socket) -> None:
        self._proxy, self._client, self._server = proxy, client, server
        self._awaits_loss = False

    def run(self) -> None:
        back = threading.Thread(target=self._replies, daemon=True)
        back.start()
        self._requests()
        back.join()
        self._client.close()
        self._server.close()

    def end(self, *, rudely: bool = False) -> None:
        """Wakes the two threads that read; when both are done `run` closes what they read from.
        Closed before, its number may be another line's when they read again.
        """
        _shut(self._client, rudely=rudely)
        _shut(self._server, rudely=False)

    def _requests(self) -> None:
        for request in _read(self._client):
            faults = self._proxy.faults
            time.sleep(faults.seconds)
            moment = faults.cuts_at(request)
            if moment == "before":
                break
            self._awaits_loss = moment == "after"
            if not _send(self._server, request):
                break
        else:
            with suppress(OSError):
                self._server.shutdown(socket.SHUT_WR)
            return
        self.end(rudely=True)

    def _replies(self) -> None:
        for reply in _read(self._server):
            faults = self._proxy.faults
            if self._awaits_loss or faults.swallows_replies:
                break
            time.sleep(faults.seconds)
            if not _send(self._client, reply):
                break
        else:
            with suppress(OSError):
                self._client.shutdown(socket.SHUT_WR)
            return
        self.end(rudely=True)


@contextmanager
def fault_proxy(upstream: Address, *, at: Path | None = None) -> Iterator[FaultProxy]:
    """A proxy on a free port, or on the Unix socket `at`."""
    proxy = FaultProxy(upstream, at=at)
    try:
        yield proxy
    finally:
        proxy.close()


def _listen(at: Path | None) -> socket.socket:
    if at is None:
        return socket.create_server(("127.0.0.1", 0), backlog=128)
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(at))
    listening.listen(128)
    return listening


def _connect(address: Address) -> socket.socket:
    if isinstance(address, tuple):
        return socket.create_connection(address)
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(address)
    return connection


def _read(source: socket.socket) -> Iterator[bytes]:
    with suppress(OSError):
        while received := source.recv(AT_ONCE):
            yield received


def _send(target: socket.socket, content: bytes) -> bool:
    try:
        target.sendall(content)
    except OSError:
        return False
    return True


def _close(connection: socket.socket, *, rudely: bool) -> None:
    _shut(connection, rudely=rudely)
    connection.close()


def _shut(connection: socket.socket, *, rudely: bool) -> None:
    """Nothing is read from it any more; closing it is then a reset where that is wanted."""
    with suppress(OSError):
        if rudely and connection.family == socket.AF_INET:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_NOT)
        else:
            connection.shutdown(socket.SHUT_RDWR)
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RD)

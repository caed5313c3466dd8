"""Many requests over a few connections, asked by one thread that costs the machine little."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from statistics import median, quantiles

END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"
AT_ONCE = 65_536
GIVE_UP = 30.0


@dataclass(frozen=True)
class Asked:
    """What came of it: seconds in all, milliseconds of each, and how often each status."""

    seconds: float
    milliseconds: Sequence[float]
    statuses: dict[int, int]

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds

    @property
    def median(self) -> float:
        return median(self.milliseconds)

    @property
    def p95(self) -> float:
        return quantiles(self.milliseconds, n=20)[-1]


def get(path: str, visitor: int = 0) -> bytes:
    """A visitor who says nothing of himself, at an address of his own."""
    address = f"10.{visitor >> 16 & 255}.{visitor >> 8 & 255}.{visitor & 255}"
    head = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {address}\r\n\r\n"
    return head.encode()


def post(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    told = {"Content-Length": str(len(body)), "Content-Type": "application/json", **headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\n".encode() + body


def ask_for(
    port: int, requests: Sequence[bytes], *, seconds: float, connections: int = 16
) -> Asked:
    """Ask them again and again for so many seconds, each connection the next when answered."""
    return _Asking(port, connections).run(cycle(requests).__next__, seconds=seconds)


def ask_each(port: int, requests: Sequence[bytes], *, connections: int = 16) -> Asked:
    """Ask each of them once."""
    remaining = iter(requests)
    return _Asking(port, connections).run(lambda: next(remaining, None), seconds=float("inf"))


@dataclass
class _Line:
    """One connection; `waits_for` is the whole length of the answer once its head is here."""

    socket: socket.socket
    asked_at: float = 0.0
    got: bytearray = field(default_factory=bytearray)
    waits_for: int = 0


class _Asking:
    def __init__(self, port: int, connections: int) -> None:
        self._selector = selectors.DefaultSelector()
        self._taken: list[float] = []
        self._statuses: dict[int, int] = {}
        self._lines = [
            _Line(socket.create_connection(("127.0.0.1", port))) for _ in range(connections)
        ]
        for line in self._lines:
            line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(line.socket, selectors.EVENT_READ, line)

    def run(self, next_one: Callable[[], bytes | None], *, seconds: float) -> Asked:
        began, waiting = time.perf_counter(), 0
        try:
            for line in self._lines:
                waiting += self._ask(line, next_one())
            while waiting:
                ready = self._selector.select(GIVE_UP)
                if not ready:
                    raise TimeoutError(f"no answer for {GIVE_UP:g} s")
                for key, _events in ready:
                    if self._is_answered(key.data):
                        waiting -= 1
                        if time.perf_counter() - began < seconds:
                            waiting += self._ask(key.data, next_one())
            return Asked(time.perf_counter() - began, self._taken, self._statuses)
        finally:
            for line in self._lines:
                line.socket.close()
            self._selector.close()

    def _ask(self, line: _Line, request: bytes | None) -> bool:
        if request is None:
            return False
        line.asked_at = time.perf_counter()
        line.socket.sendall(request)
        return True

    def _is_answered(self, line: _Line) -> bool:
        piece = line.socket.recv(AT_ONCE)
        if not piece:
            raise ConnectionError("the server closed a connection")
        line.got += piece
        if not line.waits_for:
            end = line.got.find(END_OF_HEAD)
            if end < 0:
                return False
            line.waits_for = end + len(END_OF_HEAD) + _length(bytes(line.got[:end]))
        if len(line.got) < line.waits_for:
            return False
        self._taken.append((time.perf_counter() - line.asked_at) * 1000)
        status = int(line.got[9:12])
        self._statuses[status] = self._statuses.get(status, 0) + 1
        line.got.clear()
        line.waits_for = 0
        return True


def _length(head: bytes) -> int:
    """Of the body that follows; every answer of the shop says it."""
    lowered = head.lower()
    at = lowered.find(LENGTH)
    return int(lowered[at + len(LENGTH) :].split(b"\r\n", 1)[0]) if at >= 0 else 0

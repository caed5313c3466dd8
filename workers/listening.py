"""The sockets that visitors come to: one for each web process, between which the system deals.

Whoever opened them keeps them, so that what waits at one when its process ends is answered by the
next. Where the system does not deal there is one, which the processes share.
"""

from __future__ import annotations

import ctypes
import socket
import sys
from contextlib import suppress

BACKLOG = 1024
CAN_DEAL = sys.platform == "linux"
_SO_ATTACH_REUSEPORT_CBPF = 51
_BPF_RETURN = 0x06


def listen(host: str, port: int, *, processes: int) -> list[socket.socket]:
    """Sockets that connections may come to before anybody answers them; raises OSError.

    The first is alone at its address until it is there, so that a second shop is still refused.
    """
    first = _open(host, port)
    if not CAN_DEAL:
        return [first]
    first.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    port = first.getsockname()[1]
    return [first, *(_open(host, port, is_shared=True) for _ in range(1, processes))]


def lead_to_first(sockets: list[socket.socket]) -> None:
    """Whoever comes from now on comes to the first; what waits at the others stays there."""
    always_the_first = _Program(1, ctypes.pointer(_Instruction(_BPF_RETURN, 0, 0, 0)))
    sockets[0].setsockopt(socket.SOL_SOCKET, _SO_ATTACH_REUSEPORT_CBPF, bytes(always_the_first))


def keep_first(sockets: list[socket.socket]) -> None:
    """Close the others, at which nobody waits any more."""
    for other in sockets[1:]:
        other.close()
    del sockets[1:]


def turn_away(sockets: list[socket.socket]) -> None:
    """Close all, though forks have them too: who comes from now on is refused at once, and a proxy
    asks again, instead of waiting at a door that nobody opens. For after the web server's end.
    """
    for each in sockets:
        with suppress(OSError):  # some systems know this of connections only
            each.shutdown(socket.SHUT_RDWR)
        each.close()
    sockets.clear()


def _open(host: str, port: int, *, is_shared: bool = False) -> socket.socket:
    """What is accepted from it sends small packets at once: granian sets that only on its own."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    opened = socket.create_server(
        (host, port), family=family, backlog=BACKLOG, reuse_port=is_shared
    )
    opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    opened.settimeout(0)
    return opened


class _Instruction(ctypes.Structure):
    """Of the classic packet filter, as the kernel reads it."""

    _fields_ = (
        ("code", ctypes.c_ushort),
        ("when_true", ctypes.c_ubyte),
        ("when_false", ctypes.c_ubyte),
        ("value", ctypes.c_uint),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))

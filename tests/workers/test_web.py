"""The socket that visitors come to."""

from __future__ import annotations

import socket

from tests.servers.process import free_port
from workers.web import listen


def test_the_end_of_an_answer_is_not_held_back_until_its_beginning_is_acknowledged() -> None:
    """Which takes a browser 40 ms."""
    port = free_port()
    with listen("127.0.0.1", port) as door, socket.create_connection(("127.0.0.1", port)):
        door.settimeout(5)
        visitor, _address = door.accept()

        with visitor:
            assert visitor.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0

"""The sockets that visitors come to."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from tests.servers.process import free_port
from workers import listening
from workers.listening import keep_first, lead_to_first, listen, turn_away

HOST = "127.0.0.1"
VISITORS = 64
only_where_dealt = pytest.mark.skipif(not listening.CAN_DEAL, reason="the system does not deal")


@pytest.fixture
def sockets() -> Iterator[list[socket.socket]]:
    """Of a web server with two processes."""
    opened = listen(HOST, free_port(), processes=2)
    yield opened
    for each in opened:
        each.close()


def arrived(sockets: list[socket.socket], visitors: int = VISITORS) -> list[int]:
    """How many of so many who come at once wait at each."""
    address = sockets[0].getsockname()
    come = [socket.create_connection(address) for _ in range(visitors)]
    found = [len(_accepted(each)) for each in sockets]
    for visitor in come:
        visitor.close()
    return found


def _accepted(door: socket.socket) -> list[int]:
    found: list[int] = []
    while True:
        try:
            visitor, _address = door.accept()
        except BlockingIOError:
            return found
        found.append(visitor.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        visitor.close()


def test_the_end_of_an_answer_is_not_held_back_until_its_beginning_is_acknowledged(
    sockets: list[socket.socket],
) -> None:
    """Which takes a browser 40 ms."""
    come = [socket.create_connection(sockets[0].getsockname()) for _ in range(VISITORS)]

    sends_at_once = [each for door in sockets for each in _accepted(door)]

    for visitor in come:
        visitor.close()
    assert len(sends_at_once) == VISITORS
    assert all(sends_at_once)


@only_where_dealt
def test_who_comes_at_once_is_dealt_to_all(sockets: list[socket.socket]) -> None:
    found = arrived(sockets)

    assert sum(found) == VISITORS
    assert min(found) >= VISITORS / 8


def test_another_shop_at_the_same_address_is_refused(sockets: list[socket.socket]) -> None:
    with pytest.raises(OSError, match="in use"):
        listen(HOST, sockets[0].getsockname()[1], processes=2)


@only_where_dealt
def test_all_are_led_to_the_first_and_nobody_who_waits_elsewhere_is_lost(
    sockets: list[socket.socket],
) -> None:
    early = [socket.create_connection(sockets[0].getsockname()) for _ in range(VISITORS)]
    lead_to_first(sockets)
    late = [socket.create_connection(sockets[0].getsockname()) for _ in range(VISITORS)]

    first, second = (len(_accepted(each)) for each in sockets)

    assert first + second == 2 * VISITORS
    assert VISITORS / 8 <= second < VISITORS
    keep_first(sockets)
    assert arrived(sockets) == [VISITORS]
    for visitor in early + late:
        visitor.close()


def test_where_the_system_does_not_deal_all_come_to_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "CAN_DEAL", False)

    [only] = listen(HOST, free_port(), processes=2)

    with only:
        assert arrived([only]) == [VISITORS]


@only_where_dealt
def test_who_is_turned_away_is_refused_though_others_hold_the_door_too(
    sockets: list[socket.socket],
) -> None:
    address = sockets[0].getsockname()
    held_by_web_processes = [each.dup() for each in sockets]

    turn_away(sockets)

    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(address)
    for each in held_by_web_processes:
        each.close()

"""A queue of writers: one at a time, in the order they came, and nobody for ever."""

from __future__ import annotations

import time
from threading import Thread

from app.platform.turns import Turn


def waiting(turn: Turn, name: str, served: list[str]) -> Thread:
    """A thread that waits for its turn; returns once it stands in the queue."""
    before = len(turn._waiting)

    def wait() -> None:
        if turn.take(10):
            served.append(name)
            turn.pass_on()

    thread = Thread(target=wait)
    thread.start()
    while len(turn._waiting) == before:
        time.sleep(0.001)
    return thread


def test_who_came_first_is_served_first():
    turn, served = Turn(), list[str]()
    assert turn.take(0)
    queue = [waiting(turn, name, served) for name in "abcdefgh"]

    turn.pass_on()
    for thread in queue:
        thread.join()

    assert "".join(served) == "abcdefgh"
    assert turn.take(0)


def test_who_lets_go_does_not_overtake_who_waits():
    turn, served = Turn(), list[str]()
    assert turn.take(0)
    thread = waiting(turn, "a", served)

    turn.pass_on()
    assert turn.take(10)

    thread.join()
    assert served == ["a"]


def test_who_gave_up_holds_nobody_up():
    turn = Turn()
    assert turn.take(0)

    assert turn.take(0.01) is False
    turn.pass_on()

    assert turn.take(0)

"""New processes take over from running ones, one part after another, and nobody notices.

The new one is a program of its own, so that it runs the code and the settings of now. It gets the
sockets the old one listens at and says when it is ready; only then the old one is told to end, and
answers what it has begun. One that does not become ready is ended, and the old one stays.

An older release listens at one socket, the last that it is told of, and says one dot. Visitors are
led there before the old one ends, and the shop keeps to that one until it is started again.
"""

from __future__ import annotations

import os
import select
import socket
import time
from collections.abc import Sequence
from functools import partial
from threading import Event

from workers import commands
from workers.children import GRACE, Child, end, say
from workers.launching import Launched, Program
from workers.listening import keep_first, lead_to_first
from workers.service import say_status

READY_WITHIN = 90.0
LOOK_EVERY = 0.2
LED_WITHIN = 1.0
"""By then whoever was still coming to another socket has arrived and was accepted."""


def renew(
    children: Sequence[tuple[Child, str]], listening: list[socket.socket], stopping: Event
) -> None:
    """Migrate, then renew each child, started anew as `python -m workers <word>`."""
    _report("New processes take over…")
    if not _succeeds(commands.MIGRATE, stopping):
        _report("The database could not be brought up to date: everything stays as it is.")
        return
    for child, word in children:
        if not _took_over(child, word, listening, stopping):
            _report(f"The new {child.name} did not start: the old one stays.")
            return
    _report("They have taken over.")


def _report(sentence: str) -> None:
    say(sentence)
    say_status(sentence)


def program(word: str, listening: Sequence[socket.socket], *, ready: int | None = None) -> Program:
    """A part as a program; the web server gets the sockets, `ready` is where to say that it is."""
    command, kept = commands.part(word), list[int]()
    if word == "web":
        for each in reversed(listening):
            kept.append(each.fileno())
            command += ["--listening", str(each.fileno())]
    if ready is not None:
        kept.append(ready)
        command += ["--ready", str(ready)]
    return Program(command, keep=kept)


def _took_over(child: Child, word: str, listening: list[socket.socket], stopping: Event) -> bool:
    hearing, saying = os.pipe()
    try:
        successor = program(word, listening, ready=saying)
        os.close(saying)
        dots = _dots(successor, hearing, stopping)
    finally:
        os.close(hearing)
    if not dots:
        end(child.name, successor, grace=child.grace)
        return False
    knows_one_only = word == "web" and dots < len(listening)
    if knows_one_only:
        try:
            lead_to_first(listening)
        except OSError:
            say("This system leads nobody to the one socket that this release knows of.")
            end(child.name, successor, grace=child.grace)
            return False
        stopping.wait(LED_WITHIN)
    child.replace(successor, partial(program, word, listening))
    if knows_one_only:
        keep_first(listening)
    return True


def _dots(successor: Launched, hearing: int, stopping: Event) -> int:
    """How many it says once it is ready; none when it ended, took too long, or all is to stop."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and not stopping.is_set():
        if select.select([hearing], [], [], LOOK_EVERY)[0]:
            return len(os.read(hearing, select.PIPE_BUF))
        if successor.exit_code() is not None:
            return 0
    return 0


def _succeeds(command: list[str], stopping: Event) -> bool:
    running = Program(command)
    while running.exit_code() is None and not stopping.is_set():
        running.has_ended(within=LOOK_EVERY)
    end("the migration", running, grace=GRACE)
    return running.exit_code() == 0

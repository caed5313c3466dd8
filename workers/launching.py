"""The two ways a process of the shop is begun: as a program, or as a fork of its supervisor.

A fork shares the memory of what the supervisor has imported and begins in an instant, which halves
what a shop needs. macOS forbids it to programs that use its frameworks, so there all are programs.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event
from typing import Protocol

ROOT = Path(__file__).parent.parent
CAN_FORK = sys.platform == "linux"
_PR_SET_PDEATHSIG = 1
_PR_SET_NAME = 15
_LONGEST_NAME = 15


class Launched(Protocol):
    """A process that was begun, leader of a group of its own.

    Ctrl-C in a terminal therefore reaches the supervisor alone, which stops the others in order.
    """

    @property
    def pid(self) -> int: ...

    def exit_code(self) -> int | None:
        """None while it runs; negative for the signal that killed it."""
        ...

    def has_ended(self, *, within: float) -> bool:
        """Wait for its end, at most so many seconds."""
        ...


class Program:
    """Another program, started from the root of the release that is to run now."""

    def __init__(self, command: list[str], *, keep: Sequence[int] = ()) -> None:
        """`keep` are descriptors that it is to have as well."""
        self._process = subprocess.Popen(  # noqa: S603  (the shop's own programs)
            command,
            cwd=release(),
            stdin=subprocess.DEVNULL,
            process_group=0,
            pass_fds=keep,
            preexec_fn=partial(_die_with, os.getpid()),  # noqa: PLW1509  (the supervisor has no other thread)
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def exit_code(self) -> int | None:
        return self._process.poll()

    def has_ended(self, *, within: float) -> bool:
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            return False
        return True


class Fork:
    """This program again, going on with `main` in the state in which it is now."""

    def __init__(self, name: str, main: Callable[[], None]) -> None:
        self._process: BaseProcess = multiprocessing.get_context("fork").Process(
            target=_begin, args=(os.getpid(), name, main)
        )
        self._process.start()

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    def exit_code(self) -> int | None:
        return self._process.exitcode

    def has_ended(self, *, within: float) -> bool:
        self._process.join(within)
        return self._process.exitcode is not None


def release() -> Path:
    """The tree to start programs from: the one around the interpreter that is asked for now.

    Its path may lead through a link that was moved on to a newer release since we were started; our
    own modules are those of the tree we began in.
    """
    around = Path(sys.executable).parent.parent.parent
    return around if (around / "workers" / "__main__.py").exists() else ROOT


def stopped_by_signals() -> Event:
    """An event set by SIGTERM and by Ctrl-C."""
    return _set_by(signal.SIGINT, signal.SIGTERM)


def reloaded_by_signal() -> Event:
    """An event set by SIGHUP, unless it would only say that our terminal was closed."""
    return Event() if sys.stdin and sys.stdin.isatty() else _set_by(signal.SIGHUP)


def _set_by(*numbers: signal.Signals) -> Event:
    happened = Event()
    for number in numbers:
        signal.signal(number, lambda *_: happened.set())
    return happened


def _begin(parent: int, name: str, main: Callable[[], None]) -> None:
    os.setpgid(0, 0)
    _die_with(parent)
    if _libc is not None:
        _libc.prctl(_PR_SET_NAME, f"vitrine-{name}"[:_LONGEST_NAME].encode())
    main()


def let_no_fork_outlive_this_process() -> None:
    """Whatever this process forks from now on is killed when it dies."""
    forking = [os.getpid()]

    def remember() -> None:
        forking[:] = [os.getpid()]

    os.register_at_fork(
        before=remember, after_in_child=lambda: _die_with(forking[0], signal.SIGKILL)
    )


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with(parent: int, number: signal.Signals = signal.SIGTERM) -> None:
    """Have the kernel end the child when its parent is killed, so that no port stays taken; a
    parent that was killed before we could ask for it takes us along as well.
    """
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        os._exit(-number % 256)

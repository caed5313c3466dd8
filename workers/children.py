"""Processes that are started, started again when they die, and stopped in order."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from workers.launching import Launched

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SETTLED_AFTER = 30.0
"""A child that has lived so long is well: its next death counts as the first."""
GRACE = 10.0


def say(line: str) -> None:
    """One line for whoever watches the shop run."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


@dataclass(eq=False)
class Child:
    """One process of the shop; after each death `mend` starts it again, after a longer pause."""

    name: str
    launch: Callable[[], Launched]
    grace: float = GRACE
    _process: Launched | None = field(default=None, init=False)
    _deaths: int = field(default=0, init=False)
    _started: float = field(default=0.0, init=False)
    _start_at: float | None = field(default=None, init=False)

    def start(self) -> None:
        self._started, self._start_at = time.monotonic(), None
        self._process = self.launch()

    def is_running(self) -> bool:
        return self._process is not None and self._process.exit_code() is None

    def mend(self) -> None:
        """Notice a death, and start again once the pause is over."""
        if self.is_running():
            return
        now = time.monotonic()
        if self._start_at is None:
            if self._process is not None:
                _end_group(self._process)
            self._start_at = now + self._pause(now)
        elif now >= self._start_at:
            self.start()

    def stop(self) -> None:
        """Ask it to end, wait, and kill whoever is left of its group."""
        if self._process is not None:
            end(self.name, self._process, grace=self.grace)

    def replace(self, successor: Launched, launch: Callable[[], Launched]) -> None:
        """Let a process that runs already be this child, which is started by `launch` from now on;
        its predecessor is told to end.
        """
        predecessor, self._process, self.launch = self._process, successor, launch
        self._started, self._start_at, self._deaths = time.monotonic(), None, 0
        if predecessor is not None:
            end(self.name, predecessor, grace=self.grace)

    def _pause(self, now: float) -> float:
        if now - self._started > SETTLED_AFTER:
            self._deaths = 0
        pause = min(FIRST_PAUSE * float(2**self._deaths), LONGEST_PAUSE)
        self._deaths += 1
        say(f"{self.name} ended ({self._how()}); it is started again in {pause:g} s")
        return pause

    def _how(self) -> str:
        code = self._process.exit_code() if self._process else None
        return f"by {signal.Signals(-code).name}" if code and code < 0 else f"exit code {code}"


def end(name: str, process: Launched, *, grace: float) -> None:
    """Ask a process to end, wait, and kill whoever is left of its group."""
    if process.exit_code() is None:
        os.kill(process.pid, signal.SIGTERM)
        if not process.has_ended(within=grace):
            say(f"{name} does not end and is killed")
    _end_group(process)
    process.has_ended(within=grace)


def _end_group(process: Launched) -> None:
    """End whoever the process started itself and left behind."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)

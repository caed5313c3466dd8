"""Processes that are started, started again when they die, and stopped in order."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
SETTLED_AFTER = 30.0
"""A child that has lived so long is well: its next death is the first again."""
GRACE = 10.0
_PR_SET_PDEATHSIG = 1


@dataclass(eq=False)
class Child:
    """One process of the shop; after each death `mend` starts it again, after a longer pause."""

    name: str
    command: list[str]
    environment: Mapping[str, str]
    folder: Path
    say: Callable[[str], None]
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _deaths: int = field(default=0, init=False)
    _started: float = field(default=0.0, init=False)
    _start_at: float | None = field(default=None, init=False)

    def start(self) -> None:
        """In a group of its own: Ctrl-C reaches the supervisor alone, which stops all in order."""
        self._started, self._start_at = time.monotonic(), None
        self.process = subprocess.Popen(  # noqa: S603  (the shop's own programs)
            self.command,
            env=dict(self.environment),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_die_with_the_parent,  # noqa: PLW1509  (the supervisor has no other thread)
        )

    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def mend(self) -> None:
        """Notice a death, and start again once the pause is over."""
        if self.is_running():
            return
        now = time.monotonic()
        if self._start_at is None:
            self._start_at = now + self._pause(now)
        elif now >= self._start_at:
            self.start()

    def stop(self, *, grace: float = GRACE) -> None:
        """Ask it to end, wait, and kill its whole group when it does not."""
        process = self.process
        if process is None:
            return
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(grace)
        except subprocess.TimeoutExpired:
            self.say(f"{self.name} does not end and is killed")
            process.kill()
            process.wait()

    def _pause(self, now: float) -> float:
        assert self.process is not None  # noqa: S101  (for the type checker)
        if now - self._started > SETTLED_AFTER:
            self._deaths = 0
        pause = min(FIRST_PAUSE * float(2**self._deaths), LONGEST_PAUSE)
        self._deaths += 1
        self.say(f"{self.name} ended ({_how(self.process)}); it is started again in {pause:g} s")
        return pause


def _how(process: subprocess.Popen[bytes]) -> str:
    code = process.returncode
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"


_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def _die_with_the_parent() -> None:
    """Have the kernel end the child when the supervisor is killed, so that no port stays taken."""
    if _libc is not None:
        _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)

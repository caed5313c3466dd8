"""What every server of the tests needs: a free port, patience, and a clean end."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol


def free_port() -> int:
    """A TCP port nobody listens on; another process may still take it, which a retry cures."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(ready: Callable[[], bool], *, seconds: float, what: str) -> None:
    """Ask `ready` every few milliseconds; raises TimeoutError naming `what`."""
    deadline = time.monotonic() + seconds
    pause = 0.005
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} was not ready after {seconds:g} s")
        time.sleep(pause)
        pause = min(pause * 1.5, 0.1)


class Running(Protocol):
    """A process as subprocess.Popen shows it."""

    def poll(self) -> int | None: ...

    def wait(self, timeout: float | None = None) -> int: ...

    def send_signal(self, number: int, /) -> None: ...

    def kill(self) -> None: ...


def stop(process: Running, signal_number: int, *, seconds: float = 10) -> None:
    """Ask a process to end and wait for it; kill it when it does not."""
    if process.poll() is not None:
        return
    process.send_signal(signal_number)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(seconds)


def end_all_told(variable: str, value: str) -> None:
    """Kill every process that was begun with this value, whoever its parent was.

    What a failed test leaves running goes on to change the database and the files of the next one.
    """
    sought = f"{variable}={value}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if sought in (process / "environ").read_bytes().split(b"\0"):
                os.kill(int(process.name), signal.SIGKILL)

"""Imports that were asked for at the counter, beside the jobs: a long one holds up no mail.

In a thread of the worker, not in a job of its own: jobs are short, and an import of 100,000
products takes minutes. When the process is killed another goes on where the last batch ended.
"""

from __future__ import annotations

from threading import Lock, Thread

from app.catalog.commands.importing import working
from workers import runner

_one_at_a_time = Lock()


def begin() -> Thread | None:
    """Do what waits, in the background; None while that is being done already."""
    if not _one_at_a_time.acquire(blocking=False):
        return None
    thread = Thread(target=_work, name="import", daemon=True)
    thread.start()
    return thread


def _work() -> None:
    try:
        while runner.within_context(working.work):
            pass
    finally:
        _one_at_a_time.release()

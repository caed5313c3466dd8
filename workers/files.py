"""Files that were brought to the counter or asked for there, beside the jobs: a long one holds up
no mail.

In threads of the worker, not in jobs of their own: jobs are short, and 100,000 products take
minutes. When the process is killed another goes on with an import where the last batch ended, and
writes an export anew.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock, Thread

from app.catalog.commands.exporting import working as exporting
from app.catalog.commands.importing import working as importing
from workers import runner

Work = Callable[[], bool]
_importing, _exporting = Lock(), Lock()


def begin_imports() -> Thread | None:
    """Do what waits, in the background; None while that is being done already."""
    return _begin("import", importing.work, _importing)


def begin_exports() -> Thread | None:
    return _begin("export", exporting.work, _exporting)


def _begin(name: str, work: Work, one_at_a_time: Lock) -> Thread | None:
    if not one_at_a_time.acquire(blocking=False):
        return None
    thread = Thread(target=_do, args=(work, one_at_a_time), name=name, daemon=True)
    thread.start()
    return thread


def _do(work: Work, one_at_a_time: Lock) -> None:
    try:
        while runner.within_context(work):
            pass
    finally:
        one_at_a_time.release()

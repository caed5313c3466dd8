"""What a worker does of the exports that were asked for at the counter."""

from __future__ import annotations

import structlog

from app.catalog.commands.exporting import keeping, runs
from app.catalog.queries.exporting import export_of
from app.platform import clock
from app.platform.db import db
from app.platform.errors import DomainError
from app.platform.i18n import gettext as _
from app.platform.i18n import speaking
from app.shop.sign_in import actor_of_member

TOLD_EVERY = 500
"""Products between two words on how far it is."""

log = structlog.get_logger("export")


class _Stopped(Exception):
    """The run was cancelled, or another worker has it."""


def work() -> bool:
    """Do the run that waits longest, to its end; False when none waits."""
    claimed = runs.claim(now=clock.now()) if runs.is_any_waiting(now=clock.now()) else None
    if claimed is None:
        return False
    size, problem = 0, ""
    with speaking(claimed.language):
        try:
            size = _write(claimed)
        except _Stopped:
            return True
        except DomainError as failure:
            problem = str(failure.message)
        except Exception:
            log.exception("export.failed", run=claimed.id)
            problem = _("It broke off. The log of the workers says where.")
        db.session.rollback()
        runs.finish(claimed, size=size, problem=problem, now=clock.now())
    keeping.sweep()
    return True


def forget_old() -> None:
    """Files are kept for a week."""
    runs.forget(now=clock.now())
    keeping.sweep()


def _write(claimed: runs.Claimed) -> int:
    """Write the whole file; returns its size."""
    export = export_of(claimed.merchant_id, actor_of_member(claimed.staff_id))
    expected, passed = export.products(), 0

    def tell() -> None:
        if not runs.note(claimed, passed, expected, now=clock.now()):
            raise _Stopped

    def told() -> None:
        nonlocal passed
        passed += 1
        if passed % TOLD_EVERY == 0:
            tell()

    db.session.rollback()
    tell()
    path = keeping.path_of(claimed.id, claimed.kind)
    with keeping.writing(path, claimed.token) as file:
        export.write(claimed.kind, file, told)
    tell()
    return path.stat().st_size

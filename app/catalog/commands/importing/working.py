"""What a worker does of the imports that were asked for at the counter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager

import structlog

from app.catalog.commands.importing import runs
from app.catalog.commands.importing.beside import Beside, packed_in
from app.catalog.commands.importing.formats import ProductFile, open_products
from app.catalog.commands.importing.keeping import kept
from app.catalog.commands.importing.pictures import Pictures
from app.catalog.commands.importing.run import AT_ONCE, Import
from app.catalog.models import RunState
from app.platform import clock
from app.platform.db import db
from app.platform.errors import DomainError
from app.platform.i18n import gettext as _
from app.platform.i18n import speaking
from app.shop.sign_in import actor_of_member

FEW_AT_ONCE = 10
"""Products with pictures beside them: each picture is decoded while the lease runs."""

log = structlog.get_logger("import")


class _Stopped(Exception):
    """The run was cancelled, or another worker has it."""


def work() -> bool:
    """Do the run that waits longest, to its end; False when none waits."""
    claimed = runs.claim(now=clock.now()) if runs.is_any_waiting(now=clock.now()) else None
    if claimed is None:
        return False
    with speaking(claimed.locale):
        try:
            _do(claimed)
        except _Stopped:
            return True
        except DomainError as failure:
            _fail(claimed, str(failure.message), may_go_on=False)
        except Exception:
            log.exception("import.failed", run=claimed.id)
            problem = _("It broke off. The log of the workers says where.")
            _fail(claimed, problem, may_go_on=True)
        else:
            runs.finish(claimed, now=clock.now())
    return True


def _fail(claimed: runs.Claimed, problem: str, *, may_go_on: bool) -> None:
    db.session.rollback()
    runs.fail(claimed, problem, may_go_on=may_go_on, now=clock.now())


def _do(claimed: runs.Claimed) -> None:
    actor = actor_of_member(claimed.staff_id)
    with _opened(claimed) as (file, beside):
        if claimed.passed == 0:
            runs.describe(claimed, file.format.vocabulary.system, file.columns)
        work = Import(
            claimed.target, Pictures(beside, None, now=clock.now()), actor, clock.now(),
            FEW_AT_ONCE if beside else AT_ONCE, fetches_later=True,
        )  # fmt: skip
        go_through = work.looking if claimed.state is RunState.LOOKING else work.loading
        for results in go_through(file, after=claimed.passed):
            if not runs.keep(claimed, results, now=clock.now()):
                raise _Stopped


@contextmanager
def _opened(claimed: runs.Claimed) -> Iterator[tuple[ProductFile, Beside | None]]:
    brought = kept(claimed.digest, claimed.target.merchant_id)

    def still_at_it() -> None:
        if not runs.stay(claimed, now=clock.now()):
            raise _Stopped

    with ExitStack() as files:
        stream = files.enter_context(brought.text(still_at_it).open("rb"))
        beside = None
        if brought.photographs.is_file():
            beside = files.enter_context(
                packed_in(files.enter_context(brought.photographs.open("rb")))
            )
        file = open_products(stream)
        files.enter_context(closing(file.table))
        yield file, beside

"""What /metrics tells beside the requests: how the shop stands at the moment it is asked.

Each group is asked by itself, so that a database or a queue that is away hides only its own
figures.
"""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from app.catalog.queries.holds import held_now
from app.config import Settings
from app.notifications import queries as notifications
from app.operations.backup import making
from app.payments import queries as payments
from app.platform import life_signs, queue_figures, readiness
from app.platform.audit.commands import unsealed
from app.platform.db import db
from app.platform.inbox import queries as inbox
from app.platform.outbox import queries as outbox
from app.platform.web.operations import VERSION


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of a gauge; figures of one name carry the same labels."""

    name: str
    help: str
    value: float
    labels: tuple[tuple[str, str], ...] = ()


def read(known: Settings, now: datetime) -> list[Figure]:
    """All that can be had at once; `vitrine_database_up` and `vitrine_queue_up` say what cannot."""
    found = [*_build(), *_disk(known, now), *_queue(known, now)]
    try:
        of_the_shop = [figure for group in SHOP for figure in group(now)]
    except SQLAlchemyError:
        db.session.rollback()
        return [*found, Figure("vitrine_database_up", "Whether the database answers", 0)]
    return [*found, Figure("vitrine_database_up", "Whether the database answers", 1), *of_the_shop]


def _build() -> Iterator[Figure]:
    about = {
        "version": VERSION, "revision": readiness.head() or "", "python": platform.python_version()
    }  # fmt: skip
    yield Figure("vitrine_build_info", "What runs here", 1, tuple(about.items()))


def _disk(known: Settings, now: datetime) -> Iterator[Figure]:
    yield Figure(
        "vitrine_disk_free_bytes", "Room left for DATA_DIR", shutil.disk_usage(known.data_dir).free
    )
    made = [path.stat().st_mtime for path in making.folder(known).glob(making.PATTERN)]
    if made:
        age = now.timestamp() - max(made)
        yield Figure("vitrine_backup_age_seconds", "Age of the newest backup in DATA_DIR", age)


def _queue(known: Settings, now: datetime) -> Iterator[Figure]:
    figures = queue_figures.figures(known.redis_url)
    yield Figure("vitrine_queue_up", "Whether Redis answers", 0 if figures is None else 1)
    if figures is None:
        return
    yield Figure("vitrine_queue_jobs", "Jobs that wait", figures.waiting)
    yield Figure("vitrine_queue_failed", "Jobs that failed within a day", figures.failed)
    yield Figure(
        "vitrine_queue_oldest_seconds",
        "How long the oldest job waits",
        _age(figures.oldest_at, now),
    )
    signs = life_signs.seen(known.redis_url) or []
    for part in readiness.PARTS:
        yield Figure(
            "vitrine_part_up", "Whether any such process was heard as soon as it had promised",
            life_signs.silence(signs, part, now) is None, (("part", part),),
        )  # fmt: skip
    last: dict[str, datetime] = {}
    for sign in signs:
        last.setdefault(sign.part, sign.seen_at)
    for part, seen_at in sorted(last.items()):
        yield Figure(
            "vitrine_part_silent_seconds", "Since the last sign of life of any such process",
            _age(seen_at, now), (("part", part),),
        )  # fmt: skip


def _outbox(now: datetime) -> Iterator[Figure]:
    health = outbox.health(now)
    yield Figure("vitrine_outbox_waiting", "Deliveries that are due", health.waiting)
    yield Figure("vitrine_outbox_dead", "Deliveries given up", health.dead)
    yield Figure(
        "vitrine_outbox_oldest_seconds", "Seconds the oldest due delivery waits",
        _age(health.oldest_due_at, now),
    )  # fmt: skip


def _inbox(_now: datetime) -> Iterator[Figure]:
    for state, count in inbox.counts().items():
        yield Figure("vitrine_callbacks", "Callbacks by what became of them", count,
                     (("state", state),))  # fmt: skip


def _holds(now: datetime) -> Iterator[Figure]:
    held = held_now(now)
    for state, count in (("live", held.live), ("expired", held.expired)):
        yield Figure("vitrine_holds", "Holds of stock, by whether their time is over", count,
                     (("state", state),))  # fmt: skip
    yield Figure("vitrine_held_units", "Units kept by live holds", held.units)


def _money(now: datetime) -> Iterator[Figure]:
    limbo = payments.limbo(now)
    for kind, count in (
        ("unknown", limbo.unknown),
        ("questioned", limbo.questioned),
        ("refund_on_the_way", limbo.on_the_way),
        ("refund_refused", limbo.refused),
    ):
        yield Figure("vitrine_payments_limbo", "Money of which it is not known where it is", count,
                     (("kind", kind),))  # fmt: skip


def _rest(now: datetime) -> Iterator[Figure]:
    yield Figure("vitrine_mails_dead", "Mails given up", notifications.given_up())
    waiting, oldest_at = notifications.waiting(now)
    yield Figure("vitrine_mails_waiting", "Mails that are due", waiting)
    yield Figure("vitrine_mails_oldest_seconds", "How long the oldest due mail waits",
                 _age(oldest_at, now))  # fmt: skip
    yield Figure("vitrine_audit_unsealed", "Rows of the record that wait for a seal", unsealed())


SHOP: tuple[Callable[[datetime], Iterator[Figure]], ...] = (_outbox, _inbox, _holds, _money, _rest)


def _age(since: datetime | None, now: datetime) -> float:
    return max((now - since).total_seconds(), 0.0) if since else 0.0

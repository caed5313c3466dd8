"""The queue, and the processes that live by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

from app.config import Settings
from app.operations.findings import Finding, failed, ok, warning
from app.platform import clock, life_signs, queue_figures

SLOWEST_JOB = 60.0
HOW_TO_START = {
    "worker": "Start python -m workers work (or up); orders go on meanwhile, mails wait.",
    "scheduler": "Start python -m workers relay (or up): without it nothing closes by itself.",
}


def examine(known: Settings) -> Iterator[Finding]:
    """A dead queue delays and stops nothing. In production nobody at work is a failure all the
    same, because readiness stays 200 and an exit code is what is watched.
    """
    figures = queue_figures.figures(known.redis_url)
    if figures is None:
        yield warning(
            "queue",
            "does not answer",
            "Start Redis or correct REDIS_URL; the scheduler does the work by itself meanwhile.",
        )
        return
    yield _queue(figures, clock.now())
    signs = life_signs.seen(known.redis_url) or []
    for part in HOW_TO_START:
        own = [sign for sign in signs if sign.part == part]
        trouble = failed if known.is_production else warning
        yield _alive(part, own, clock.now(), trouble)


def _queue(figures: queue_figures.QueueFigures, now: datetime) -> Finding:
    if not figures.keeps_all:
        return warning(
            "queue", "throws away what it has no room for", "Set maxmemory-policy noeviction."
        )
    waits = (now - figures.oldest_at).total_seconds() if figures.oldest_at else 0.0
    if waits > SLOWEST_JOB:
        said = f"{figures.waiting} jobs wait, the oldest for {waits:.0f} s"
        return warning("queue", said, HOW_TO_START["worker"])
    if figures.failed:
        said = f"{figures.failed} jobs failed within a day"
        return warning(
            "queue", said, "The worker's log tells why; what matters is done again by itself."
        )
    return ok("queue", f"{figures.waiting} jobs wait")


def _alive(
    part: str,
    signs: list[life_signs.LifeSign],
    now: datetime,
    trouble: Callable[[str, str, str], Finding],
) -> Finding:
    alive = [sign for sign in signs if now <= sign.next_by + life_signs.LATE]
    if alive:
        return ok(part, ", ".join(sign.process for sign in alive))
    if signs:
        silent = (now - signs[0].seen_at).total_seconds()
        said = f"{signs[0].process} has been silent for {silent:.0f} s"
        return trouble(part, said, HOW_TO_START[part])
    return trouble(part, "none was seen", HOW_TO_START[part])

"""What everybody at the counter is told while the work behind the pages stands still.

Asked of Redis at most once in ten seconds by each process, since it stands on every page.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from app.platform import clock, life_signs
from app.platform.configuration import settings
from app.platform.i18n import lazy_gettext

ASK_AGAIN_AFTER = 10.0


class Trouble(StrEnum):
    """Why things come later than usual; selling goes on in each case."""

    QUEUE = "queue"
    WORKER = "worker"
    SCHEDULER = "scheduler"


SENTENCES = {
    Trouble.QUEUE: lazy_gettext(
        "The queue does not answer. Selling goes on; mails and pictures may come later."
    ),
    Trouble.WORKER: lazy_gettext(
        "No worker has been heard of lately. Selling goes on; mails and pictures come later."
    ),
    Trouble.SCHEDULER: lazy_gettext(
        "No scheduler has been heard of lately. Selling goes on; nothing closes by itself."
    ),
}


@dataclass(slots=True)
class _Look:
    """What was seen last, and when to look again."""

    trouble: Trouble | None
    until: float


_looks: dict[str, _Look] = {}
_lock = Lock()


def trouble() -> str | None:
    """The sentence for staff; None while all is well."""
    url = settings().redis_url
    with _lock:
        look = _looks.get(url)
        if look is None or time.monotonic() >= look.until:
            # Whoever comes while we look is told what was known before.
            _looks[url] = _Look(look.trouble if look else None, time.monotonic() + ASK_AGAIN_AFTER)
            look = None
    if look is None:
        look = _looks[url] = _Look(_seen(url), time.monotonic() + ASK_AGAIN_AFTER)
    return str(SENTENCES[look.trouble]) if look.trouble else None


def forget() -> None:
    """Look again at once."""
    _looks.clear()


def _seen(url: str) -> Trouble | None:
    signs = life_signs.seen(url)
    if signs is None:
        return Trouble.QUEUE
    for part in (Trouble.WORKER, Trouble.SCHEDULER):
        if life_signs.silence(signs, part, clock.now()) is not None:
            return part
    return None

"""Pages in the memory of a process: as many as fit, those forgotten first that were not asked for
for longest.

Pages with a query may take a quarter of the room at most, so that nobody drives the others out by
asking for addresses that he makes up.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from app.platform.web.page_key import PageKey

ASKED_SHARE: Final = 4
BESIDE_BODY: Final = 4096
"""Bytes of memory reckoned for everything but the body."""


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer as it was given, without what each answer has for itself.

    It holds as long as the stamps of `tags` come to `stamp`, from `since` until `until`.
    """

    body: bytes
    headers: tuple[tuple[str, str], ...]
    etag: str
    route: str
    tags: tuple[str, ...]
    stamp: int
    since: datetime
    until: datetime | None

    @property
    def size(self) -> int:
        return len(self.body) + BESIDE_BODY

    def is_of(self, now: datetime) -> bool:
        """Whether it says what is so at this hour; a clock may be set back."""
        return self.since <= now and (self.until is None or now < self.until)


class _Shelf:
    def __init__(self, room: int) -> None:
        self.room, self.size = room, 0
        self.pages: OrderedDict[PageKey, KeptPage] = OrderedDict()

    def put(self, key: PageKey, page: KeptPage) -> None:
        before = self.pages.pop(key, None)
        if before is not None:
            self.size -= before.size
        if page.size > self.room:
            return
        self.pages[key] = page
        self.size += page.size
        while self.size > self.room:
            self.size -= self.pages.popitem(last=False)[1].size


class KeptPages:
    """`room` is in bytes; with none nothing is kept."""

    def __init__(self, room: int) -> None:
        self.room = room
        self._plain = _Shelf(room - room // ASKED_SHARE)
        self._asked = _Shelf(room // ASKED_SHARE)
        self._lock = Lock()

    def get(self, key: PageKey) -> KeptPage | None:
        shelf = self._shelf(key)
        with self._lock:
            page = shelf.pages.get(key)
            if page is not None:
                shelf.pages.move_to_end(key)
        return page

    def put(self, key: PageKey, page: KeptPage) -> None:
        with self._lock:
            self._shelf(key).put(key, page)

    def clear(self) -> None:
        with self._lock:
            self._plain, self._asked = _Shelf(self._plain.room), _Shelf(self._asked.room)

    @property
    def size(self) -> int:
        return self._plain.size + self._asked.size

    def __len__(self) -> int:
        return len(self._plain.pages) + len(self._asked.pages)

    def _shelf(self, key: PageKey) -> _Shelf:
        return self._asked if key.query else self._plain

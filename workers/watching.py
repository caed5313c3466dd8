"""For `make dev`: notices that source files changed."""

from __future__ import annotations

from pathlib import Path

FOLDERS = ("app", "workers", "templates")
ENDINGS = frozenset({".py", ".html", ".txt", ".po", ".xml"})


class Watch:
    """Compares the times of all source files with those of the last look."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen = self._times()

    def has_changed(self) -> bool:
        """Whether anything was written, added or removed since the last look."""
        before, self._seen = self._seen, self._times()
        return before != self._seen

    def _times(self) -> dict[Path, int]:
        found = (path for folder in FOLDERS for path in (self._root / folder).rglob("*"))
        return {path: _time(path) for path in found if path.suffix in ENDINGS}


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:  # an editor replaced it while we looked
        return 0

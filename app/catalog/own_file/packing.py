"""Pack photographs into a ZIP that is sent while it is written."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile, ZipInfo

CHUNK = 256 * 1024


class _Outlet(io.RawIOBase):
    """Takes what the ZIP writes until somebody fetches it; cannot go back."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: object, /) -> int:
        self._parts.append(bytes(part))  # type: ignore[call-overload]
        return len(self._parts[-1])

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def packed(files: Iterable[tuple[str, Path]]) -> Iterator[bytes]:
    """A ZIP of (name, file), in parts; a file that is gone is left out."""
    outlet = _Outlet()
    with ZipFile(outlet, "w", ZIP_STORED) as zipped:
        for name, path in files:
            if not path.is_file():
                continue
            part = ZipInfo(name)
            part.file_size = path.stat().st_size
            with zipped.open(part, "w") as target, path.open("rb") as source:
                while chunk := source.read(CHUNK):
                    target.write(chunk)
                    yield outlet.taken()
    yield outlet.taken()

"""The pictures that were brought with a file: in a folder, or packed in a ZIP."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from typing import IO, Protocol
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.catalog.importing.records import UnreadableFile
from app.platform.i18n import lazy_gettext as _
from app.platform.images import MOST_BYTES

MOST_PICTURES = 1_000_000
MOST_RATIO = 200
"""A photograph hardly shrinks; what unpacks to so many times its size is no photograph."""


UNREADABLE = (
    BadZipFile, EOFError, LZMAError, NotImplementedError, OSError, OverflowError, RuntimeError,
    ValueError, struct.error, zlib.error,
)  # fmt: skip
"""What the reader of a ZIP raises of one that is not as it should be."""


class Beside(Protocol):
    def read(self, name: str) -> bytes | None:
        """A file's first bytes, one more than may be; None when there is no such file."""


class Folder:
    """Pictures below a folder; a path that leads out of it is not there."""

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()

    def read(self, name: str) -> bytes | None:
        try:
            path = (self._path / name).resolve()
            if not path.is_relative_to(self._path) or not path.is_file():
                return None
            with path.open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except (OSError, ValueError):
            return None


class Packed:
    """Pictures in a ZIP, by their path or by their name alone when only one has it.

    Nothing is unpacked but what is asked for, and of that no more than a picture may be.
    """

    def __init__(self, packed: ZipFile) -> None:
        self._packed = packed
        self._by_path: dict[str, ZipInfo] = {}
        self._by_name: dict[str, ZipInfo | None] = {}
        for part in packed.infolist():
            name = part.filename.rpartition("/")[2].lower()
            if not name:
                continue
            self._by_path[part.filename.lower()] = part
            self._by_name[name] = None if name in self._by_name else part

    def read(self, name: str) -> bytes | None:
        path = name.lower()
        part = self._by_path.get(path) or self._by_name.get(path.rpartition("/")[2])
        if part is None or part.file_size > MOST_RATIO * max(part.compress_size, 1):
            return None
        try:
            with self._packed.open(part) as file:
                return file.read(MOST_BYTES + 1)
        except UNREADABLE:
            # Broken, locked with a password, or packed in a way that nobody uses.
            return None


@contextmanager
def packed_in(stream: IO[bytes]) -> Iterator[Packed]:
    """The pictures in a ZIP. Raises UnreadableFile when it is none."""
    try:
        packed = ZipFile(stream)
    except UNREADABLE as error:
        raise UnreadableFile(
            _("The photographs are not in a ZIP file that can be read.")
        ) from error
    with packed:
        if len(packed.infolist()) > MOST_PICTURES:
            raise UnreadableFile(_("The ZIP file has more than a million files."))
        yield Packed(packed)

"""The files that were brought to the counter, kept beside the shop by the hash of their content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import IO

from app.catalog.commands.importing.beside import packed_in
from app.catalog.commands.importing.formats import open_products
from app.catalog.importing.files import HEAD_BYTES, is_workbook, write_as_text
from app.catalog.importing.workbooks import open_workbook
from app.platform.configuration import settings
from app.platform.errors import NotFound
from app.platform.i18n import lazy_gettext as _
from app.platform.whole_files import written_whole

FILES, CHUNK = 20, 1024 * 1024
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Kept:
    """A table, and the photographs that were brought with it if there were any."""

    table: Path

    @property
    def photographs(self) -> Path:
        return self.table.with_suffix(".zip")

    def text(self, told: Callable[[], object]) -> Path:
        """The table as CSV: a workbook is read once, however often its rows are asked for; `told`
        hears now and then that there is still work. Raises UnreadableFile.
        """
        with self.table.open("rb") as stream:
            if not is_workbook(stream.read(HEAD_BYTES)):
                return self.table
            path = self.table.with_suffix(".text")
            if not path.is_file():
                with written_whole(path) as target:
                    write_as_text(stream, target, told)
        return path


def keep(table: IO[bytes], photographs: IO[bytes] | None, merchant_id: int) -> str:
    """Keep an upload after a first look at it; returns its digest. Raises UnreadableFile."""
    folder = _folder(merchant_id)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f".{token_hex(8)}.part"
    try:
        digest = _copied(table, part)
        _look_at(part)
        part.replace(folder / f"{digest}.table")
    finally:
        part.unlink(missing_ok=True)
    kept_file = Kept(folder / f"{digest}.table")
    kept_file.photographs.unlink(missing_ok=True)
    if photographs is not None:
        with written_whole(kept_file.photographs) as target:
            target.writelines(_parts(photographs))
    _forget_old(folder)
    return digest


def look_at_photographs(photographs: IO[bytes]) -> None:
    """Raises UnreadableFile for what is no ZIP."""
    with packed_in(photographs):
        photographs.seek(0)


def kept(digest: str, merchant_id: int) -> Kept:
    """Raises NotFound when it is kept no longer."""
    path = _folder(merchant_id) / f"{digest}.table"
    if not _HASH.fullmatch(digest) or not path.is_file():
        raise NotFound(_("This file is no longer kept. Please upload it again."))
    return Kept(path)


def _look_at(path: Path) -> None:
    """What can be told at once of a file that is none: by its first row, by what it unpacks to."""
    with path.open("rb") as stream:
        if is_workbook(stream.read(HEAD_BYTES)):
            open_workbook(stream)
            return
        with closing(open_products(stream).table):
            pass


def _copied(source: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    with target.open("wb") as file:
        for part in _parts(source):
            digest.update(part)
            file.write(part)
    return digest.hexdigest()


def _parts(source: IO[bytes]) -> Iterator[bytes]:
    while part := source.read(CHUNK):
        yield part


def _forget_old(folder: Path) -> None:
    """Only the newest files are kept; who confirms an older one uploads it again."""
    files = sorted(folder.glob("*.table"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[FILES:]:
        for suffix in (".table", ".zip", ".text"):
            path.with_suffix(suffix).unlink(missing_ok=True)


def _folder(merchant_id: int) -> Path:
    return settings().data_dir / "imports" / str(merchant_id)

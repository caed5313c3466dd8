"""The files that were written for the counter, kept beside the shop for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from app.catalog.models import ExportKind, ExportRun
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.i18n import lazy_gettext as _
from app.platform.whole_files import written_whole


def ending(kind: ExportKind) -> str:
    return "xlsx" if kind is ExportKind.XLSX else "csv"


def path_of(run_id: int, kind: ExportKind) -> Path:
    return _folder() / f"{run_id}.{ending(kind)}"


def written(run_id: int, kind: ExportKind) -> Path:
    """Raises NotFound when it is kept no longer."""
    path = path_of(run_id, kind)
    if not path.is_file():
        raise NotFound(_("This file is no longer kept. Please export again."))
    return path


@contextmanager
def writing(path: Path, token: str) -> Iterator[BinaryIO]:
    """A file that is there when all of it is."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for left in path.parent.glob(f".{path.name}.*.part"):
        left.unlink(missing_ok=True)  # of a worker that was killed
    with written_whole(path, token) as file:
        yield file


def sweep() -> None:
    """Delete files that no run has any more; parts of those at work stay."""
    files = list(_folder().glob("*"))
    known = set(db.session.scalars(select(ExportRun.id)))
    db.session.rollback()
    for path in files:
        number = path.name.lstrip(".").partition(".")[0]
        if not number.isdecimal() or int(number) not in known:
            path.unlink(missing_ok=True)


def _folder() -> Path:
    return settings().data_dir / "exports"

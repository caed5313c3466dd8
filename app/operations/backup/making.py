"""Make a backup, and look whether one can be trusted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.config import Settings
from app.operations.backup import archive
from app.operations.backup.copies import copy_of
from app.operations.backup.errors import Damaged
from app.operations.backup.figures import Figures, from_json
from app.platform import clock
from app.platform.db import db
from app.platform.web.operations import VERSION

FOLDERS = ("media", "proofs", "review_photos")
"""Folders of DATA_DIR with files that are written once and never changed."""
REMOVABLE = "review_photos/"
"""Files that go when the shopper who sent them wants it, even while a backup is made."""
BACKUPS = "backups"
STAMP = "%Y%m%dT%H%M%SZ"
PATTERN = "vitrine-*.tar"
ASIDE = ".copying-"


@dataclass(frozen=True, slots=True)
class Made:
    path: Path
    size: int
    files: int
    figures: Figures


def folder(known: Settings) -> Path:
    """Where backups lie unless another place is named."""
    return known.data_dir / BACKUPS


def make(known: Settings, path: Path | None = None) -> Made:
    """Write a backup while the shop runs; raises Refused or OSError and then leaves no file.

    The database is copied first: whatever file its copy names is there by then.
    """
    path = path or folder(known) / f"vitrine-{clock.now():{STAMP}}.tar"
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with TemporaryDirectory(dir=path.parent, prefix=ASIDE) as aside:
        copy = copy_of(db.engine)
        saved = Path(aside, copy.name)
        figures = copy.save(saved)
        with archive.writing(path) as written:
            written.add(copy.name, saved)
            for name, file in _files(known):
                _add(written, name, file)
            written.close(
                {"made_at": clock.now().isoformat(), "version": VERSION, "database": copy.kind,
                 "figures": figures.as_json()}
            )  # fmt: skip
    return Made(path, path.stat().st_size, len(written.files) - 1, figures)


def verify(known: Settings, path: Path) -> archive.Manifest:
    """Read a backup whole, compare it with its checksums and its database with its figures.

    Raises Damaged. A copy of PostgreSQL shows its figures only when it is put back.
    """
    manifest = archive.checked(path)
    copy = copy_of(db.engine)
    if manifest.about["database"] != copy.kind:
        return manifest
    with TemporaryDirectory(dir=known.data_dir, prefix=".checking-") as aside:
        archive.unpack(path, Path(aside), only=copy.name)
        found = copy.check(Path(aside, copy.name))
    if found is not None:
        differences = from_json(manifest.about["figures"]).differences(found)
        if differences:
            raise Damaged(f"its database is another one: {differences[0]}")
    return manifest


def forget_old(known: Settings, keep: int) -> list[Path]:
    """Remove all but the newest backups of the usual folder, and what a killed one left; returns
    those that went.
    """
    old = sorted(folder(known).glob(PATTERN), reverse=True)[keep:]
    for path in (*old, *folder(known).glob(f".{PATTERN}.part")):
        path.unlink()
    for aside in folder(known).glob(f"{ASIDE}*"):
        shutil.rmtree(aside)
    return old


def _add(written: archive.Writing, name: str, file: Path) -> None:
    try:
        written.add(name, file)
    except FileNotFoundError:
        if not name.startswith(REMOVABLE):
            raise


def _files(known: Settings) -> Iterator[tuple[str, Path]]:
    """Every finished file; those being written begin with a point."""
    for name in FOLDERS:
        root = known.data_dir / name
        for path in sorted(root.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                yield path.relative_to(known.data_dir).as_posix(), path

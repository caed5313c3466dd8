"""This machine: its folders, the room left in them, and the faces pictures are lettered with."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from app.config import Settings
from app.operations.backup import making
from app.operations.findings import Finding, failed, ok, warning
from app.platform import clock
from app.platform.fonts import faces
from app.platform.fonts.tables import coverage

MEGABYTE = 1 << 20
LITTLE_ROOM = 2048 * MEGABYTE
NO_ROOM = 200 * MEGABYTE
FEW_FILES = 10_000
OLDEST_BACKUP_HOURS = 26
OTHERS = 0o077
SAMPLE = "永"
"""A character every Chinese face has."""


def examine(known: Settings) -> Iterator[Finding]:
    yield _folder("data folder", known.data_dir, is_private=known.is_production)
    if known.media_dir.exists():
        yield _folder("media", known.media_dir, is_private=False)
    if known.data_dir.exists():
        yield _room(known.data_dir)
    yield _fonts()
    if known.is_production:
        yield _backup(known)


def _folder(name: str, folder: Path, *, is_private: bool) -> Finding:
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        return failed(
            name,
            f"{folder}: {error.strerror}",
            "Let the shop's user write there: chown it, or correct DATA_DIR.",
        )
    if is_private and os.name == "posix" and folder.stat().st_mode & OTHERS:
        return warning(
            name, f"{folder} is open to other users of this machine", f"chmod 700 {folder}"
        )
    return ok(name, str(folder))


def _room(folder: Path) -> Finding:
    left = shutil.disk_usage(folder).free
    said = f"{left // MEGABYTE:,} MB left"
    advice = "Make room or enlarge the disk; old backups and DATA_DIR/outbox are the first to go."
    if left < NO_ROOM:
        return failed("disk", said, advice)
    numbers = os.statvfs(folder)
    if left < LITTLE_ROOM or (numbers.f_files and numbers.f_favail < FEW_FILES):
        return warning("disk", f"{said}, {numbers.f_favail:,} files", advice)
    return ok("disk", said)


def _backup(known: Settings) -> Finding:
    place = making.folder(known)
    made = [path.stat().st_mtime for path in place.glob(making.PATTERN)]
    advice = "Run flask shop backup each night; one that lies elsewhere is not seen from here."
    if not made:
        return warning("backup", f"none in {place}", advice)
    hours = (clock.now().timestamp() - max(made)) / 3600
    if hours > OLDEST_BACKUP_HOURS:
        return warning("backup", f"the last one is {hours:.0f} hours old", advice)
    return ok("backup", f"{len(made)} kept, the last one {hours:.0f} hours old")


def _fonts() -> Finding:
    files = sorted({file for role in get_args(faces.Role) for file in faces.chain(role)})
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        return failed("fonts", f"{', '.join(missing)} missing", "Install the release anew.")
    for role in get_args(faces.Role):
        if ord(SAMPLE) not in coverage(faces.file_of(role)):
            return failed("fonts", f"{role} has no Chinese", "Install the release anew.")
    return ok("fonts", f"{len(files)} faces")

"""Put a backup back: checked whole first, files before the database, the database in one step.

Files are named by their content or never change, so those of the backup are added to what is there
and nothing is taken away: until the database's one transaction commits the shop is wholly the old
one, from then on wholly that of the backup.
"""

from __future__ import annotations

import errno
import fcntl
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import inspect, text

from app.config import Settings
from app.operations.backup import archive
from app.operations.backup.copies import DatabaseCopy, copy_of
from app.operations.backup.errors import Damaged, Refused
from app.operations.backup.figures import Figures, figures, from_json
from app.operations.backup.making import verify
from app.platform import clock, life_signs, readiness
from app.platform.db import db

LOCKS = ("supervisor.lock", "scheduler.lock")
"""Files a running shop has locked."""


@dataclass(frozen=True, slots=True)
class Restored:
    files: int
    figures: Figures
    is_current: bool
    """Whether the restored database is at the revision of this code."""


def restore(known: Settings, path: Path, *, replace: bool) -> Restored:
    """Replace the shop by the backup; raises Refused, Damaged or OSError and then left it alone.

    A shop that has data is replaced only when asked to, and one that runs never.
    """
    manifest = verify(known, path)
    copy = copy_of(db.engine)
    saved = from_json(manifest.about["figures"])
    _refuse(known, copy, manifest, replace=replace)
    with TemporaryDirectory(dir=known.data_dir, prefix=".restoring-") as aside:
        archive.unpack(path, Path(aside))
        names = [name for name in manifest.files if name != copy.name]
        for name in names:
            _put(Path(aside, name), known.data_dir / name)
        db.session.remove()
        db.engine.dispose()
        copy.put_back(Path(aside, copy.name))
    return Restored(len(names), _compared(saved), saved.revision == readiness.head())


def _refuse(
    known: Settings, copy: DatabaseCopy, manifest: archive.Manifest, *, replace: bool
) -> None:
    """Raise Refused, while nothing is changed yet, for whatever would end badly."""
    made_of = manifest.about["database"]
    if made_of != copy.kind:
        raise Refused(f"the backup is of {made_of}, DATABASE_URL names {copy.kind}")
    revision = manifest.about["figures"]["revision"]
    if not readiness.is_known(revision):
        raise Refused(f"the backup is of revision {revision}, which this release does not know")
    if _runs(known):
        raise Refused("the shop runs: stop web, worker and scheduler first")
    if not replace and _has_data():
        raise Refused("there is a shop in this database; --replace puts the backup in its place")


def _put(file: Path, place: Path) -> None:
    """Move it there in one step, also when pictures lie on a disk of their own."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        file.replace(place)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        near = place.with_name(f".{place.name}.restoring")
        shutil.copyfile(file, near)
        near.replace(place)
        file.unlink()


def _compared(saved: Figures) -> Figures:
    """The figures of what was put back; raises Damaged when they are not those of the backup."""
    with db.engine.connect() as connection:
        found = figures(connection)
    differences = saved.differences(found)
    if differences:
        raise Damaged(f"it was put back, but differs: {'; '.join(differences)}")
    return found


def _has_data() -> bool:
    with db.engine.connect() as connection:
        if not inspect(connection).has_table("merchant"):
            return False
        return bool(connection.scalar(text("SELECT count(*) FROM merchant")))


def _runs(known: Settings) -> bool:
    """Whether a lock is held, or a worker or scheduler gave a sign of life that still counts."""
    if any(_is_locked(known.data_dir / name) for name in LOCKS):
        return True
    signs = life_signs.seen(known.redis_url) or []
    return any(sign.next_by >= clock.now() for sign in signs)


def _is_locked(path: Path) -> bool:
    if not path.exists():
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False

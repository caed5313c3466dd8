"""Checksums of an index's files: Whoosh reads much of a broken file without noticing it.

Whoosh writes each segment and each table of contents once and never changes it, so a sum taken
after the commit holds for the file's life. The files of a commit whose writer died before sealing
are read unchecked until the next commit seals them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from hashlib import blake2b, file_digest
from pathlib import Path
from typing import Final

_SEALS: Final = "seals.json"
_SEALED: Final = frozenset({".seg", ".toc"})

# Size, time of change in nanoseconds, inode: as long as they stay, a file is not read again.
Stamp = tuple[int, int, int]


class BrokenSeal(ValueError):
    """A file of the index is not what its writer wrote."""


def seal(folder: Path) -> None:
    """Note the sums of the files that have none yet, and forget those of files that are gone."""
    known = _read(folder) if (folder / _SEALS).exists() else {}
    names = sorted(path.name for path in folder.iterdir() if path.suffix in _SEALED)
    sums = {name: known.get(name) or _sum(folder / name) for name in names}
    draft = folder / f"{_SEALS}.new"
    draft.write_text(json.dumps(sums), encoding="utf-8")
    draft.replace(folder / _SEALS)


def checked(folder: Path, trusted: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """The stamps of all sealed files and of the seals, after comparing those not yet `trusted`.

    Raises BrokenSeal when a sum differs or the seals cannot be read, OSError when they are missing.
    """
    stamps = {_SEALS: _stamp(folder / _SEALS)}
    for name, expected in _present(folder):
        stamps[name] = _stamp(folder / name)
        if trusted.get(name) != stamps[name] and _sum(folder / name) != expected:
            raise BrokenSeal(name)
    return stamps


def unchanged(folder: Path, stamps: Mapping[str, Stamp]) -> bool:
    """Whether none of these files was touched or taken away since."""
    try:
        return all(_stamp(folder / name) == known for name, known in stamps.items())
    except OSError:
        return False


def _stamp(path: Path) -> Stamp:
    status = path.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino


def _present(folder: Path) -> Iterator[tuple[str, str]]:
    # A commit removes what it replaced before it seals, so a sealed file may rightly be gone.
    return ((name, known) for name, known in _read(folder).items() if (folder / name).exists())


def _read(folder: Path) -> dict[str, str]:
    try:
        sums = json.loads((folder / _SEALS).read_bytes())
    except ValueError as error:
        raise BrokenSeal(_SEALS) from error
    if not isinstance(sums, dict):
        raise BrokenSeal(_SEALS)
    return {str(name): str(known) for name, known in sums.items()}


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, lambda: blake2b(digest_size=16)).hexdigest()

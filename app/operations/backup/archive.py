"""The file a backup is: a tar that ends in a list of its members with their sizes and checksums.

The list comes last, with a checksum of its own, so that a file that was cut off has none.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from app.operations.backup.errors import Damaged

MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
FORMAT = 1
ONLY_OURS = 0o600
_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself; `files` maps a name to its size and SHA-256."""

    about: dict[str, Any]
    files: dict[str, tuple[int, str]]


class Writing:
    """An archive that is being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.files: dict[str, tuple[int, str]] = {}

    def add(self, name: str, path: Path) -> None:
        """Take a file in under this name; raises OSError when it cannot be read whole."""
        with path.open("rb") as file:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = os.fstat(file.fileno()).st_size, ONLY_OURS
            hashed = _Hashed(file)
            self._tar.addfile(entry, hashed)
        self.files[name] = (entry.size, hashed.digest)

    def close(self, about: dict[str, Any]) -> None:
        """Write the list and its seal."""
        content = json.dumps(
            {"format": FORMAT, "about": about, "files": self.files}, ensure_ascii=False, indent=1
        ).encode()
        for name, text in ((MANIFEST, content), (SEAL, _sha256(content).encode())):
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode = len(text), ONLY_OURS
            self._tar.addfile(entry, io.BytesIO(text))


@contextmanager
def writing(path: Path) -> Iterator[Writing]:
    """Write an archive that appears under its name only when it is whole and on the disk."""
    part = path.with_name(f".{path.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ONLY_OURS)
    try:
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w") as tar:
                yield Writing(tar)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def checked(path: Path) -> Manifest:
    """Read the whole file and compare every byte with the list; raises Damaged or OSError."""
    found: dict[str, tuple[int, str]] = {}
    texts: dict[str, bytes] = {}

    def look(entry: tarfile.TarInfo, content: IO[bytes]) -> None:
        if entry.name in {MANIFEST, SEAL}:
            texts[entry.name] = content.read()
            return
        hashed = _Hashed(content)
        while hashed.read(_BLOCK):
            pass
        found[entry.name] = (entry.size, hashed.digest)

    _each(path, look)
    if SEAL not in texts or MANIFEST not in texts:
        raise Damaged("it ends before its list of contents: it was cut off, or is no backup")
    if _sha256(texts[MANIFEST]).encode() != texts[SEAL]:
        raise Damaged("its list of contents was changed")
    manifest = _read(texts[MANIFEST])
    for name in sorted(manifest.files.keys() | found.keys()):
        if manifest.files.get(name) != found.get(name):
            raise Damaged(f"{name} is not what was written")
    return manifest


def unpack(path: Path, folder: Path, *, only: str | None = None) -> None:
    """Write every member, or one, below a folder; call it on a checked file."""

    def write(entry: tarfile.TarInfo, content: IO[bytes]) -> None:
        if entry.name in {MANIFEST, SEAL} or only not in {None, entry.name}:
            return
        place = folder / entry.name
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("wb") as file:
            shutil.copyfileobj(content, file, _BLOCK)

    _each(path, write)


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size)
        self._hash.update(content)
        return content

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()


def _each(path: Path, act: Callable[[tarfile.TarInfo, IO[bytes]], None]) -> None:
    try:
        with tarfile.open(path, "r:") as tar:
            for entry in tar:
                content = tar.extractfile(entry)
                if content is None or not _is_inside(entry.name):
                    raise Damaged(f"{entry.name!r} has no place in a backup")
                act(entry, content)
    except (tarfile.TarError, EOFError) as error:
        raise Damaged(f"it cannot be read: {error}") from error


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _read(text: bytes) -> Manifest:
    try:
        told = json.loads(text)
        files = {name: (size, digest) for name, (size, digest) in told["files"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged("its list of contents cannot be read") from error
    if told["format"] != FORMAT:
        raise Damaged(f"it is of format {told['format']}, which this release does not read")
    return Manifest(told["about"], files)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()

"""The folder of an index: its generations, a pointer to the one in use, and a lock to write.

    pointer.json           {"generation": "000002-9f3c1a7e", "schema": 2}
    writer.lock            held (flock) by whoever writes
    000002-9f3c1a7e/       one complete Whoosh index; a file `damaged` in it condemns it

A rebuild fills a new folder and then replaces the pointer, so a reader meets the old or the new
index and never a half one. The random part keeps a wiped and rebuilt folder from looking unchanged.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import Final

from app.search.errors import IndexBusy, IndexUnavailable, Trouble
from app.search.fields import SCHEMA_VERSION
from app.search.writing import OneWriter

_LOOK_AGAIN_AFTER: Final = 0.05


class Generations:
    """Which generation is current, and who may write. A writer waits `patience` seconds."""

    def __init__(self, directory: Path, *, patience: float) -> None:
        self._directory = directory
        self._writer = OneWriter(self._file_lock, patience=patience)

    def current(self) -> Path:
        """The folder in use; raises IndexUnavailable when there is none that this code can read."""
        folder = self._directory / self._pointed_at()
        while not folder.is_dir():
            if not self.has_left(folder):
                raise IndexUnavailable(Trouble.MISSING)
            folder = self._directory / self._pointed_at()
        if (folder / "damaged").exists():
            raise IndexUnavailable(Trouble.DAMAGED)
        return folder

    def has_left(self, folder: Path) -> bool:
        """Whether a rebuild has put another generation in this one's place."""
        return self._pointed_at() != folder.name

    def condemn(self, folder: Path) -> None:
        """Let nobody read this generation again; the next check by the worker writes a new one."""
        with suppress(OSError):
            (folder / "damaged").touch()

    @contextmanager
    def replacement(self) -> Iterator[Path]:
        """A new folder that becomes the current one when the block ends well."""
        with self.exclusive():
            folder = self._directory / f"{self._next_number():06d}-{secrets.token_hex(4)}"
            folder.mkdir()
            try:
                yield folder
            except BaseException:
                shutil.rmtree(folder, ignore_errors=True)
                raise
            _make_durable(folder)
            self._point_at(folder)
            self._remove_all_but(folder)

    def exclusive(self) -> AbstractContextManager[None]:
        """Hold the only writer's place, over threads and processes; a kill lets go of it."""
        return self._writer.exclusive()

    def _pointed_at(self) -> str:
        try:
            pointer = json.loads((self._directory / "pointer.json").read_bytes())
            generation, version = pointer["generation"], pointer["schema"]
        except OSError as error:
            raise IndexUnavailable(Trouble.MISSING) from error
        except (ValueError, KeyError, TypeError) as error:
            raise IndexUnavailable(Trouble.DAMAGED) from error
        if version != SCHEMA_VERSION:
            raise IndexUnavailable(Trouble.OUTDATED)
        if not isinstance(generation, str) or Path(generation).name != generation:
            raise IndexUnavailable(Trouble.DAMAGED)
        return generation

    def _next_number(self) -> int:
        numbers = (folder.name.partition("-")[0] for folder in self._folders())
        return max((int(number) for number in numbers if number.isdecimal()), default=0) + 1

    def _folders(self) -> list[Path]:
        return [entry for entry in self._directory.iterdir() if entry.is_dir()]

    def _point_at(self, folder: Path) -> None:
        draft = self._directory / "pointer.json.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"generation": folder.name, "schema": SCHEMA_VERSION}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._directory / "pointer.json")

    def _remove_all_but(self, kept: Path) -> None:
        # A process that still reads an old generation keeps its open files as long as it needs.
        for folder in self._folders():
            if folder != kept:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def _file_lock(self, deadline: float) -> Iterator[None]:
        self._directory.mkdir(parents=True, exist_ok=True)
        with (self._directory / "writer.lock").open("a", encoding="utf-8") as file:
            while not _locked(file.fileno()):
                if time.monotonic() >= deadline:
                    raise IndexBusy
                time.sleep(_LOOK_AGAIN_AFTER)
            yield


def _make_durable(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_file():
            with path.open("rb") as file:
                os.fsync(file.fileno())


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

"""Files that are there when all of them is, and never half."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO


@contextmanager
def written_whole(path: Path, mark: str = "") -> Iterator[BinaryIO]:
    """A file beside `path` that takes its name at the end; after an error nothing is left of it.

    Writers at once do not meet: each has a `mark` of its own, by chance where none is given.
    """
    part = path.with_name(f".{path.name}.{mark or token_hex(8)}.part")
    try:
        with part.open("w+b") as file:
            yield file
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)

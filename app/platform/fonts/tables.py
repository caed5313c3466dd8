"""What is read from a face itself: its characters and its kerning.

Pillow tells neither, and its plain layout moves kerned pairs by a sixty-fourth of what is asked.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from pathlib import Path


@cache
def coverage(file: Path) -> frozenset[int]:
    """The characters that the face has."""
    return frozenset(code for code, _glyph in _characters(file))


@cache
def kerning(file: Path) -> dict[str, float]:
    """How far two neighbours move as a share of the size, keyed by both in one string."""
    content = file.read_bytes()
    tables = _tables(content)
    if "kern" not in tables:
        return {}
    at = tables["kern"] + 4
    pairs = struct.unpack_from(">H", content, at + 6)[0]
    em = struct.unpack_from(">H", content, tables["head"] + 18)[0]
    sign = {glyph: chr(code) for code, glyph in _characters(file)}
    return {
        sign[left] + sign[right]: by / em
        for left, right, by in struct.iter_unpack(">HHh", content[at + 14 : at + 14 + 6 * pairs])
    }


def _characters(file: Path) -> Iterator[tuple[int, int]]:
    """Code and glyph of each, from the one table of format 12 that our faces are built with."""
    content = file.read_bytes()
    cmap = _tables(content)["cmap"]
    at = cmap + struct.unpack_from(">I", content, cmap + 8)[0]
    groups = struct.unpack_from(">I", content, at + 12)[0]
    for first, last, glyph in struct.iter_unpack(">III", content[at + 16 : at + 16 + 12 * groups]):
        yield from ((code, glyph + code - first) for code in range(first, last + 1))


def _tables(content: bytes) -> dict[str, int]:
    """Where each table begins."""
    count = struct.unpack_from(">H", content, 4)[0]
    records = (struct.unpack_from(">4sIII", content, 12 + 16 * n) for n in range(count))
    return {tag.decode().strip(): begins for tag, _sum, begins, _length in records}

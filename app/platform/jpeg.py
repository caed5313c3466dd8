"""The segments of a JPEG: whether there is nothing in it but the picture."""

from __future__ import annotations

START, END, SCAN, JFIF = 0xD8, 0xD9, 0xDA, 0xE0
LONGEST_JFIF = 16
"""Its length without a thumbnail."""
PICTURE = frozenset((0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD))
"""Frames, Huffman tables, quantisation tables, restart intervals."""
STUFFED = frozenset((0x00, *range(0xD0, 0xD8)))
"""What may follow 0xFF inside a scan."""


def is_bare(content: bytes) -> bool:
    """Whether it is one JPEG without EXIF, GPS, comment, profile, thumbnail or anything after."""
    if content[:2] != bytes((0xFF, START)):
        return False
    place = 2
    while content[place : place + 2] != bytes((0xFF, END)):
        marker = _marker(content, place)
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        is_known = marker in PICTURE or marker == SCAN
        if not is_known and not (marker == JFIF and length == LONGEST_JFIF):
            return False
        place += 2 + max(length, 2)
        if marker == SCAN:
            place = _end_of_scan(content, place)
    return place + 2 == len(content)


def _marker(content: bytes, place: int) -> int | None:
    is_marker = len(content) > place + 3 and content[place] == 0xFF  # noqa: PLR2004
    return content[place + 1] if is_marker else None


def _end_of_scan(content: bytes, place: int) -> int:
    """Where the next marker begins; the end of the content when there is none."""
    while True:
        place = content.find(b"\xff", place)
        if place < 0 or place + 1 >= len(content):
            return len(content)
        if content[place + 1] not in STUFFED:
            return place
        place += 2

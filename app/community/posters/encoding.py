"""A picture as a file."""

from __future__ import annotations

from io import BytesIO
from typing import Literal

from PIL import Image

LIGHT = 200_000
"""Bytes that a JPEG may weigh: what chat apps show at once and do not shrink."""
_QUALITIES = (88, 84, 80, 75, 70, 64, 58, 50, 40, 30)


def encode(image: Image.Image, kind: Literal["png", "jpeg"]) -> bytes:
    """The same picture gives the same bytes; a JPEG is as good as `LIGHT` allows."""
    if kind == "png":
        return _saved(image, "PNG", compress_level=3)
    content = b""
    for quality in _QUALITIES:
        content = _saved(image, "JPEG", quality=quality, optimize=True)
        if len(content) <= LIGHT:
            break
    return content


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()

"""Pictures out of bytes that anybody may have made: upright, opaque, small enough to be kept.

What is large, and HEIC, which is read by a large C++ library, is decoded in a process of its own: a
file that fills the memory or breaks its decoder ends a child, not the shop.
"""

from __future__ import annotations

import resource
import signal
import subprocess
import sys
import warnings
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000
HERE_UP_TO = 12_500_000
"""Pixels that are decoded without a child."""

LONGEST_SIDE = 3200
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")
HEIC_BRANDS = frozenset((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"))
AVIF_BRANDS = frozenset((b"avif", b"avis"))

ROOT = Path(__file__).parents[2]
SECONDS = 30
MEMORY = 1024 * 1024 * 1024
TOO_MANY_PIXELS = 3

# What Pillow warns of from 89 megapixels on is refused from 50 on, before it is unpacked.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


class Undecodable(Exception):
    """It is no picture, broken, or took too much time or memory."""


class TooManyPixels(Undecodable):
    pass


def decoded(content: bytes) -> Image.Image:
    """An RGB picture as it is to be seen, its sides at most LONGEST_SIDE. Raises Undecodable."""
    try:
        if is_heic(content) or _pixels(content) > HERE_UP_TO:
            return _by_child(content)
        return _here(content)
    except Undecodable:
        raise
    except Image.DecompressionBombError as error:
        raise TooManyPixels from error
    except Exception as error:
        # Decoders raise whatever they like of a broken file: RuntimeError, struct.error, TypeError.
        raise Undecodable from error


def is_heic(content: bytes) -> bool:
    """Whether a file says so of itself, in its first box."""
    if content[4:8] != b"ftyp":
        return False
    named = content[8 : min(int.from_bytes(content[:4], "big"), 256)]
    brands = {named[place : place + 4] for place in range(0, len(named), 4)}
    return not brands & AVIF_BRANDS and bool(brands & HEIC_BRANDS)


def _pixels(content: bytes) -> int:
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        return _counted(opened.size)


def _counted(size: tuple[int, int]) -> int:
    if size[0] * size[1] > MOST_PIXELS:
        raise TooManyPixels
    return size[0] * size[1]


def _here(content: bytes) -> Image.Image:
    if is_heic(content):
        return _opaque(_smaller(_of_heic(content)))
    with Image.open(BytesIO(content), formats=FORMATS) as opened:
        _counted(opened.size)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        return _opaque(ImageOps.exif_transpose(_smaller(opened)))


def _of_heic(content: bytes) -> Image.Image:
    """Upright already: what turns it stands in the file beside its EXIF."""
    import pi_heif

    file: Any = pi_heif.open_heif(BytesIO(content), convert_hdr_to_8bit=True)
    _counted(file.size)
    image: Image.Image = file.to_pillow()
    return image


def _smaller(image: Image.Image) -> Image.Image:
    """Before anything else, so that no second copy of all its pixels is held."""
    if image.mode in {"P", "PA", "1"} and max(image.size) > LONGEST_SIDE:
        exif = image.getexif()
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
        image.info["exif"] = exif.tobytes()
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return image


def _opaque(image: Image.Image) -> Image.Image:
    """What is transparent becomes white paper, not black."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def _by_child(content: bytes) -> Image.Image:
    try:
        child = subprocess.run(  # noqa: S603  (our own module; the file goes to its input)
            [sys.executable, "-m", __name__], input=content, capture_output=True, cwd=ROOT, env={},
            timeout=SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise Undecodable from error
    if child.returncode:
        raise TooManyPixels if child.returncode == TOO_MANY_PIXELS else Undecodable
    width, height, pixels = child.stdout.split(b"\n", 2)
    return Image.frombytes("RGB", (int(width), int(height)), pixels)


def _child() -> int:
    """Reads a file from standard input and answers with plain pixels; limits come first."""
    signal.alarm(SECONDS)
    with suppress(ValueError, OSError):  # not every system has this one
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    try:
        image = _here(sys.stdin.buffer.read())
    except TooManyPixels:
        return TOO_MANY_PIXELS
    sys.stdout.buffer.write(f"{image.width}\n{image.height}\n".encode() + image.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(_child())

"""Pictures from outside: decoded, turned upright, stripped of all else, and written anew.

What cannot be decoded is refused with a reason; a bomb is refused by its announced size before it
is unpacked.
"""

from __future__ import annotations

import hashlib
import warnings
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from secrets import token_hex
from typing import IO

from PIL import Image, ImageOps

from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.jpeg import is_bare

MOST_PIXELS = 50_000_000
MOST_BYTES = 30 * 1024 * 1024
LONGEST_SIDE = 3200
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF")
QUALITY = 88

# What Pillow warns of from 89 megapixels on is refused from 50 on, before it is unpacked.
warnings.simplefilter("ignore", Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Upright:
    """An RGB picture as it is to be seen, and the JPEG it is kept as."""

    image: Image.Image
    jpeg: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.jpeg).hexdigest()

    @property
    def dominant(self) -> str:
        """The mean colour as #rrggbb, for the place where the picture will be."""
        red, green, blue = self.image.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
        return f"#{red:02x}{green:02x}{blue:02x}"


def read_upload(file: IO[bytes]) -> Upright:
    """The picture in an uploaded file; raises Invalid with a sentence under `picture`."""
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise Invalid(
            {"picture": _("The picture is larger than 30 MB. Please send a smaller one.")}
        )
    return from_image(_decoded(content))


def read_original(content: bytes) -> Upright:
    """A picture as `Upright` keeps them, byte for byte; whatever is not quite is written anew.

    Raises Invalid like `read_upload`.
    """
    if len(content) > MOST_BYTES or not is_bare(content):
        return read_upload(BytesIO(content))
    image = _decoded(content)
    fits = max(image.size) <= LONGEST_SIDE
    return Upright(image, content) if fits else from_image(image)


def from_image(image: Image.Image) -> Upright:
    """A picture made by ourselves, in the form in which uploads are kept."""
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain = Image.new("RGB", image.size)
    plain.paste(image)
    buffer = BytesIO()
    plain.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Upright(plain, buffer.getvalue())


def write_once(path: Path, content: bytes) -> None:
    """Write a file whole or not at all; one that is there already is left."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{token_hex(8)}.part")
    part.write_bytes(content)
    part.replace(path)


def _decoded(content: bytes) -> Image.Image:
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as opened:
            _refuse_huge(opened)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            return _opaque(ImageOps.exif_transpose(opened))
    except Invalid:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:
        # Decoders raise whatever they like of a broken file: RuntimeError, struct.error, TypeError.
        raise Invalid(
            {"picture": _("This file cannot be read as a picture. Please send a JPEG or PNG.")}
        ) from error


def _opaque(image: Image.Image) -> Image.Image:
    """What is transparent becomes white paper, not black."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    paper = Image.new("RGBA", image.size, "white")
    paper.alpha_composite(image.convert("RGBA"))
    return paper.convert("RGB")


def _refuse_huge(opened: Image.Image) -> None:
    if opened.width * opened.height > MOST_PIXELS:
        raise _too_many_pixels()


def _too_many_pixels() -> Invalid:
    text = _("The picture has more than 50 megapixels. Please send a smaller one.")
    return Invalid({"picture": text})

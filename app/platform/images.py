"""Pictures from outside: decoded, turned upright, stripped of all else, and written anew."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from PIL import Image

from app.platform.decoding import LONGEST_SIDE, TooManyPixels, Undecodable, decoded
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.jpeg import is_bare
from app.platform.whole_files import written_whole

MOST_BYTES = 30 * 1024 * 1024
QUALITY = 88


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
    with Image.open(BytesIO(content)) as opened:
        fits = max(opened.size) <= LONGEST_SIDE
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
    with written_whole(path) as file:
        file.write(content)


def _decoded(content: bytes) -> Image.Image:
    try:
        return decoded(content)
    except TooManyPixels as error:
        text = _("The picture has more than 50 megapixels. Please send a smaller one.")
        raise Invalid({"picture": text}) from error
    except Undecodable as error:
        raise Invalid(
            {"picture": _("This file cannot be read as a picture. Please send a JPEG or PNG.")}
        ) from error

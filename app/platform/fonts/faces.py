"""Which file letters what, and what becomes of a letter that none has."""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import Literal

from PIL import ImageFont

from app.platform.fonts.tables import coverage

Role = Literal["serif", "sans", "sans-medium"]

FOLDER = Path(__file__).parent / "faces"
MISSING = "□"

_FRAUNCES = FOLDER / "fraunces-semibold.ttf"
_INSTRUMENT = FOLDER / "instrument-sans-regular.ttf"
_INSTRUMENT_MEDIUM = FOLDER / "instrument-sans-medium.ttf"
_NOTO_SERIF = FOLDER / "noto-serif-sc-semibold.otf"
_NOTO_SANS = FOLDER / "noto-sans-sc-regular.otf"
_NOTO_SANS_MEDIUM = FOLDER / "noto-sans-sc-medium.otf"

# Regular sans has the most characters, so it stands in for the other two.
_LATIN: dict[Role, Path] = {
    "serif": _FRAUNCES,
    "sans": _INSTRUMENT,
    "sans-medium": _INSTRUMENT_MEDIUM,
}
_HAN: dict[Role, tuple[Path, ...]] = {
    "serif": (_NOTO_SERIF, _NOTO_SANS),
    "sans": (_NOTO_SANS,),
    "sans-medium": (_NOTO_SANS_MEDIUM, _NOTO_SANS),
}
_PICTOGRAPHS = frozenset({"So", "Sk", "Cn", "Co"})
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Mn", "Me"})


def file_of(role: Role) -> Path:
    """The Chinese face, which has Latin letters too: one file for a PDF to embed."""
    return _HAN[role][0]


def font(role: Role, size: int) -> ImageFont.FreeTypeFont:
    """The Chinese face of that role for Pillow, `size` in pixels per em."""
    return opened(file_of(role), size)


def chain(role: Role, *, latin_first: bool = True) -> tuple[Path, ...]:
    """The files to look for a character in, one after the other."""
    return (_LATIN[role], *_HAN[role]) if latin_first else (*_HAN[role], _LATIN[role])


@cache
def opened(file: Path, size: int) -> ImageFont.FreeTypeFont:
    # The plain layout: the other one asks the machine for FriBidi and letters differently without.
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def readable(text: str, role: Role) -> str:
    """The text as the faces of that role can show it, on one line.

    A letter that none has becomes □; emoji and what has no shape of its own are left out.
    """
    kept = (_shown(sign, role) for sign in unicodedata.normalize("NFC", text))
    return " ".join("".join(kept).split())


def _shown(sign: str, role: Role) -> str:
    if any(ord(sign) in coverage(file) for file in chain(role)):
        return sign
    category = unicodedata.category(sign)
    if sign.isspace():
        return " "
    return "" if category in _PICTOGRAPHS | _INVISIBLE else MISSING

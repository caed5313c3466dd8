"""A line of mixed Chinese and Latin, set in one role and size."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageDraw

from app.platform.fonts.faces import Role, chain, opened, readable
from app.platform.fonts.tables import coverage, kerning

# As the browser does under `text-autospace`: an eighth of the size between 汉字 and letters.
GAP = 0.125
_CURRENCIES = "¥$€£"
# Half as wide in a Latin face as in a Chinese one: the company they keep decides.
_SHARED = frozenset("—‘’“”…·")


@dataclass(frozen=True, slots=True)
class Lettering:
    """How a line looks: measured and drawn by one rule, so that both always agree."""

    role: Role
    size: int

    def width(self, text: str) -> float:
        """Pixels from before the first to behind the last character."""
        return self.ends(readable(text, self.role))[-1]

    def ends(self, text: str) -> list[float]:
        """Where each character of a readable text ends; the first figure is where it begins."""
        found = [0.0]
        for stretch in _stretches(text, self.role):
            gap = stretch.gap * self.size
            for sign in stretch.text:
                found.append(found[-1] + gap + _advance(stretch.file, self.size, sign))
                gap = 0.0
        return found

    def draw(
        self, draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, fill: str
    ) -> float:
        """Write from `at`, which is on the baseline, and return where the line ends."""
        x, baseline = at
        for stretch in _stretches(readable(text, self.role), self.role):
            x += stretch.gap * self.size
            face = opened(stretch.file, self.size)
            draw.text((x, baseline), stretch.text, fill=fill, font=face, anchor="ls")
            x += sum(_advance(stretch.file, self.size, sign) for sign in stretch.text)
        return x


def is_han(sign: str) -> bool:
    """Whether it is a Chinese character or a kana; punctuation is neither."""
    return unicodedata.category(sign) == "Lo" and unicodedata.east_asian_width(sign) in "WF"


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Characters of one face, close together; `gap` comes before them, as a share of the size."""

    file: Path
    text: str
    gap: float


@lru_cache(maxsize=2048)
def _stretches(text: str, role: Role) -> tuple[_Stretch, ...]:
    is_chinese = any(map(is_han, text))
    found: list[_Stretch] = []
    for before, sign in zip(" " + text, text, strict=False):
        file = _file_for(sign, role, is_chinese=is_chinese)
        gap = GAP if _stand_apart(before, sign) else _kern(before, sign, file)
        if found and found[-1].file == file and not gap:
            found[-1] = _Stretch(file, found[-1].text + sign, found[-1].gap)
        else:
            found.append(_Stretch(file, sign, gap))
    return tuple(found)


@lru_cache(maxsize=8192)
def _advance(file: Path, size: int, sign: str) -> float:
    return opened(file, size).getlength(sign)


def _file_for(sign: str, role: Role, *, is_chinese: bool) -> Path:
    files = chain(role, latin_first=not (is_chinese and sign in _SHARED))
    return next(file for file in files if ord(sign) in coverage(file))


def _kern(before: str, sign: str, file: Path) -> float:
    """Letters only: the dots of an address and the figures of an hour keep their room."""
    return kerning(file).get(before + sign, 0.0) if (before + sign).isalpha() else 0.0


def _stand_apart(before: str, sign: str) -> bool:
    return (is_han(before) and _is_latin(sign)) or (_is_latin(before) and is_han(sign))


def _is_latin(sign: str) -> bool:
    return sign in _CURRENCIES or (sign.isalnum() and not is_han(sign))

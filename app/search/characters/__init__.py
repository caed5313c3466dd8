"""Chinese characters: the simplified one for each traditional, and how the common ones sound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def simplified() -> Mapping[int, str]:
    """For `str.translate`: 牛仔褲 becomes 牛仔裤, character by character."""
    traditional, simple = _lines("simplified.txt")
    return {ord(character): fold for character, fold in zip(traditional, simple, strict=True)}


@cache
def readings() -> Mapping[str, tuple[str, ...]]:
    """How each common character may be typed in pinyin, without tones: 长 is chang or zhang."""
    found: defaultdict[str, tuple[str, ...]] = defaultdict(tuple)
    for line in _lines("readings.txt"):
        reading, _, characters = line.partition(" ")
        for character in characters:
            found[character] += (reading,)
    return dict(found)


@cache
def syllables() -> frozenset[str]:
    """Every syllable that a common character may sound like."""
    return frozenset(line.partition(" ")[0] for line in _lines("readings.txt"))


def _lines(name: str) -> list[str]:
    return (_FOLDER / name).read_text(encoding="utf-8").splitlines()

"""What staff may say about words, and which searches may be remembered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from app.search.synonyms import LONGEST_PHRASE, key
from app.search.tokens import plain, terms

MOST_GROUPS: Final = 300
MOST_WORDS: Final = 12
LONGEST_WORD: Final = 40
MOST_HOT_WORDS: Final = 6
LONGEST_MISS: Final = 60

_SEPARATOR: Final = re.compile(r"[,，、;；\n]+")
# An address, or digits as long as a telephone number or an order's code, may be somebody's.
_PERSONAL: Final = re.compile(r"@|(?:[0-9][\s\-()+]*){7}")


def words_typed(text: str) -> list[str]:
    """The words of a list parted by commas or lines, each once however it is written."""
    found: dict[str, str] = {}
    for part in _SEPARATOR.split(text):
        word = " ".join(part.split())
        if word:
            found.setdefault(meaning_key(word) or word, word)
    return list(found.values())


def meaning_key(word: str) -> str:
    """Equal for words that are one to the search; empty for what is no word to it."""
    phrase = terms(word)
    return key(phrase) if len(phrase) <= LONGEST_PHRASE else ""


def unusable(words: Iterable[str]) -> list[str]:
    """Those that are too long, or no words to the search."""
    return [word for word in words if len(word) > LONGEST_WORD or not meaning_key(word)]


def rememberable(text: str) -> str:
    """A search as it may be kept: in lower case; empty when it might tell of a person."""
    bare = plain(text)
    if len(bare) > LONGEST_MISS or _PERSONAL.search(bare) or not terms(bare):
        return ""
    return bare

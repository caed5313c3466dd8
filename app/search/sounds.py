"""Chinese found by what it sounds like: 牛仔裤 by niuzaiku, niuzai, niu zai ku and nzk.

A document keeps the sound of each character, and sound and initials of up to four words that stand
together. What was typed in Latin letters is heard only when no document has it as it was written,
so that "long" remains an English word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Final

from app.search.characters import readings, syllables
from app.search.tokens import LONGEST_TOKEN, chinese_words

_MOST_WORDS: Final = 4
_MOST_CHARACTERS: Final = 8
_MOST_WAYS: Final = 8
_OFFERED: Final = range(2, 5)
_MOST_SPOKEN: Final = 2
_INITIALS: Final = range(2, _MOST_CHARACTERS + 1)
_LONGEST_SYLLABLE: Final = 6
_LONGEST_HEARD: Final = 40


def sounds(text: str) -> list[str]:
    """The tokens of everything Chinese in a text, each once."""
    found: dict[str, None] = {}
    for words in chinese_words(text):
        for first in range(len(words)):
            for last in range(first + 1, min(first + _MOST_WORDS, len(words)) + 1):
                found.update(dict.fromkeys(_tokens("".join(words[first:last]))))
        for character in "".join(words):
            found.update(dict.fromkeys(_tokens(character)))
    return list(found)


def spoken(word: str) -> list[str]:
    """How a word of two to four characters is typed in pinyin; nothing for other words."""
    known = readings()
    if len(word) not in _OFFERED or not all(character in known for character in word):
        return []
    ways = product(*(known[character] for character in word))
    return ["".join(way) for way in islice(ways, _MOST_SPOKEN)]


def heard(word: str) -> Iterator[tuple[str, ...]]:
    """What a word in Latin letters may sound like: tokens of which a document must have all."""
    letters = word.replace("ü", "v").replace("'", "").replace("-", "")
    if not (letters.isascii() and letters.isalpha()) or len(letters) > _LONGEST_HEARD:
        return
    yield (_sound(letters),)
    if len(letters) in _INITIALS:
        yield (_initials(letters),)
    parts = _in_syllables(letters)
    if len(parts) > 1:
        yield tuple(map(_sound, dict.fromkeys(parts)))


def _tokens(run: str) -> Iterator[str]:
    """Sound and initials of a run of characters, in every usual reading up to a few."""
    known = readings()
    if len(run) > _MOST_CHARACTERS or not all(character in known for character in run):
        return
    for number, ways in enumerate(product(*(known[character] for character in run))):
        if number == _MOST_WAYS:
            return
        yield _sound("".join(ways))
        if len(ways) in _INITIALS:
            yield _initials("".join(way[0] for way in ways))


def _sound(letters: str) -> str:
    return f"py={letters}"[:LONGEST_TOKEN]


def _initials(letters: str) -> str:
    return f"pi={letters}"


def _in_syllables(letters: str) -> Sequence[str]:
    """The letters cut into syllables, long ones first; empty when they are no pinyin."""
    known = syllables()
    # The best way to cut what begins at each place, found from the end: no way is tried twice.
    best: list[tuple[str, ...] | None] = [None] * len(letters) + [()]
    for start in reversed(range(len(letters))):
        for end in range(min(len(letters), start + _LONGEST_SYLLABLE), start, -1):
            rest = best[end]
            if rest is not None and letters[start:end] in known:
                best[start] = (letters[start:end], *rest)
                break
    return best[0] or ()

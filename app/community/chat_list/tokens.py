"""What an entry is written in: options, quantities, doubts, and the words nobody knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum, auto
from functools import lru_cache
from typing import NamedTuple

from app.community.chat_list import numerals, speech
from app.community.chat_list.reasons import Reason
from app.community.chat_list.vocabulary import TITLE, Meaning, Vocabulary


class Kind(IntEnum):
    """What a token is; only the first three build items."""

    OPTION = auto()
    QUANTITY = auto()
    EACH = auto()
    FOREIGN = auto()
    TOTAL = auto()
    AMOUNT = auto()
    DITTO = auto()
    CANCEL = auto()
    DOUBT = auto()
    FILLER = auto()
    REMARK = auto()
    SEPARATOR = auto()
    SOFT = auto()
    SPACE = auto()
    UNKNOWN = auto()


class Token(NamedTuple):
    """A stretch of the text; a `weak` one is Chinese and so short that a name may own it."""

    kind: Kind
    start: int
    end: int
    number: int | None = None
    meaning: Meaning | None = None
    reason: Reason | None = None
    weak: bool = False


ORDERING = frozenset({Kind.OPTION, Kind.QUANTITY, Kind.EACH, Kind.FOREIGN, Kind.TOTAL, Kind.DITTO})
_GROUPS: tuple[tuple[str, str], ...] = (
    ("space", r"\s+"),
    ("remark", speech.REMARKS),
    ("vague", speech.FROM_TO),
    ("word", "{words}"),
    ("total", speech.TOTAL),
    ("each", speech.EACH),
    ("ditto", speech.DITTO),
    ("cancel", speech.CANCELLED),
    *((f"doubt{place}", pattern) for place, (_reason, pattern) in enumerate(speech.DOUBTS)),
    ("counted", speech.COUNTED),
    ("bare", speech.BARE),
    ("filler", speech.FILLERS),
    ("separator", speech.SEPARATOR),
    ("soft", r"[^\w]|_"),
    ("unknown", r"[a-z]+(?:['.-](?!{words})[a-z]+)*(?:\d{2,})?|\d+[号楼层点岁期年月日%#]?|."),
)
"""In this order: what is listed first wins where several match."""
_AMOUNT = 11
"""From here a bare number may as well be money, a door or an age."""
_TOTALLING = re.compile(r"^.*?[共计l]+")
EITHER = 1
"""The number of a slash or dash, which may stand for “or”."""
_MOST_SIGNS_OF_WEAK = 2


def tokenise(text: str, words: Vocabulary) -> list[Token]:
    """The whole text in tokens without gaps; `text` is in small letters."""
    return [
        _READERS[group](found, words)
        for found in _pattern(words.pattern).finditer(text)
        if (group := found.lastgroup) is not None
    ]


@lru_cache(maxsize=64)
def _pattern(words: str) -> re.Pattern[str]:
    parts = (f"(?P<{name}>{pattern})" for name, pattern in _GROUPS)
    return re.compile("|".join(parts).replace("{words}", words), re.DOTALL)


def _word(found: re.Match[str], words: Vocabulary) -> Token:
    start, end = found.span()
    meaning = words.meaning(found[0])
    weak = end - start == 1 and not found[0].isascii()
    if not meaning.fits:
        return Token(Kind.FOREIGN, start, end, None, meaning, Reason.UNKNOWN_OPTION, weak)
    if meaning.place == TITLE and len(meaning.fits) == len(words.keys):
        return Token(Kind.FILLER, start, end, weak=weak)
    return Token(Kind.OPTION, start, end, None, meaning, None, weak)


def _counted(found: re.Match[str], _words: Vocabulary) -> Token:
    number = numerals.number_in(found[0])
    if number is None:
        return Token(Kind.DOUBT, *found.span(), reason=Reason.VAGUE_QUANTITY)
    return Token(Kind.QUANTITY, *found.span(), number)


def _bare(found: re.Match[str], _words: Vocabulary) -> Token:
    weak = not found[0].isascii()
    number = numerals.number_in(found[0])
    if number is None:
        return Token(Kind.DOUBT, *found.span(), reason=Reason.VAGUE_QUANTITY, weak=weak)
    return Token(
        Kind.QUANTITY if number < _AMOUNT else Kind.AMOUNT, *found.span(), number, weak=weak
    )


def _total(found: re.Match[str], _words: Vocabulary) -> Token:
    return Token(Kind.TOTAL, *found.span(), numerals.number_in(_TOTALLING.sub("", found[0])))


def _each(found: re.Match[str], _words: Vocabulary) -> Token:
    return Token(Kind.EACH, *found.span(), numerals.number_in(found[0]) or 1)


def _numbered(kind: Kind) -> Reader:
    return lambda found, _words: Token(kind, *found.span(), numerals.number_in(found[0]))


def _doubtful(reason: Reason) -> Reader:
    return lambda found, _words: Token(
        Kind.DOUBT, *found.span(), reason=reason, weak=_is_weak(found[0], 1)
    )


def _plain(kind: Kind, most_signs: int = _MOST_SIGNS_OF_WEAK) -> Reader:
    return lambda found, _words: Token(kind, *found.span(), weak=_is_weak(found[0], most_signs))


def _soft(found: re.Match[str], _words: Vocabulary) -> Token:
    return Token(Kind.SOFT, *found.span(), EITHER if found[0] in "/-~" else None)


def _filler(found: re.Match[str], _words: Vocabulary) -> Token:
    weak = _is_weak(found[0], _MOST_SIGNS_OF_WEAK) and found[0][0] not in "我想帮"
    return Token(Kind.FILLER, *found.span(), weak=weak)


def _is_weak(written: str, most_signs: int) -> bool:
    return len(written) <= most_signs and written.isalpha() and not written.isascii()


Reader = Callable[[re.Match[str], Vocabulary], Token]
_READERS: dict[str, Reader] = {
    "word": _word,
    "counted": _counted,
    "bare": _bare,
    "each": _each,
    "total": _total,
    "ditto": _numbered(Kind.DITTO),
    "vague": _doubtful(Reason.VAGUE_QUANTITY),
    **{f"doubt{place}": _doubtful(reason) for place, (reason, _text) in enumerate(speech.DOUBTS)},
    "space": _plain(Kind.SPACE),
    "remark": _plain(Kind.REMARK),
    "cancel": _plain(Kind.CANCEL, 0),
    "filler": _filler,
    "separator": _plain(Kind.SEPARATOR, 1),
    "soft": _soft,
    "unknown": _plain(Kind.UNKNOWN),
}

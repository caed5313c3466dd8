"""Words to offer: completions of what is being typed and corrections of what found nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from app.search.tokens import LONGEST_QUERY, plain, terms

_MOST_CORRECTED: Final = 4
_SHORTEST_CORRECTED: Final = 3
_LONGEST_WHOLE: Final = 4
_RUN: Final = re.compile(r"[a-z0-9à-ɏ'\-]+(?:\.[0-9]+)?|[^\W\x00-\u024f]+")
_SHORT_LATIN: Final = re.compile(r"[\x00-\u024f]?")


class Lexicon(Protocol):
    """The words an index knows. Every answer is bounded however large the index is."""

    def words_beginning(self, prefix: str) -> list[str]:
        """Words to offer that begin so, the commonest first; `niuzai=牛仔` offers 牛仔."""
        ...

    def has_word(self, word: str) -> bool:
        """Whether the word is one of those to offer."""
        ...

    def known_tokens(self, tokens: Iterable[str]) -> set[str]:
        """Those of the tokens that at least one document holds."""
        ...

    def word_near(self, word: str) -> str | None:
        """The likeliest word to offer that begins alike and is spelt almost so."""
        ...

    def tokens_near(self, token: str) -> list[str]:
        """Tokens one letter away that begin alike, the commonest first."""
        ...


def completions(typed: str, lexicon: Lexicon) -> Iterator[str]:
    """Whole searches that begin with what was typed, the commonest first."""
    text = plain(typed[:LONGEST_QUERY])
    for start in _starts(text):
        if _SHORT_LATIN.fullmatch(text[start:]):
            continue
        for word in lexicon.words_beginning(text[start:]):
            sound, _, written = word.partition("=")
            if (whole := text[:start] + (written or sound)) != text:
                yield whole


def corrected(typed: str, lexicon: Lexicon) -> str | None:
    """The text with unknown words replaced by the likeliest known ones; None when nothing fits."""
    runs = _RUN.findall(plain(typed[:LONGEST_QUERY]))
    allowance = iter(range(_MOST_CORRECTED))
    better = [_corrected_run(run, lexicon, allowance) for run in runs]
    return " ".join(better) if better != runs else None


def _starts(text: str) -> list[int]:
    """Where the part to complete may begin: at the start, at the last space, at the last word."""
    asked = terms(text)
    last = len(text) - len(asked[-1].text) if asked and text.endswith(asked[-1].text) else 0
    return sorted({0, text.rfind(" ") + 1, last})


def _corrected_run(run: str, lexicon: Lexicon, allowance: Iterator[int]) -> str:
    # A short run of Chinese is one word: a dictionary would cut a name apart at its typo.
    parts = [run] if len(run) <= _LONGEST_WHOLE else [term.text for term in terms(run)]
    for part in parts:
        unknown = len(part) >= _SHORTEST_CORRECTED and not lexicon.has_word(part)
        if unknown and next(allowance, None) is not None:
            near = lexicon.word_near(part)
            run = run.replace(part, near, 1) if near else run
    return run

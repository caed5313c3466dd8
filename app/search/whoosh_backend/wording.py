"""Words to offer: completions of what is being typed and corrections of what found nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from whoosh.reading import IndexReader

from app.search.tokens import LONGEST_QUERY, plain, terms
from app.search.whoosh_backend.schema import WORDS

_MOST_CANDIDATES: Final = 300
_MOST_CORRECTED: Final = 4
_SHORTEST_CORRECTED: Final = 3
_LONGEST_WHOLE: Final = 4
_RUN: Final = re.compile(r"[a-z0-9à-ɏ'\-]+(?:\.[0-9]+)?|[^\W\x00-\u024f]+")
_SHORT_LATIN: Final = re.compile(r"[\x00-\u024f]?")


def completions(typed: str, reader: IndexReader) -> Iterator[str]:
    """Whole searches that begin with what was typed, the commonest first."""
    text = plain(typed[:LONGEST_QUERY])
    for start in _starts(text):
        if _SHORT_LATIN.fullmatch(text[start:]):
            continue
        for word in _beginning_with(text[start:], reader):
            if (whole := text[:start] + word) != text:
                yield whole


def corrected(typed: str, reader: IndexReader) -> str | None:
    """The text with unknown words replaced by the likeliest known ones; None when nothing fits."""
    runs = _RUN.findall(plain(typed[:LONGEST_QUERY]))
    allowance = iter(range(_MOST_CORRECTED))
    better = [_corrected_run(run, reader, allowance) for run in runs]
    return " ".join(better) if better != runs else None


def _starts(text: str) -> list[int]:
    """Where the part to complete may begin: at the start, at the last space, at the last word."""
    asked = terms(text)
    last = len(text) - len(asked[-1].text) if asked and text.endswith(asked[-1].text) else 0
    return sorted({0, text.rfind(" ") + 1, last})


def _beginning_with(prefix: str, reader: IndexReader) -> list[str]:
    raw = islice(reader.expand_prefix(WORDS, prefix), _MOST_CANDIDATES)
    found = {word.decode("utf-8") for word in raw}
    return sorted(found, key=lambda word: (-reader.doc_frequency(WORDS, word), len(word), word))


def _corrected_run(run: str, reader: IndexReader, allowance: Iterator[int]) -> str:
    # A short run of Chinese is one word: a dictionary would cut a name apart at its typo.
    parts = [run] if len(run) <= _LONGEST_WHOLE else [term.text for term in terms(run)]
    for part in parts:
        unknown = reader.doc_frequency(WORDS, part) == 0 and len(part) >= _SHORTEST_CORRECTED
        if unknown and next(allowance, None) is not None:
            found = reader.corrector(WORDS).suggest(part, limit=1, maxdist=2, prefix=1)
            run = run.replace(part, found[0], 1) if found else run
    return run

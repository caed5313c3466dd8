"""The demo's words of the search."""

from __future__ import annotations

from datetime import datetime

from app.demo.copy.words import HOT_WORDS, SYNONYMS
from app.platform import clock
from app.platform.actor import SYSTEM
from app.search import queries
from app.search.commands.words import add_synonyms, offer_words, remove_synonyms


def load(*, now: datetime) -> None:
    """Groups of one meaning and what is offered first, unless the shop has words already."""
    if not queries.synonym_rows():
        for group in SYNONYMS:
            add_synonyms(group, actor=SYSTEM, now=now)
    if not queries.hot_words():
        offer_words(HOT_WORDS, actor=SYSTEM, now=now)


def purge() -> None:
    """Take away those of the demo that nobody has changed; part of the caller's transaction."""
    now = clock.now()
    for group in queries.synonym_rows():
        if group.words in SYNONYMS:
            remove_synonyms(group.id, actor=SYSTEM, now=now)
    if tuple(queries.hot_words()) == HOT_WORDS:
        offer_words([], actor=SYSTEM, now=now)

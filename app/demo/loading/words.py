"""The demo's words of the search."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from app.demo.copy.words import HOT_WORDS, SYNONYMS
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.search.commands.words import add_synonyms, offer_words
from app.search.models import SearchHotWord, SearchSynonym


def load(*, now: datetime) -> None:
    """Groups of one meaning and what is offered first, unless the shop has words already."""
    known = bool(db.session.scalar(select(SearchSynonym.id).limit(1)))
    offered = bool(db.session.scalar(select(SearchHotWord.position).limit(1)))
    if not known:
        for group in SYNONYMS:
            add_synonyms(group, actor=SYSTEM, now=now)
    if not offered:
        offer_words(HOT_WORDS, actor=SYSTEM, now=now)


def purge() -> None:
    """Take away those of the demo that nobody has changed; part of the caller's transaction."""
    for group in db.session.scalars(select(SearchSynonym)):
        if tuple(group.words) in SYNONYMS:
            db.session.delete(group)
    offered = db.session.scalars(select(SearchHotWord.word).order_by(SearchHotWord.position))
    if tuple(offered) == HOT_WORDS:
        db.session.execute(delete(SearchHotWord))

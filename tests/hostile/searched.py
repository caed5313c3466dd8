"""Words of the hostile world that staff look after, and what was searched for in vain."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.platform.actor import SYSTEM
from app.platform.db import db
from app.search.commands import misses, words
from app.search.models import SearchMiss
from tests.hostile.values import MARKUP

SHORT = MARKUP[:30]


def build(now: datetime) -> dict[str, str]:
    """Genuine values for parts of addresses."""
    group_id = words.add_synonyms([SHORT, "coat"], actor=SYSTEM, now=now)
    words.offer_words([SHORT], actor=SYSTEM, now=now)
    misses.note_miss(SHORT, now=now)
    miss_id = db.session.scalars(select(SearchMiss.id)).one()
    return {"admin_search_words.group_id": str(group_id), "miss_id": str(miss_id)}

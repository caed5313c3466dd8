"""What staff say about words: which mean the same, and which are offered first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, insert, select

from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.locks import lock_name
from app.platform.rbac import ensure, found
from app.platform.transaction import command
from app.search.models import SearchHotWord, SearchSynonym
from app.search.rules import (
    LONGEST_WORD,
    MOST_GROUPS,
    MOST_HOT_WORDS,
    MOST_WORDS,
    meaning_key,
    unusable,
)


@command
def add_synonyms(words: Sequence[str], *, actor: Actor, now: datetime) -> int:
    """A new group of words of one meaning; raises Invalid naming the field `words`."""
    ensure(actor, "search.edit")
    lock_name("synonyms")
    _check_group(words, group_id=None)
    group = SearchSynonym(words=list(words), changed_at=now)
    db.session.add(group)
    db.session.flush()
    record(
        actor, "search.add_synonyms", "search_synonym", group.id, now=now,
        after={"words": list(words)},
    )  # fmt: skip
    return group.id


@command
def change_synonyms(group_id: int, words: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Other words in a group; raises Invalid naming the field `words`."""
    ensure(actor, "search.edit")
    lock_name("synonyms")
    group = _group(group_id)
    _check_group(words, group_id=group_id)
    before = {"words": group.words}
    group.words, group.changed_at = list(words), now
    record(
        actor, "search.change_synonyms", "search_synonym", group_id, now=now,
        before=before, after={"words": list(words)},
    )  # fmt: skip


@command
def remove_synonyms(group_id: int, *, actor: Actor, now: datetime) -> None:
    """The words of the group mean each only itself again."""
    ensure(actor, "search.edit")
    group = _group(group_id)
    record(
        actor, "search.remove_synonyms", "search_synonym", group_id, now=now,
        before={"words": group.words},
    )  # fmt: skip
    db.session.delete(group)


@command
def offer_words(words: Sequence[str], *, actor: Actor, now: datetime) -> None:
    """Offer these before anybody types, in this order; raises Invalid naming the field `hot`."""
    ensure(actor, "search.edit")
    if len(words) > MOST_HOT_WORDS:
        raise Invalid({"hot": _("At most %(most)s words.", most=MOST_HOT_WORDS)})
    _refuse_unusable("hot", words)
    lock_name("hot words")
    before = list(db.session.scalars(select(SearchHotWord.word).order_by(SearchHotWord.position)))
    db.session.execute(delete(SearchHotWord))
    if words:
        rows = [{"position": place, "word": word} for place, word in enumerate(words)]
        db.session.execute(insert(SearchHotWord), rows)
    record(
        actor, "search.offer_words", "search_hot_word", None, now=now,
        before={"words": before}, after={"words": list(words)},
    )  # fmt: skip


def _group(group_id: int) -> SearchSynonym:
    statement = select(SearchSynonym).where(SearchSynonym.id == group_id).with_for_update()
    fresh = statement.execution_options(populate_existing=True)
    return found(db.session.scalar(fresh))


def _check_group(words: Sequence[str], *, group_id: int | None) -> None:
    if not 1 < len(words) <= MOST_WORDS:
        raise Invalid({"words": _("Two to %(most)s words.", most=MOST_WORDS)})
    _refuse_unusable("words", words)
    others = {
        row.id: row.words
        for row in db.session.execute(select(SearchSynonym.id, SearchSynonym.words))
        if row.id != group_id
    }
    if group_id is None and len(others) >= MOST_GROUPS:
        raise Invalid({"words": _("There are %(most)s groups already.", most=MOST_GROUPS)})
    taken = {meaning_key(word) for group in others.values() for word in group}
    twice = [word for word in words if meaning_key(word) in taken]
    if twice:
        raise Invalid({"words": _("Already in another group: %(words)s.", words=", ".join(twice))})


def _refuse_unusable(field: str, words: Sequence[str]) -> None:
    wrong = unusable(words)
    if wrong:
        raise Invalid(
            {
                field: _(
                    "One to four words of at most %(most)s characters each, not: %(words)s.",
                    most=LONGEST_WORD,
                    words=", ".join(word[:LONGEST_WORD] for word in wrong),
                )
            }
        )

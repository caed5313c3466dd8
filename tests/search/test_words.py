"""What staff keep about words, and what is remembered of searches that found nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app.platform.actor import GUEST, SYSTEM
from app.platform.audit.models import AuditRow
from app.platform.db import db
from app.platform.errors import Forbidden, Invalid
from app.search import queries
from app.search.commands import misses, words
from app.search.rules import rememberable, words_typed
from tests.conftest import MONDAY


def add(*group):
    return words.add_synonyms(group, actor=SYSTEM, now=MONDAY)


def note(text, now=MONDAY):
    misses.note_miss(text, now=now)


def missed():
    return {row.text: row.count for row in queries.misses().rows}


def test_a_group_is_kept_changed_and_removed_and_each_is_recorded(app, clock):
    group_id = add("denim", "丹宁")
    words.change_synonyms(group_id, ["denim", "丹宁", "牛仔"], actor=SYSTEM, now=MONDAY)
    assert queries.synonyms().groups == (("denim", "丹宁", "牛仔"),)

    words.remove_synonyms(group_id, actor=SYSTEM, now=MONDAY)

    assert queries.synonyms().groups == ()
    assert db.session.scalars(select(AuditRow.verb).order_by(AuditRow.id)).all() == [
        "search.add_synonyms",
        "search.change_synonyms",
        "search.remove_synonyms",
    ]


@pytest.mark.parametrize(
    ("group", "sentence"),
    [
        (["denim"], "Two to 12 words."),
        ([f"w{n}" for n in range(13)], "Two to 12 words."),
        (["denim", "*** !"], "not: *** !."),
        (["denim", "x" * 41], "not: " + "x" * 40),
        (["denim", "one two three four five"], "not: one two three four five."),
        (["jeans", "Parkas"], "Already in another group: Parkas."),
    ],
)
def test_a_group_that_cannot_be_is_refused_with_a_sentence(app, clock, group, sentence):
    add("parka", "派克大衣")

    with pytest.raises(Invalid) as refused:
        add(*group)

    assert sentence in refused.value.errors["words"]
    assert len(queries.synonyms().groups) == 1


def test_only_who_may_edit_search_changes_words(app, clock):
    group_id = add("denim", "丹宁")
    note("anorak")
    miss_id = queries.misses().rows[0].id

    for change in (
        lambda: words.add_synonyms(["a1", "b1"], actor=GUEST, now=MONDAY),
        lambda: words.change_synonyms(group_id, ["a1", "b1"], actor=GUEST, now=MONDAY),
        lambda: words.remove_synonyms(group_id, actor=GUEST, now=MONDAY),
        lambda: words.offer_words(["a1"], actor=GUEST, now=MONDAY),
        lambda: misses.forget_miss(miss_id, actor=GUEST, now=MONDAY),
    ):
        with pytest.raises(Forbidden):
            change()

    assert queries.synonyms().groups == (("denim", "丹宁"),)
    assert missed() == {"anorak": 1}


def test_hot_words_keep_their_order_and_are_few(app, clock):
    words.offer_words(["parka", "70s"], actor=SYSTEM, now=MONDAY)
    words.offer_words(["70s", "parka", "胸围 104"], actor=SYSTEM, now=MONDAY)

    with pytest.raises(Invalid):
        words.offer_words([f"w{n}" for n in range(7)], actor=SYSTEM, now=MONDAY)

    assert queries.hot_words() == ["70s", "parka", "胸围 104"]


def test_words_are_parted_by_commas_and_lines_and_kept_once():
    assert words_typed("denim,丹宁、 Denim\n牛仔； jean  jacket,,") == [
        "denim",
        "丹宁",
        "牛仔",
        "jean jacket",
    ]


def test_what_was_not_found_is_counted_however_it_was_typed(app, clock):
    for text in ("Anorak", "anorak ", "ＡＮＯＲＡＫ", "滑雪衫"):
        note(text)

    assert missed() == {"anorak": 3, "滑雪衫": 1}


@pytest.mark.parametrize(
    "text",
    ["ada@example.org", "13912345678", "139 1234 5678", "+86-139-1234", "x" * 61, "***", ""],
)
def test_what_may_tell_of_a_person_is_never_kept(text):
    assert rememberable(text) == ""


def test_misses_are_forgotten_after_ninety_days_without_one(app, clock):
    note("anorak")
    note("poncho")
    clock.advance(days=60)
    note("poncho", clock.now)
    clock.advance(days=31)

    assert misses.forget_old_misses() == 1

    assert missed() == {"poncho": 2}


def test_made_up_searches_fill_no_table(app, clock, monkeypatch):
    monkeypatch.setattr(misses, "MOST_KEPT", 2)
    for text in ("one", "two", "three", "two"):
        note(text, MONDAY + timedelta(minutes=1))

    assert missed() == {"one": 1, "two": 2}

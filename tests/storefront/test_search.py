"""Search as shoppers meet it."""

from __future__ import annotations

import pytest

from app.platform.actor import SYSTEM
from app.search import queries
from app.search.commands import indexing, words
from tests.cast import house, piece
from tests.conftest import MONDAY

FOUND = "What was found"


@pytest.fixture
def jacket(app, clock):
    owner = house(MONDAY)
    piece(owner, MONDAY, title={"en": "Waxed field jacket", "zh-Hans": "油蜡野战夹克"})
    indexing.rebuild_all()


def missed():
    return {row.text: row.count for row in queries.misses().rows}


def test_a_synonym_counts_at_once(client, jacket):
    assert FOUND not in client.get("/search?q=blouson").text
    words.add_synonyms(["blouson", "夹克"], actor=SYSTEM, now=MONDAY)

    assert FOUND in client.get("/search?q=blouson").text


def test_only_what_was_neither_found_nor_guessed_is_noted(client, jacket):
    for text in ("jacket", "jakcet", "", "anorak", "Anorak", "ada@example.org"):
        client.get("/search", query_string={"q": text})
    client.get("/search/suggest?q=poncho")

    assert missed() == {"anorak": 2}


def test_while_the_index_is_away_the_database_answers(client, app, jacket):
    from app.platform.configuration import settings

    (settings().search_dir / "pointer.json").unlink()

    assert FOUND in client.get("/search?q=field").text
    assert missed() == {}

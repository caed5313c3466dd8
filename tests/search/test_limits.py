"""Whatever is typed costs no more than its limit and is never anything but words."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from app.search.backend import MOST_SUGGESTIONS, SearchBackend, SearchResult
from app.search.postgres_backend.rows import tsquery
from app.search.questions import All, exactly, freely, leaves, nearly
from app.search.synonyms import Synonyms, wanted
from app.search.tokens import LONGEST_QUERY, LONGEST_TOKEN, MOST_TERMS, terms

MOST_ASKED = 1_000
"""Tokens that one search may look for, synonyms, spellings and sounds included."""

CROWDED = Synonyms(tuple(tuple(f"{word}{n}" for n in range(12)) for word in ("wool", "silk", "裙")))
SIGNS = st.text(
    alphabet="*?~^:()[]{}|&!'\"\\<>=%_@#№-–/., \t\n\x00\ud800牛仔裤裙胸围七十年代0179acmtoAND",
    max_size=200,
)
TEXTS = st.one_of(SIGNS, st.text(max_size=400), st.lists(SIGNS, max_size=30).map(" OR ".join))
_LEXEME = re.compile(r"'(?:[^'\\]|''|\\\\)*'")


class Verbose:
    """A lexicon that knows a neighbour for everything."""

    def words_beginning(self, prefix: str) -> list[str]:
        return [f"{prefix}{n}" for n in range(300)]

    def has_word(self, word: str) -> bool:
        return False

    def known_tokens(self, tokens: Iterable[str]) -> set[str]:
        return set(tokens)

    def word_near(self, word: str) -> str | None:
        return "one-two-three-four " * 9

    def tokens_near(self, token: str) -> list[str]:
        return [f"{token}{n}" for n in range(5_000)]


@given(TEXTS)
def test_few_terms_are_read_of_the_first_characters(text: str) -> None:
    asked = terms(text)

    assert len(asked) <= MOST_TERMS
    assert asked == terms(text[:LONGEST_QUERY])
    assert all(len(token) <= LONGEST_QUERY for term in asked for token in term.tokens)


@given(TEXTS)
def test_a_question_looks_for_so_many_tokens_and_no_more(text: str) -> None:
    asked = wanted(text + " wool0 silk0 裙0", CROWDED)

    for questions in (exactly(asked), freely(asked), nearly(asked, Verbose())):
        tokens = [leaf.token for question in questions for leaf in leaves(question)]
        assert len(tokens) <= MOST_ASKED


@given(TEXTS)
def test_every_sign_is_text_inside_a_tsquery(text: str) -> None:
    asked = wanted(text, CROWDED)

    written = tsquery(All(tuple(freely(asked))))

    assert set(_LEXEME.sub("", written)) <= set("(&|) ")
    assert "\x00" not in written
    assert max(map(len, _LEXEME.findall(written)), default=0) <= 2 * max(LONGEST_TOKEN, 120) + 2


@settings(max_examples=60)
@given(text=TEXTS)
def test_any_text_is_answered(wardrobe: SearchBackend, text: str) -> None:
    result = wardrobe.query(text, synonyms=CROWDED)

    assert isinstance(result, SearchResult)
    assert set(result.ids) <= {1, 2, 3, 4}
    assert len(wardrobe.suggest(text)) <= MOST_SUGGESTIONS

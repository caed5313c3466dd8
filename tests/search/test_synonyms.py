"""Other words for the same thing, as staff keep them."""

from __future__ import annotations

import pytest

from app.search.backend import SearchBackend
from app.search.synonyms import Synonyms, wanted
from tests.search.wardrobe import found

KNOWN = Synonyms(
    (
        ("牛仔", "丹宁", "jeanswear"),
        ("outer layer", "jacket", "夹克", "皮夹克外套"),
        ("半裙", "skirt"),
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("丹宁", {1}),
        ("jeanswear", {1}),
        ("夹克", {1}),
        ("Outer Layers", {1}),
        ("outer layer levis", {1}),
        ("outer", set()),
        ("半裙", {2}),
        ("羊毛半裙", {2}),
        ("丹寧夾克", {1}),
        ("jeanswear skirt", set()),
        ("skirt", {2}),
    ],
)
def test_a_synonym_finds_what_the_others_find(
    wardrobe: SearchBackend, text: str, expected: set[int]
) -> None:
    result = wardrobe.query(text, synonyms=KNOWN)

    assert (set() if result.loosened else set(result.ids)) == expected


def test_without_synonyms_the_words_mean_only_themselves(wardrobe: SearchBackend) -> None:
    assert found(wardrobe, "丹宁") == set()


def test_a_misspelt_word_is_corrected_to_one_that_finds_by_a_synonym(
    wardrobe: SearchBackend,
) -> None:
    assert wardrobe.query("jakcet", synonyms=KNOWN).did_you_mean == "jacket"


def test_the_longest_known_phrase_counts() -> None:
    (one,) = wanted("outer layer", KNOWN)

    assert [term.text for term in one.terms] == ["outer", "layer"]
    assert ["夹克"] in [[term.text for term in phrase] for phrase in one.others]


def test_a_question_grows_only_so_far() -> None:
    crowded = Synonyms(tuple(tuple(f"w{row}x{n}" for n in range(40)) for row in range(12)))

    asked = wanted(" ".join(f"w{row}x0" for row in range(12)), crowded)

    assert len(asked) == 12
    assert sum(bool(one.others) for one in asked) == 4
    assert max(len(one.others) for one in asked) == 12

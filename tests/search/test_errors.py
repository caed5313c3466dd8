"""What is wrong with an index is said in the reader's language."""

from __future__ import annotations

import pytest

from app.platform.i18n import speaking
from app.search.errors import IndexUnavailable, Trouble


@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_a_sentence_in_both_languages(trouble: Trouble) -> None:
    english = trouble.sentence
    with speaking("zh-Hans"):
        chinese = trouble.sentence

    assert english.isascii()
    assert not chinese.isascii()


def test_an_unavailable_index_names_its_trouble_in_the_log() -> None:
    assert str(IndexUnavailable(Trouble.OUTDATED)) == "search_unavailable: outdated"

"""Words of the search at the counter."""

from __future__ import annotations

import pytest

from app.platform.actor import SYSTEM
from app.search import queries
from app.search.commands import misses, words
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk
from tests.admin.items import text_of

PAGE = "/admin/search-words"


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo", Role.EDITOR)


def test_words_that_were_not_found_become_a_group_in_two_steps(cleo, clock):
    misses.note_miss("丹宁", now=clock.now)
    assert "丹宁" in cleo.read(f"{PAGE}/misses")
    assert "丹宁</textarea>" in cleo.read(f"{PAGE}/synonyms/new?word=丹宁")

    response = cleo.post(f"{PAGE}/synonyms", {"words": "丹宁, denim、牛仔"})

    assert (response.status_code, response.headers["Location"]) == (303, PAGE)
    assert queries.synonyms().groups == (("丹宁", "denim", "牛仔"),)
    assert "丹宁 · denim · 牛仔" in cleo.read(PAGE)


def test_a_group_is_changed_and_removed(cleo, clock):
    group_id = words.add_synonyms(["denim", "丹宁"], actor=SYSTEM, now=clock.now)

    assert cleo.post(f"{PAGE}/synonyms/{group_id}", {"words": "denim, jeans"}).status_code == 303
    assert queries.synonyms().groups == (("denim", "jeans"),)
    assert cleo.post(f"{PAGE}/synonyms/{group_id}/removal").status_code == 303
    assert queries.synonyms().groups == ()
    assert cleo.get(f"{PAGE}/synonyms/{group_id}").status_code == 404


@pytest.mark.parametrize(
    ("path", "typed", "sentence"),
    [
        ("/synonyms", {"words": "denim"}, "Two to 12 words."),
        ("/synonyms", {"words": "denim, ***"}, "not: ***."),
        ("/synonyms", {}, "Two to 12 words."),
        ("/hot", {"hot": "a1, b1, c1, d1, e1, f1, g1"}, "At most 6 words."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nothing_typed_is_lost(
    cleo, path, typed, sentence
):
    response = cleo.post(PAGE + path, typed)

    assert response.status_code == 422
    text = text_of(response)
    assert sentence in text
    for value in typed.values():
        assert f"{value}</textarea>" in text
    assert queries.synonyms().groups == ()
    assert queries.hot_words() == []


def test_hot_words_are_kept_in_order(cleo):
    assert cleo.post(f"{PAGE}/hot", {"hot": "70s, 胸围 104, parka"}).status_code == 303

    assert queries.hot_words() == ["70s", "胸围 104", "parka"]


def test_a_miss_is_taken_off_the_list(cleo, clock):
    misses.note_miss("anorak", now=clock.now)
    (miss,) = queries.misses().rows

    assert cleo.post(f"{PAGE}/misses/{miss.id}/removal").status_code == 303

    assert queries.misses().rows == ()
    assert "Everything was found" in cleo.read(f"{PAGE}/misses")


def test_who_may_only_read_reads_and_another_merchant_sees_nothing(app, house, clock):
    group_id = words.add_synonyms(["denim", "丹宁"], actor=SYSTEM, now=clock.now)
    reader = clerk(app, house.merchant_id, "rita", Role.READONLY)
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    nora = clerk(app, neighbour.merchant_id, "nora")

    assert "denim · 丹宁" in reader.read(PAGE)
    assert reader.post(f"{PAGE}/synonyms/{group_id}/removal").status_code == 403
    for path in ("", "/misses", f"/synonyms/{group_id}"):
        assert nora.get(PAGE + path).status_code == 403
    assert nora.post(f"{PAGE}/synonyms/{group_id}/removal").status_code == 403
    assert len(queries.synonyms().groups) == 1

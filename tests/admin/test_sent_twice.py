"""Two of the same at the same moment: a button pressed twice, two people at two counters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PIL import Image
from sqlalchemy import func, select

from app.catalog.commands import collections, editing, media
from app.catalog.commands.collections import Words
from app.catalog.commands.editing import Beginning
from app.catalog.models import Media, Product, ProductKind
from app.community.commands import groups
from app.community.commands.groups import GroupWords
from app.marketing.commands import promotions
from app.platform.db import Model, db
from app.platform.errors import DomainError
from app.platform.images import from_image
from app.search.commands import words
from app.search.models import SearchHotWord, SearchSynonym
from app.shop import arranging, home
from app.shop.home import Section
from app.shop.models import Role
from tests.cast import house
from tests.community.test_reach import promotion
from tests.conftest import MONDAY
from tests.platform.together import together
from tests.shop.people import staff

ROUNDS = range(4)
"""Two seldom miss each other so often."""


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def actor(owner):
    return owner.staff()


def at_once(app, *calls: Callable[..., object]) -> list[str]:
    """How each of them ended, sorted: done, or the code of the refusal."""

    def tried(call: Callable[..., object]) -> str:
        try:
            call(now=MONDAY)
        except DomainError as refusal:
            return refusal.code
        return "done"

    db.session.rollback()
    return sorted(together(app, [partial(tried, call) for call in calls]))


def count(model: type[Model]) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_an_item_is_begun_once(app, actor):
    for nth in ROUNDS:
        new = Beginning(ProductKind.PIECE, {"en": "Jacket"}, (), f"key-of-this-form-{nth}")
        begin = partial(editing.begin, new, actor=actor)
        assert at_once(app, begin, begin) == ["done", "done"]

    assert count(Product) == len(ROUNDS)


def test_a_photograph_is_kept_once(app, owner):
    for nth in ROUNDS:
        picture = from_image(Image.new("RGB", (90, 120), (nth * 40, 80, 60)))
        keep = partial(media.keep, picture)
        assert at_once(app, keep, keep) == ["done", "done"]

    assert count(Media) == len(ROUNDS)


def test_words_offered_first_are_set_twice(app, actor):
    for _round in ROUNDS:
        offer = partial(words.offer_words, ["coat", "denim"], actor=actor)
        assert at_once(app, offer, offer) == ["done", "done"]

    assert count(SearchHotWord) == 2


def test_words_of_one_meaning_are_one_group(app, actor):
    for nth in ROUNDS:
        add = partial(words.add_synonyms, [f"coat{nth}", f"mantle{nth}"], actor=actor)
        assert at_once(app, add, add) == ["done", "invalid"]

    assert count(SearchSynonym) == len(ROUNDS)


def test_a_code_belongs_to_one_promotion(app, owner, actor):
    first, second = promotion(owner), promotion(owner)

    for nth in ROUNDS:
        add = partial(promotions.add_code, label="", max_uses=None, actor=actor)
        calls = (partial(add, each, f"CODE{nth}") for each in (first, second))
        assert at_once(app, *calls) == ["done", "invalid"]


def test_a_group_has_a_name_of_its_own(app, owner):
    leader = owner.staff(Role.LEADER, staff(owner.merchant_id, "lea", Role.LEADER).id)

    for nth in ROUNDS:
        create = partial(groups.create, GroupWords(f"Stairs {nth}"), actor=leader)
        assert at_once(app, create, create) == ["done", "invalid"]


def test_a_collection_has_an_address_of_its_own(app, actor):
    for nth in ROUNDS:
        create = partial(collections.create, Words({"en": "Indigo"}, {}), f"c-{nth}", actor=actor)
        assert at_once(app, create, create) == ["done", "invalid"]


def test_collections_that_two_files_bring_are_there_once(app, actor):
    for nth in ROUNDS:
        bring = partial(collections.create_missing, [f"c-{nth}", f"d-{nth}"], actor=actor)
        assert at_once(app, bring, bring) == ["done", "done"]


def test_the_first_step_of_the_home_page_is_lost_to_nobody(app, actor):
    add = partial(arranging.add, Section("text"), seen=0, actor=actor)

    assert at_once(app, add, add) == ["arranged_meanwhile", "done"]
    assert len(home.draft().sections) == len(home.USUAL) + 1

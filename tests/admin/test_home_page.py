"""The home page is arranged step by step in a draft, looked at, published, and taken back."""

from __future__ import annotations

import re

import pytest

from app.shop import home
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk
from tests.storefront.counting import counted

USUAL = ["hero", "search", "new", "presales", "described", "sizes", "stores"]
WORDS = {"title-en": "Made to be mended", "title-zh": "值得修补", "text-en": "Twice.\nThrice.",
         "text-zh": ""}  # fmt: skip


@pytest.fixture
def house(app, clock):
    house = cast.house(clock.now)
    cast.autumn(clock.now)
    for _each in range(3):
        cast.piece(house, clock.now, collections=("autumn",))
    return house


@pytest.fixture
def olga(app, house):
    return clerk(app, house.merchant_id, "olga", Role.OWNER)


def kinds():
    return [section.kind for section in home.draft().sections]


def post(staff, path, **typed):
    seen = re.search(r'name="seen" value="(\d+)"', staff.get("/admin/home").text)
    assert seen is not None
    return staff.post(f"/admin/home{path}", {"seen": seen[1], **typed})


def test_sections_are_moved_taken_out_and_added_in_a_draft_only(olga, client):
    post(olga, "/sections/3/position", step="up")
    post(olga, "/sections/1/position", step="away")
    post(olga, "/sections", kind="stores")

    assert kinds() == ["new", "search", "presales", "described", "sizes", "stores", "stores"]
    assert [one.kind for one in home.published().sections] == USUAL
    assert "This is the draft" in olga.get("/preview").text
    assert "This is the draft" not in client.get("/?lang=en").text


def test_who_saw_a_step_that_was_taken_back_changes_nothing_of_what_came_after(olga):
    post(olga, "/sections/1/position", step="away")
    seen = home.draft().id
    post(olga, "", do="undo")
    post(olga, "/sections/2/position", step="away")
    after = kinds()

    late = olga.post("/admin/home/sections/1/position", {"seen": seen, "step": "away"})

    assert late.status_code == 409
    assert kinds() == after


def test_what_is_published_everybody_sees_and_each_step_is_taken_back(olga, client):
    made = post(olga, "/sections", kind="text")
    assert (
        post(olga, made.headers["Location"].removeprefix("/admin/home"), **WORDS).status_code == 303
    )
    assert "Made to be mended" in olga.get("/preview?lang=en").text
    assert "Made to be mended" not in client.get("/?lang=en").text

    post(olga, "", do="publish")
    text = client.get("/?lang=en").text
    assert "Made to be mended" in text
    assert "<p>Thrice.</p>" in text
    assert "值得修补" in client.get("/?lang=zh-Hans").text

    post(olga, "/sections/1/position", step="away")
    post(olga, "", do="undo")
    post(olga, "", do="undo")
    assert kinds() == [*USUAL, "text"]


def test_a_row_shows_its_collection_and_rows_cost_no_further_queries(olga, client, clock):
    before = counted(client, "/")
    for _each in range(2):
        made = post(olga, "/sections", kind="collection")
        here = made.headers["Location"].removeprefix("/admin/home")
        post(olga, here, slug="autumn", count="2")
    post(olga, "", do="publish")

    text = client.get("/?lang=en").text

    assert text.count('href="/c/autumn"') >= 3
    assert counted(client, "/") == before + 1


@pytest.mark.parametrize(
    ("kind", "typed", "field"),
    [
        ("text", {"title-en": "", "text-en": "x"}, "title-en"),
        ("collection", {"slug": "none-such"}, "slug"),
        ("new", {"count": "99"}, "count"),
        ("hero", {"number": "abc"}, "number"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(olga, kind, typed, field):
    made = post(olga, "/sections", kind=kind)
    here = made.headers["Location"].removeprefix("/admin/home")
    before = home.draft()

    answer = post(olga, here, **typed)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert home.draft() == before


def test_of_two_at_once_the_second_looks_again(olga):
    stale = {"seen": "0", "step": "away"}
    post(olga, "/sections", kind="stores")

    assert olga.post("/admin/home/sections/1/position", stale).status_code == 409
    assert kinds() == [*USUAL, "stores"]


def test_only_who_runs_the_shop_arranges_it(app, house, clock, client):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    nora = clerk(app, neighbour.merchant_id, "nora")

    for path in ("/admin/home", "/preview"):
        assert nora.get(path).status_code == 403
        assert client.get(path).status_code in {302, 303}
    assert nora.post("/admin/home", {"do": "publish", "seen": "0"}).status_code == 403

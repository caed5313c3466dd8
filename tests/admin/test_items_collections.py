"""Collections at the counter: words and order are the house's, members everybody's own."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.catalog.models import Collection, CollectionProduct, Product
from app.platform.db import db
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk
from tests.admin.items import text_of

WORDS = {
    "title-en": "Indigo at work", "title-zh": "靛蓝与工装", "description-en": "Blues.",
    "description-zh": "蓝。", "listed": "1",
}  # fmt: skip


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo", Role.EDITOR)


@pytest.fixture
def nora(app, house, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    return clerk(app, neighbour.merchant_id, "nora")


def slugs():
    return db.session.scalars(select(Collection.slug).order_by(Collection.position)).all()


def members():
    return db.session.scalars(select(CollectionProduct.product_id)).all()


def test_a_collection_has_words_in_both_languages_and_an_address(cleo, client):
    response = cleo.post("/admin/collections", WORDS)

    assert response.headers["Location"] == "/admin/collections/indigo-at-work"
    saved = db.session.scalars(select(Collection)).one()
    assert saved.title == {"en": "Indigo at work", "zh-Hans": "靛蓝与工装"}
    assert client.get("/c/indigo-at-work").status_code == 200


def test_the_filters_that_lead_are_chosen_once_each(cleo, client):
    chosen = {"leading-1": "grade", "leading-2": "grade", "leading-3": "none such"}
    cleo.post("/admin/collections", WORDS)

    cleo.post("/admin/collections/indigo-at-work", WORDS | chosen)

    assert db.session.scalars(select(Collection.leading)).one() == ["grade"]
    assert 'value="grade" selected' in cleo.get("/admin/collections/indigo-at-work").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title-en": "", "title-zh": ""}, "A title in at least one language."),
        ({"title-en": ""}, "Latin letters and digits, such as indigo-at-work."),
        ({"slug": "靛蓝", "title-en": ""}, "Latin letters and digits, such as indigo-at-work."),
        ({"title-en": "x" * 81}, "At most 80 characters."),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_lost(cleo, typed, sentence):
    response = cleo.post("/admin/collections", WORDS | typed)

    assert response.status_code == 422
    assert sentence in text_of(response)
    assert "Blues." in text_of(response)
    assert slugs() == []


def test_an_address_belongs_to_one(cleo):
    cleo.post("/admin/collections", WORDS)

    response = cleo.post(
        "/admin/collections", WORDS | {"title-en": "Other", "slug": "Indigo at Work"}
    )

    assert "Another collection has this address." in text_of(response)
    assert slugs() == ["indigo-at-work"]


def test_words_change_and_the_address_stays(cleo):
    cleo.post("/admin/collections", WORDS)

    cleo.post("/admin/collections/indigo-at-work", WORDS | {"title-en": "Blue", "listed": ""})

    saved = db.session.scalars(select(Collection).execution_options(populate_existing=True)).one()
    assert (saved.slug, saved.title["en"], saved.listed) == ("indigo-at-work", "Blue", False)


def test_buttons_change_their_order(cleo):
    for name in ("One", "Two", "Three"):
        cleo.post("/admin/collections", WORDS | {"title-en": name})
    assert slugs() == ["one", "two", "three"]

    cleo.post("/admin/collections/three/position", {"step": "up"})
    assert slugs() == ["one", "three", "two"]
    cleo.post("/admin/collections/one/position", {"step": "up"})
    cleo.post("/admin/collections/two/position", {"step": "down"})
    cleo.post("/admin/collections/two/position", {"step": "sideways"})
    assert slugs() == ["one", "three", "two"]


def test_items_go_in_by_number_and_out_by_button(house, cleo, clock):
    cleo.post("/admin/collections", WORDS)
    product_id = cast.product_of(cast.piece(house, clock.now, title={"en": "Blue coat"}))
    number = db.session.get_one(Product, product_id).number

    for _twice in range(2):
        response = cleo.post(
            "/admin/collections/indigo-at-work/members", {"number": f"№{number:04d}"}
        )
        assert response.status_code == 303
    assert members() == [product_id]
    assert "Blue coat" in cleo.read("/admin/collections/indigo-at-work")

    cleo.post(f"/admin/collections/indigo-at-work/members/{product_id}/removal")
    assert members() == []


@pytest.mark.parametrize("number", ["", "9999", "abc", "9" * 30])
def test_a_number_that_is_none_is_refused(cleo, number):
    cleo.post("/admin/collections", WORDS)

    response = cleo.post("/admin/collections/indigo-at-work/members", {"number": number})

    assert response.status_code == 422
    assert members() == []


def test_another_merchant_brings_its_own_and_changes_no_words(house, cleo, nora, clock):
    cleo.post("/admin/collections", WORDS)
    product_id = cast.product_of(cast.piece(house, clock.now, title={"en": "House coat"}))
    number = db.session.get_one(Product, product_id).number
    cleo.post("/admin/collections/indigo-at-work/members", {"number": number})

    page = nora.read("/admin/collections/indigo-at-work")
    assert "House coat" not in page
    assert nora.post("/admin/collections/indigo-at-work", WORDS).status_code == 403
    assert nora.post("/admin/collections", WORDS | {"title-en": "Mine"}).status_code == 403
    moved = nora.post("/admin/collections/indigo-at-work/position", {"step": "up"})
    assert moved.status_code == 403
    taken = nora.post("/admin/collections/indigo-at-work/members", {"number": number})
    assert taken.status_code == 422
    removal = f"/admin/collections/indigo-at-work/members/{product_id}/removal"
    assert nora.post(removal).status_code == 404
    assert (slugs(), members()) == (["indigo-at-work"], [product_id])


def test_an_unknown_collection_is_not_there(cleo):
    assert cleo.get("/admin/collections/nothing").status_code == 404
    assert cleo.post("/admin/collections/nothing", WORDS).status_code == 404
    assert cleo.post("/admin/collections/nothing/position", {"step": "up"}).status_code == 404


def test_whoever_changes_an_address_sees_where_the_old_one_leads(cleo, nora, client):
    cleo.post("/admin/collections", WORDS)
    taken = cleo.post("/admin/collections/indigo-at-work/address", {"slug": "靛蓝"})

    done = cleo.post("/admin/collections/indigo-at-work/address", {"slug": "blues"})
    foreign = nora.post("/admin/collections/blues/address", {"slug": "mine"})

    assert taken.status_code == 422
    assert 'id="slug-error"' in taken.text
    assert "/c/indigo-at-work" in text_of(cleo.get(done.location))
    assert client.get("/c/indigo-at-work").location == "/c/blues"
    assert foreign.status_code == 403

"""A page whose address changes is found at every address it had, in one step."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from app.catalog.commands import collections, products
from app.catalog.commands.collections import Words
from app.catalog.models import CollectionProduct, Product
from app.catalog.queries.drafts import draft_of
from app.platform.actor import SYSTEM
from app.platform.addresses.queries import former
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.outbox.commands import drain
from app.presale.commands import addressing, editing
from tests.cast import house, piece, product_of
from tests.conftest import MONDAY
from tests.presale import cast


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


def collection(slug):
    return collections.create(Words({"en": slug}, {}), slug, actor=SYSTEM, now=MONDAY)


def readdress(slug, to):
    return collections.readdress(slug, to, actor=SYSTEM, now=MONDAY)


def test_every_old_address_of_a_collection_leads_to_the_present_one(client, owner):
    collection("blues")
    readdress("blues", "Indigo!")
    readdress("indigo", "denim")

    for old in ("blues", "indigo"):
        answer = client.get(f"/c/{old}?sort=price_up")
        assert (answer.status_code, answer.location) == (301, "/c/denim?sort=price_up")
        assert answer.headers["Cache-Control"] == "public, no-cache"
    assert client.get("/c/denim").status_code == 200


def test_what_lives_at_an_address_wins_over_what_lived_there(client, owner):
    collection("blues")
    readdress("blues", "indigo")

    other = collection("blues")

    assert "<h1" in client.get("/c/blues").text
    assert [each.path for each in former("collection", 1)] == []
    readdress("indigo", "denim")
    readdress(other, "sky")
    assert client.get("/c/blues").location == "/c/sky"
    readdress("sky", "blues")
    assert client.get("/c/blues").status_code == 200
    assert client.get("/c/indigo").location == "/c/denim"


def test_an_address_somebody_has_is_not_given_away(client, owner):
    collection("blues")
    collection("indigo")

    with pytest.raises(Invalid) as refused:
        readdress("blues", "indigo")

    assert refused.value.errors.keys() == {"slug"}
    assert client.get("/c/blues").status_code == 200


def test_a_presale_is_found_at_its_old_address_and_takes_forms_there(client, owner):
    campaign = cast.campaign(owner, MONDAY)
    old = campaign.slug
    addressing.readdress(campaign.id, "wool coat", actor=owner.staff(), now=MONDAY)

    answer = client.get(f"/pre/{old}")

    assert (answer.status_code, answer.location) == (301, "/pre/wool-coat")
    assert client.get(f"/pre/{old}/mine").status_code == 200
    assert client.post(f"/pre/{old}/joins", data={}).status_code == 422


def test_a_draft_takes_no_address_from_a_presale_people_see(client, owner):
    first = cast.campaign(owner, MONDAY)
    old = first.slug
    addressing.readdress(first.id, "moved", actor=owner.staff(), now=MONDAY)
    wish = cast.draft(cast.shirt(owner, MONDAY), MONDAY, slug=old)
    draft = editing.create(wish, actor=owner.staff(), now=MONDAY)

    assert client.get(f"/pre/{old}").location == "/pre/moved"
    editing.publish(draft, actor=owner.staff(), now=MONDAY)
    assert client.get(f"/pre/{old}").status_code == 200


def test_the_old_addresses_of_a_piece_are_kept_once_people_have_seen_them(client, owner):
    product_id = product_of(piece(owner, MONDAY, title={"en": "Denim jacket"}))
    product = db.session.get_one(Product, product_id)
    draft = draft_of(product)

    for title in ("Work jacket", "Chore coat"):
        renamed = replace(draft, title={"en": title})
        products.change(product_id, renamed, actor=SYSTEM, now=MONDAY)

    paths = [each.path for each in former("product", product_id)]
    assert sorted(paths) == [
        f"/i/{product.number:04d}-{name}" for name in ("denim-jacket", "work-jacket")
    ]
    for path in paths:
        answer = client.get(f"{path}?unit=in")
        assert answer.location == f"/i/{product.number:04d}-chore-coat?unit=in"


def test_search_and_product_files_know_a_collection_by_any_address(client, owner):
    collection("blues")
    product_id = product_of(piece(owner, MONDAY))
    draft = replace(draft_of(db.session.get_one(Product, product_id)), collections=("blues",))
    products.change(product_id, draft, actor=SYSTEM, now=MONDAY)
    while drain():
        pass

    readdress("blues", "indigo")
    while drain():
        pass
    products.change(product_id, draft, actor=SYSTEM, now=MONDAY)
    collections.create_missing(["blues"], actor=SYSTEM, now=MONDAY)

    assert client.get("/c/blues").location == "/c/indigo"
    assert db.session.scalars(select(CollectionProduct.product_id)).all() == [product_id]
    assert "Test jacket" in client.get("/search?q=jacket&in=indigo&lang=en").text

"""Items at the counter: the list and its views, who sees what, and what is changed in place."""

from __future__ import annotations

from io import BytesIO

import pytest

from app.catalog.commands import editing, products
from app.catalog.models import Piece, ProductState
from app.catalog.queries.drafts import draft_of
from app.platform.actor import SYSTEM
from app.platform.db import db
from app.shop.models import Role
from tests import cast
from tests.admin.counter import HTMX, clerk
from tests.admin.forms import form_on
from tests.admin.items import row, sell, send, variant_of
from tests.catalog.drafts import images_of
from tests.catalog.goods import photograph


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo")


@pytest.fixture
def piece(house, clock):
    return cast.product_of(cast.piece(house, clock.now))


def test_views_hold_what_they_say(house, cleo, clock):
    ids = {
        name: cast.product_of(cast.piece(house, clock.now, title={"en": f"The {name} one"}))
        for name in ("live", "draft", "sold", "archived")
    }
    products.withdraw(ids["draft"], ProductState.DRAFT, actor=SYSTEM, now=clock.now)
    products.withdraw(ids["archived"], ProductState.ARCHIVED, actor=SYSTEM, now=clock.now)
    sell(variant_of(ids["sold"]).id, clock)

    for name in ids:
        page = cleo.read(f"/admin/items?view={name}")
        assert [other for other in ids if f"The {other} one" in page] == [name]
    everything = cleo.read("/admin/items")
    assert all(f"The {name} one" in everything for name in ids)
    assert '<span class="count">4</span>' in everything


@pytest.mark.parametrize(
    "asked", ["夹克", "test JACK", "Testmade", "{sku}", "№{number}", "{number:04d}"]
)
def test_items_are_found_by_title_brand_sku_and_number(house, cleo, clock, asked):
    cast.piece(house, clock.now, title={"en": "Silk scarf", "zh-Hans": "丝巾"})
    wanted = cast.product_of(
        cast.piece(house, clock.now, title={"en": "Test jacket", "zh-Hans": "测试夹克"})
    )
    text = asked.format(number=row(wanted).number, sku=variant_of(wanted).sku)

    page = cleo.read(f"/admin/items?q={text}")

    assert "Test jacket" in page
    if asked != "Testmade":
        assert "Silk scarf" not in page


def test_a_search_without_an_answer_says_so(cleo, piece):
    assert "No item fits “nothing like it”" in cleo.read("/admin/items?q=nothing like it")


def test_the_list_goes_on_by_key(house, cleo, clock):
    ids = [cast.product_of(cast.piece(house, clock.now)) for _nth in range(3)]
    newest = row(ids[-1]).number

    page = cleo.read(f"/admin/items?after={newest}")

    assert f"№ {newest:04d}" not in page
    assert f"№ {newest - 1:04d}" in page


def test_another_merchants_staff_see_and_touch_nothing(app, house, piece, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    nora = clerk(app, neighbour.merchant_id, "nora")
    version = row(piece).version

    assert "No items yet" in nora.read("/admin/items")
    assert "No item fits “jacket”" in nora.read("/admin/items?q=jacket")
    for path in ("", "/price"):
        assert nora.get(f"/admin/items/{piece}{path}").status_code == 404
        assert nora.post(f"/admin/items/{piece}{path}", {"price": "1"}).status_code == 404
    assert nora.post(f"/admin/items/{piece}/visibility", {"state": "draft"}).status_code == 404
    assert (row(piece).version, row(piece).state) == (version, ProductState.LIVE)


def test_readers_look_and_change_nothing(app, house, piece):
    reader = clerk(app, house.merchant_id, "rita", Role.READONLY)

    page = reader.read(f"/admin/items/{piece}")

    assert "Your role may look, not change." in page
    assert 'class="field-set" disabled' in page
    typed = form_on(page, "item")
    assert send(reader, piece, {**typed, "brand": "x"}).status_code == 403
    assert reader.get("/admin/items/new").status_code == 403
    assert row(piece).brand == "Testmade"


def test_packers_have_no_items(app, house, piece):
    packer = clerk(app, house.merchant_id, "paul", Role.FULFILMENT)

    assert packer.get("/admin/items").status_code == 403
    assert packer.get(f"/admin/items/{piece}").status_code == 403


def test_the_price_is_changed_in_the_list(cleo, piece):
    cell = cleo.client.get(f"/admin/items/{piece}/price", headers=HTMX).get_data(as_text=True)
    assert cell.count("<form") == 1

    wrong = cleo.post(
        f"/admin/items/{piece}/price", {"price": "?", "version": row(piece).version}, htmx=True
    )
    assert wrong.status_code == 422
    assert 'value="?"' in wrong.get_data(as_text=True)

    changed = cleo.post(
        f"/admin/items/{piece}/price", {"price": "990", "version": row(piece).version}, htmx=True
    )
    assert changed.status_code == 200
    assert "¥990" in changed.get_data(as_text=True)
    assert variant_of(piece).price == 99000


def test_a_price_changed_meanwhile_is_shown_first(cleo, piece, house, clock):
    version = row(piece).version
    editing.reprice(piece, 50000, version=version, actor=house.staff(), now=clock.now)

    response = cleo.post(f"/admin/items/{piece}/price", {"price": "990", "version": version})

    assert response.status_code == 409
    assert variant_of(piece).price == 50000


def test_visibility_is_changed_in_the_list(cleo, piece):
    here = "/admin/items?view=live"

    response = cleo.post(f"/admin/items/{piece}/visibility", {"state": "draft", "next": here})

    assert (response.status_code, response.headers["Location"]) == (303, here)
    assert row(piece).state == ProductState.DRAFT


def test_an_incomplete_item_is_led_to_its_editor(cleo, house):
    created = cleo.post("/admin/items", {"kind": "piece", "key": "k" * 20}).headers["Location"]

    response = cleo.post(f"{created}/visibility", {"state": "live", "next": "//evil.example"})

    assert response.headers["Location"] == created
    assert "Before this can go live" in cleo.read(created)


def test_a_new_item_begins_with_photographs_and_a_title(cleo, house):
    response = cleo.client.post(
        "/admin/items",
        data={
            "csrf_token": cleo.token,
            "key": "k" * 20,
            "kind": "piece",
            "title-zh": "外套",
            "photos": [
                (BytesIO(photograph(10)), "a.jpg"),
                (BytesIO(photograph(99)), "b.jpg"),
                (BytesIO(b"no picture"), "c.heic"),
            ],
        },
    )

    assert response.status_code == 303
    page = cleo.read(response.headers["Location"])
    assert "c.heic: This file cannot be read as a picture." in page
    product_id = int(response.headers["Location"].rpartition("/")[2])
    assert (len(images_of(draft_of(row(product_id)))), row(product_id).title) == (
        2,
        {"zh-Hans": "外套"},
    )
    assert db.session.get(Piece, product_id) is not None

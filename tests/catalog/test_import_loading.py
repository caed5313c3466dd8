"""A product file taken in: what becomes of it, twice, half-way, and beside what is here already."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.catalog.commands import products, stock
from app.catalog.commands.importing import Verb
from app.catalog.commands.stock import MovementReason, Wanted
from app.catalog.models import (
    Media,
    Product,
    ProductImage,
    ProductState,
    Stock,
    StockMovement,
    Variant,
)
from app.catalog.queries.drafts import draft_of
from app.platform.actor import SYSTEM
from app.platform.db import db
from tests import cast
from tests.catalog.goods import DATA, SAMPLE, bring, file_of, jacket, product, variants, web


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


def on_hand(variant_id):
    return db.session.scalar(select(func.sum(Stock.on_hand)).where(Stock.variant_id == variant_id))


def rows_of_everything():
    tables = (Product, Variant, Media, ProductImage, Stock, StockMovement)
    return {t.__tablename__: db.session.scalar(select(func.count()).select_from(t)) for t in tables}


def sell_one(variant_id, clock):
    until = clock.now + timedelta(minutes=10)
    stock.reserve("checkout:9", [Wanted(variant_id, 1)], until=until, now=clock.now)
    stock.sell("checkout:9", reference="SOLD1", now=clock.now)


def test_the_sample_export_sells(house, client, clock):
    work = bring(house.merchant_id, clock.now, folder=DATA)

    with SAMPLE.open("rb") as stream:
        report = work.load(stream)

    assert report.counts == {Verb.CREATE: 8, Verb.REFUSED: 1}
    trousers = product("worker-trousers")
    assert trousers.state == ProductState.LIVE
    page = client.get(f"/i/{trousers.number:04d}-{trousers.slug}").get_data(as_text=True)
    assert "Worker trousers, new stock" in page
    assert "Cut from a 1950s pattern." in page
    assert "459.50" in page
    variant = variants("worker-trousers")["WP-S-IN-R"]
    assert (variant.price, variant.weight_g, on_hand(variant.id)) == (45900, 640, 3)
    bought = client.post("/checkout", data={"variant": str(variant.id)})
    assert bought.status_code == 303
    assert "Worker trousers" in client.get("/checkout").get_data(as_text=True)


def test_it_says_which_row_was_refused_and_why(house, clock):
    with SAMPLE.open("rb") as stream:
        report = bring(house.merchant_id, clock.now, folder=DATA).load(stream)

    assert [(e.row, e.column, e.message) for e in report.errors] == [
        (16, "Gift Card", "Gift cards cannot be sold here.")
    ]
    assert (
        db.session.scalar(select(Product).where(Product.source_key == "shopify:gift-card")) is None
    )


def test_a_second_run_changes_nothing(house, clock):
    with SAMPLE.open("rb") as stream:
        bring(house.merchant_id, clock.now, folder=DATA).load(stream)
        before, version = rows_of_everything(), product("worker-trousers").version
        clock.advance(hours=1)

        report = bring(house.merchant_id, clock.now, folder=DATA).load(stream)

    assert report.counts == {Verb.UNCHANGED: 8, Verb.REFUSED: 1}
    assert rows_of_everything() == before
    assert product("worker-trousers").version == version


def test_looking_writes_nothing_and_foretells_what_loading_does(house, clock):
    before = rows_of_everything()
    found = web()
    work = bring(house.merchant_id, clock.now, found)

    foreseen = work.look_into(file_of(jacket()))

    assert foreseen.counts == {Verb.CREATE: 1}
    assert (foreseen.waiting, found.asked) == (1, [])
    assert rows_of_everything() == before
    assert work.load(file_of(jacket())).counts == foreseen.counts
    assert work.look_into(file_of(jacket())).counts == {Verb.UNCHANGED: 1}


def test_another_merchants_sku_is_another_matter(house, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    bring(neighbour.merchant_id, clock.now, web()).load(file_of(jacket()))
    theirs = variants()["J-1"]

    report = bring(house.merchant_id, clock.now, web()).load(
        file_of(jacket(Handle="my-jacket", Variant_Price="990.00"))
    )

    assert report.counts == {Verb.CREATE: 1}
    assert variants("my-jacket")["J-1"].price == 99000
    db.session.refresh(theirs)
    assert (theirs.price, theirs.merchant_id) == (128000, neighbour.merchant_id)


def test_a_sku_of_another_own_product_is_refused_in_its_row(house, clock):
    cast.piece(house, clock.now)
    taken = db.session.scalars(select(Variant.sku)).one()

    report = bring(house.merchant_id, clock.now, web()).load(
        file_of(jacket(Variant_SKU=taken), jacket(Handle="other", Title="Other", Variant_SKU="O-1"))
    )

    assert report.counts == {Verb.CREATE: 1, Verb.REFUSED: 1}
    assert [(e.row, e.column) for e in report.errors] == [(2, "Variant SKU")]
    assert taken in report.errors[0].message


def test_what_was_sold_here_is_not_put_back_by_the_same_file(house, clock):
    bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))
    variant_id = variants()["J-1"].id
    sell_one(variant_id, clock)

    report = bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))

    assert report.counts == {Verb.UNCHANGED: 1}
    assert on_hand(variant_id) == 0


def test_a_new_figure_in_the_file_is_taken(house, clock):
    bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))
    variant_id = variants()["J-1"].id

    report = bring(house.merchant_id, clock.now, web()).load(
        file_of(jacket(Variant_Inventory_Qty="4"))
    )

    assert report.outcomes[0].changed == ("stock",)
    assert on_hand(variant_id) == 4


def test_fewer_than_are_promised_is_said_and_tried_again(house, clock):
    bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))
    variant_id = variants()["J-1"].id
    until = clock.now + timedelta(hours=1)
    stock.reserve("order:7", [Wanted(variant_id, 1)], until=until, now=clock.now)
    none_left = file_of(jacket(Variant_Inventory_Qty="0"))

    report = bring(house.merchant_id, clock.now, web()).load(none_left)
    assert "more units are promised" in report.outcomes[0].notes[0]
    assert on_hand(variant_id) == 1

    stock.release("order:7")
    bring(house.merchant_id, clock.now, web()).load(none_left)
    assert on_hand(variant_id) == 0


def test_the_file_wins_over_an_edit_and_says_so(house, clock):
    bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))
    edited = replace(
        draft_of(product()),
        title={"en": "Edited here", "zh-Hans": "牛仔夹克"},
        material={"en": "cotton"},
        collections=None,
    )
    products.change(product().id, edited, actor=SYSTEM, now=clock.now)

    report = bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))

    assert report.outcomes[0].changed == ("title",)
    assert "edited here since the last import; the file wins" in report.outcomes[0].notes[0]
    assert product().title == {"en": "Denim jacket", "zh-Hans": "牛仔夹克"}
    assert product().material == {"en": "cotton"}


def test_what_was_withdrawn_here_stays_withdrawn(house, clock):
    bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))
    products.withdraw(product().id, ProductState.DRAFT, actor=SYSTEM, now=clock.now)

    report = bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))

    assert product().state == ProductState.DRAFT
    assert "that stays" in report.outcomes[0].notes[0]


@pytest.mark.parametrize(
    ("said", "published", "state"),
    [
        ("active", "true", ProductState.LIVE),
        ("active", "false", ProductState.DRAFT),
        ("draft", "true", ProductState.DRAFT),
        ("archived", "true", ProductState.ARCHIVED),
    ],
)
def test_states_are_taken_over(house, clock, said, published, state):
    row = {**jacket(Status=said), "Published": published}

    bring(house.merchant_id, clock.now, web()).load(file_of(row))

    assert product().state == state


def test_a_variant_that_left_the_file_leaves_the_shop(house, clock):
    small = {**jacket(Option1_Name="Size", Option1_Value="S"), "Variant SKU": "J-S"}
    large = {**small, "Option1 Value": "L", "Variant SKU": "J-L", "Image Src": ""}
    bring(house.merchant_id, clock.now, web()).load(file_of(small, large))
    assert set(variants()) == {"J-S", "J-L"}

    bring(house.merchant_id, clock.now, web()).load(file_of(small))

    assert set(variants()) == {"J-S"}


def test_a_refused_row_takes_no_variant_from_the_shop(house, clock):
    small = {**jacket(Option1_Name="Size", Option1_Value="S"), "Variant SKU": "J-S"}
    large = {**small, "Option1 Value": "L", "Variant SKU": "J-L", "Image Src": ""}
    bring(house.merchant_id, clock.now, web()).load(file_of(small, large))

    report = bring(house.merchant_id, clock.now, web()).load(
        file_of(small, {**large, "Variant Price": "a lot"})
    )

    assert [(e.row, e.column) for e in report.errors] == [(3, "Variant Price")]
    assert set(variants()) == {"J-S", "J-L"}


def test_one_product_that_cannot_be_taken_stops_no_other(house, clock):
    bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))

    report = bring(house.merchant_id, clock.now, web()).load(
        file_of(
            jacket(Variant_Price="0.00"),
            jacket(Handle="other", Title="Other", Variant_SKU="O-1"),
        )
    )

    assert report.counts == {Verb.CREATE: 1, Verb.REFUSED: 1}
    assert "above zero" in report.errors[0].message
    assert variants()["J-1"].price == 128000


def test_markup_in_a_file_is_only_text_on_the_page(house, client, clock):
    evil = '<script>alert("x")</script>"><img src=x onerror=alert(1)>'

    bring(house.merchant_id, clock.now, web()).load(
        file_of(
            {
                **jacket(Title=evil, Vendor=evil, Image_Alt_Text=evil),
                "Body (HTML)": f"<p>before</p>{evil}<p onclick='alert(1)'>after</p>",
            }
        )
    )

    found = product()
    page = client.get(f"/i/{found.number:04d}-{found.slug}?lang=en").get_data(as_text=True)
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "&lt;script&gt;alert" in page
    assert found.story["en"].startswith("before")
    assert "alert" not in found.story["en"]


def test_was_prices_that_are_none_are_dropped(house, clock):
    bring(house.merchant_id, clock.now, web()).load(
        file_of(
            jacket(Variant_Compare_At_Price="1280.00"),
            jacket(Handle="b", Title="B", Variant_SKU="B", Variant_Compare_At_Price="1480.00"),
        )
    )

    assert variants()["J-1"].compare_at is None
    assert variants("b")["B"].compare_at == 148000


def test_reasons_are_received_first_and_corrected_later(house, clock):
    bring(house.merchant_id, clock.now, web()).load(file_of(jacket()))
    bring(house.merchant_id, clock.now, web()).load(file_of(jacket(Variant_Inventory_Qty="3")))

    moved = db.session.execute(
        select(StockMovement.change, StockMovement.reason).order_by(StockMovement.id)
    ).all()

    assert [tuple(row) for row in moved] == [
        (1, MovementReason.RECEIVED),
        (2, MovementReason.CORRECTED),
    ]

"""WooCommerce's product export: variations joined, sales dated, refused clearly."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.catalog.commands.importing import Verb
from app.catalog.commands.importing.formats import Circumstances, open_products
from app.catalog.importing.records import ImportedProduct, ImportedStatus, RowError
from app.catalog.models import Product, ProductState
from app.catalog.queries.drafts import draft_of
from app.platform.db import db
from app.platform.i18n import speaking
from app.platform.money import Money
from tests import cast
from tests.catalog.goods import bring, web

SAMPLE = Path(__file__).parent.parent / "data" / "woocommerce_export.csv"
NOW = datetime(2026, 11, 23, tzinfo=UTC)
COAT = {"ID": "1", "Type": "simple", "SKU": "C-1", "Name": "Coat", "Regular price": "10"}


def read(stream, now=NOW):
    file = open_products(stream)
    assert file.format.vocabulary.system == "WooCommerce"
    found = list(file.read(Circumstances("CNY", now)))
    products = [one for one in found if isinstance(one, ImportedProduct)]
    return products, [one for one in found if isinstance(one, RowError)]


def file_of(*rows):
    names = list(dict.fromkeys([*COAT, "Parent", *(name for row in rows for name in row)]))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


@pytest.fixture(scope="module")
def sample():
    with SAMPLE.open("rb") as stream:
        products, errors = read(stream)
    return {product.handle: product for product in products}, errors


def test_every_product_of_the_sample_is_read_once(sample):
    products, _errors = sample

    assert list(products) == ["101", "202", "301", "302", "402"]
    assert {product.source for product in products.values()} == {"woocommerce"}


def test_a_simple_product_keeps_its_facts(sample):
    coat = sample[0]["101"]
    (variant,) = coat.variants

    assert coat.title == 'Chore coat, "bleu de travail"'
    assert coat.body_html.startswith("<p>-40 % of its colour is left.</p>")
    assert "Moleskin.\nWashed often." in coat.body_html
    assert "script" not in coat.body_html
    assert (coat.vendor, coat.category) == ("Le Laboureur", "Clothing > Jackets")
    assert [image.source.text[-5] for image in coat.images] == ["1", "2"]
    assert (coat.options, variant.options) == ((), ())
    assert (variant.weight_grams, variant.quantity) == (1250, 1)


def test_variations_join_their_parent_wherever_they_stand(sample):
    shirt = sample[0]["202"]

    assert shirt.options == ("Size", "Colour")
    assert [variant.options for variant in shirt.variants] == [
        ("S", "White, undyed"),
        ("M", "Indigo"),
    ]
    assert [variant.sku_is_derived for variant in shirt.variants] == [False, True]
    assert [variant.weight_grams for variant in shirt.variants] == [300, 310]
    assert [image.source.text for image in shirt.images] == [
        "https://shop.example/shirt.jpg",
        "https://shop.example/shirt-indigo.jpg",
    ]


def test_a_sale_price_is_the_price_only_while_the_sale_lasts(sample):
    (coat,) = sample[0]["101"].variants
    over = sample[0]["202"].variants[1]

    assert (coat.price, coat.compare_at) == (Money(98000, "CNY"), Money(128000, "CNY"))
    assert (over.price, over.compare_at) == (Money(42050, "CNY"), None)


def test_what_is_not_shown_there_is_a_draft_here(sample):
    products, _errors = sample

    assert products["301"].status is ImportedStatus.DRAFT
    assert not products["302"].is_published
    assert products["101"].is_published


def test_stock_that_is_not_counted_is_not_nought(sample):
    products, _errors = sample

    assert products["301"].variants[0].quantity == 0
    assert products["402"].variants[0].quantity is None
    assert products["202"].variants[1].quantity is None


def test_what_cannot_be_sold_here_is_named_by_row_and_column(sample):
    _products, errors = sample

    assert [(error.row, error.column) for error in errors] == [
        (6, "Published"),
        (9, "Type"),
        (11, "Parent"),
    ]


@pytest.mark.parametrize(
    ("unit", "text", "grams"),
    [("g", "950", 950), ("kg", ".5", 500), ("lbs", "1", 454), ("oz", "3.5", 99)],
)
def test_weights_are_grams_whatever_the_unit(unit, text, grams):
    (product,), errors = read(file_of({**COAT, f"Weight ({unit})": text}))

    assert errors == []
    assert product.variants[0].weight_grams == grams


SIZED = {"Attribute 1 name": "Size", "Attribute 1 value(s)": "S"}
PARENT = {"ID": "9", "Type": "variable", "SKU": "P", "Name": "Shirt"}


@pytest.mark.parametrize(
    ("rows", "row", "column"),
    [
        ([{**COAT, "Regular price": ""}], 2, "Regular price"),
        ([{**COAT, "Regular price": "a lot"}], 2, "Regular price"),
        ([{**COAT, "Sale price": "less"}], 2, "Sale price"),
        ([{**COAT, "Date sale price ends": "soon", "Sale price": "9"}], 2, "Date sale price ends"),
        ([{**COAT, "Name": ""}], 2, "Name"),
        ([{**COAT, "ID": "", "SKU": ""}], 2, "ID"),
        ([{**COAT, "Published": "yes!"}], 2, "Published"),
        ([{**COAT, "Stock": "many"}], 2, "Stock"),
        ([{**COAT, "In stock?": "perhaps"}], 2, "In stock?"),
        ([{**COAT, "Weight (kg)": "heavy"}], 2, "Weight (kg)"),
        ([{**COAT, "Type": "external"}], 2, "Type"),
        ([PARENT], 2, "Type"),
        ([COAT, {**COAT, "ID": "2", "Name": "Other"}], 3, "SKU"),
        ([COAT, {**COAT, "SKU": "C-2", "Name": "Other"}], 3, "ID"),
        (
            [
                {**PARENT, **SIZED},
                {"Type": "variation", "Parent": "P", "SKU": "P-S", "Regular price": "1", **SIZED},
                {"Type": "variation", "Parent": "p", "SKU": "P-T", "Regular price": "1", **SIZED},
            ],
            4,
            "Attribute 1 value(s)",
        ),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column_in_either_language(rows, row, column):
    _products, errors = read(file_of(*rows))

    assert [(error.row, error.column, error.is_left_out) for error in errors] == [
        (row, column, True)
    ]
    with speaking("zh-Hans"):
        _products, errors = read(file_of(*rows))
    assert not errors[0].message.isascii()


def test_the_sample_moves_in_and_twice_is_once(app, clock):
    house = cast.house(clock.now)
    work = bring(house.merchant_id, clock.now, web())

    with SAMPLE.open("rb") as stream:
        first = work.load(stream)
        second = bring(house.merchant_id, clock.now, web()).load(stream)

    assert first.counts == {Verb.CREATE: 5, Verb.REFUSED: 3}
    assert second.counts == {Verb.UNCHANGED: 5, Verb.REFUSED: 3}
    shirt = db.session.query(Product).filter_by(source_key="woocommerce:202").one()
    draft = draft_of(shirt)
    assert (draft.garment, draft.option_names) == ("top", ("Size", "Colour"))
    assert [variant.price for variant in draft.variants] == [42050, 42050]
    assert shirt.state == ProductState.DRAFT  # its photographs cannot be had

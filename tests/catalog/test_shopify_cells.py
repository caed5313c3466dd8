"""SKUs, prices, stock and weights of Shopify's export: exact, or named by row and column."""

from __future__ import annotations

import io

import pytest

from app.catalog.importing.records import (
    RowError,
)
from app.catalog.importing.variants import derived_sku
from app.platform.i18n import speaking
from app.platform.money import Money
from tests.catalog.shopify import JACKET, file_of, jacket, only_product, read


def test_a_missing_sku_is_derived_from_handle_and_options_alone():
    rows = [
        {"Handle": "tee", "Title": "Tee", "Option1 Name": "Size", "Option1 Value": "S"},
        {"Handle": "tee", "Option1 Value": "M"},
    ]
    first = only_product(*({**row, "Variant Price": "9"} for row in rows))
    turned = [{**rows[0], "Option1 Value": "M"}, {**rows[1], "Option1 Value": "S"}]
    other_price = only_product(*({**row, "Variant Price": "12"} for row in turned))

    assert {variant.options: variant.sku for variant in first.variants} == {
        variant.options: variant.sku for variant in other_price.variants
    }
    assert first.variants[0].sku == derived_sku("tee", ("S",)) == "TEE-1EE907D2"


def test_a_sku_used_twice_is_reported_and_the_first_kept():
    products, errors = read(
        file_of(jacket(), jacket(Handle="coat", Title="Coat", Variant_SKU="j-1"))
    )

    assert [product.handle for product in products] == ["jacket"]
    assert errors == [RowError(3, "Variant SKU", "The same SKU as in row 2.")]


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("19.99", "CNY", 1999),
        ("0.10", "CNY", 10),
        ("1280", "CNY", 128000),
        ("1,280.50", "CNY", 128050),
        ("19.990", "CNY", 1999),
        ("0.00", "CNY", 0),
        ("999999999999.99", "CNY", 99999999999999),
        ("500", "JPY", 500),
        ("500.00", "JPY", 500),
        ("1.234", "KWD", 1234),
    ],
)
def test_money_is_exact(text, currency, minor):
    products, errors = read(file_of(jacket(Variant_Price=text)), currency)

    assert errors == []
    assert products[0].variants[0].price == Money(minor, currency)


@pytest.mark.parametrize(
    "text", ["19,99", "19.999", "-1", "abc", "1e3", "NaN", "1.2.3", "9" * 30, "1280.00 USD"]
)
def test_what_is_not_a_price_is_reported(text):
    products, errors = read(file_of(jacket(Variant_Price=text)))

    assert products == []
    assert [(error.row, error.column) for error in errors] == [(2, "Variant Price")]
    assert text[:40] in errors[0].message


@pytest.mark.parametrize(
    ("text", "grams"), [("950", 950), ("453.592", 454), ("453.4", 453), ("0", 0), ("0.5", 1)]
)
def test_weights_are_whole_grams(text, grams):
    assert only_product(jacket(Variant_Grams=text)).variants[0].weight_grams == grams


def test_fewer_than_none_is_read_as_none_and_said():
    products, errors = read(file_of(jacket(Variant_Inventory_Qty="-3")))

    assert products[0].variants[0].quantity == 0
    assert errors == [
        RowError(2, "Variant Inventory Qty", "Fewer than none in stock; read as 0.", False)
    ]


def test_a_file_without_quantities_leaves_the_stock_open():
    assert only_product(jacket(Variant_Inventory_Qty="")).variants[0].quantity is None


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("Variant Inventory Qty", "many"),
        ("Variant Inventory Qty", "1.5"),
        ("Variant Inventory Qty", "9999999999"),
        ("Variant Grams", "heavy"),
        ("Variant Grams", "-5"),
        ("Variant Compare At Price", "old"),
        ("Cost per item", "?"),
        ("Variant Inventory Policy", "maybe"),
        ("Variant Requires Shipping", "perhaps"),
        ("Variant Taxable", "x"),
        ("Variant Barcode", "1" * 300),
        ("Variant SKU", "S" * 300),
        ("Status", "sold"),
        ("Published", "soon"),
        ("Gift Card", "why"),
        ("Title", "T" * 300),
        ("Title", ""),
        ("Variant Price", ""),
    ],
)
def test_a_bad_cell_is_named_by_row_and_column_and_stops_nothing_else(column, text):
    good = jacket(Handle="coat", Title="Coat", Variant_SKU="C-1")

    products, errors = read(file_of({**JACKET, column: text}, good))

    assert [product.handle for product in products] == ["coat"]
    assert [(error.row, error.column, error.is_left_out) for error in errors] == [(2, column, True)]
    with speaking("zh-Hans"):
        _products, errors = read(file_of({**JACKET, column: text}, good))
    assert not errors[0].message.isascii()


def test_a_bad_variant_leaves_the_others_of_its_product():
    rows = [
        {**JACKET, "Option1 Name": "Size", "Option1 Value": "S", "Variant SKU": "J-S"},
        {"Handle": "jacket", "Option1 Value": "M", "Variant SKU": "J-M", "Variant Price": "x"},
        {"Handle": "jacket", "Option1 Value": "L", "Variant SKU": "J-L", "Variant Price": "1280"},
    ]

    products, errors = read(file_of(*rows))

    assert [variant.sku for variant in products[0].variants] == ["J-S", "J-L"]
    assert [(error.row, error.column) for error in errors] == [(3, "Variant Price")]


def test_every_bad_cell_of_a_row_is_named_at_once():
    _products, errors = read(
        file_of(jacket(Variant_Price="x", Variant_Grams="y", Variant_Inventory_Qty="z"))
    )

    assert {error.column for error in errors} == {
        "Variant Price",
        "Variant Grams",
        "Variant Inventory Qty",
    }


def test_the_column_is_named_as_the_file_spells_it():
    text = "URL handle,Title,Price\njacket,Jacket,dear\n"

    _products, errors = read(io.BytesIO(text.encode()))

    assert [(error.row, error.column) for error in errors] == [(2, "Price")]

"""Which rows of Shopify's export make one product, with which options and pictures."""

from __future__ import annotations

import pytest

from app.catalog.importing.records import (
    RowError,
)
from tests.catalog.shopify import JACKET, file_of, jacket, only_error, only_product, read


def test_an_option_without_a_name_is_reported():
    rows = {**JACKET, "Option1 Name": "", "Option2 Name": "Colour", "Option2 Value": "Red"}

    assert (only_error(rows).row, only_error(rows).column) == (2, "Option1 Name")


def test_a_missing_option_value_is_reported_with_its_name():
    error = only_error(jacket(Option1_Name="Size", Option1_Value=""))

    assert error == RowError(2, "Option1 Value", "The value of “Size” is missing.")


def test_a_value_without_an_option_is_reported():
    error = only_error({**JACKET, "Option2 Value": "Red"})

    assert (error.row, error.column) == (2, "Option2 Value")


def test_the_same_options_twice_are_reported():
    again = {
        "Handle": "jacket",
        "Option1 Value": "Default Title",
        "Variant SKU": "J-2",
        "Variant Price": "1",
    }

    error = only_error(jacket(), again)

    assert error == RowError(3, "Option1 Value", "The same options as in row 2.")


def test_an_option_called_title_with_real_values_is_an_option():
    second = {
        "Handle": "jacket",
        "Option1 Value": "Vol. 2",
        "Variant SKU": "J-2",
        "Variant Price": "1",
    }

    product = only_product(jacket(Option1_Value="Vol. 1"), second)

    assert product.options == ("Title",)


def test_another_title_under_the_same_handle_is_another_product_and_reported():
    products, errors = read(file_of(jacket(), jacket(Title="Something else", Variant_SKU="X-1")))

    assert [product.title for product in products] == ["Jacket"]
    assert errors == [RowError(3, "Handle", "The handle belongs to another product, in row 2.")]


@pytest.mark.parametrize("handle", ["", "two words", "a/b", "../x", "a" * 256, "<b>"])
def test_a_handle_that_cannot_be_an_address_is_reported(handle):
    error = only_error(jacket(Handle=handle))

    assert (error.row, error.column) == (2, "Handle")


def test_handles_are_one_regardless_of_case():
    more = {"Handle": "Jacket", "Image Src": "https://example.com/a.jpg"}

    assert len(only_product(jacket(), more).images) == 1


def test_a_product_of_pictures_only_is_reported():
    error = only_error({"Handle": "x", "Title": "X", "Image Src": "https://example.com/a.jpg"})

    assert (error.row, error.column) == (2, "Variant Price")


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("https://example.com/a.jpg", "https://example.com/a.jpg"),
        ("//cdn.example.com/a.jpg?v=1", "https://cdn.example.com/a.jpg?v=1"),
        ("photos/夹克 1.jpg", "photos/夹克 1.jpg"),
    ],
)
def test_pictures_are_addresses_or_files_beside_this_one(text, source):
    (picture,) = only_product(jacket(Image_Src=text)).images

    assert picture.source.text == source


@pytest.mark.parametrize(
    "text",
    [
        "../secret.jpg",
        "a/../../b.jpg",
        "/etc/passwd",
        "~/a.jpg",
        "C:\\a.jpg",
        "a\\b.jpg",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "javascript:alert(1)",
        "ftp://example.com/a.jpg",
        "https:///nohost.jpg",
        "https://exa mple.com/a.jpg",
        "http://[::1/a.jpg",
        "https://example.com/" + "a" * 2100,
    ],
)
def test_any_other_picture_is_reported_and_the_product_kept(text):
    products, errors = read(file_of(jacket(Image_Src=text)))

    assert products[0].images == ()
    assert [(error.row, error.column, error.is_left_out) for error in errors] == [
        (2, "Image Src", False)
    ]


def test_positions_order_the_pictures_and_a_bad_one_falls_back_to_the_row():
    rows = [
        jacket(Image_Src="https://example.com/2.jpg", Image_Position="2"),
        {"Handle": "jacket", "Image Src": "https://example.com/1.jpg", "Image Position": "1"},
        {"Handle": "jacket", "Image Src": "https://example.com/3.jpg", "Image Position": "last"},
        {"Handle": "jacket", "Image Src": "https://example.com/1.jpg", "Image Position": "9"},
    ]

    products, errors = read(file_of(*rows))

    assert [picture.source.text[-5] for picture in products[0].images] == ["1", "2", "3"]
    assert [(error.row, error.column) for error in errors] == [(4, "Image Position")]

"""Shopify's product export, written row by row for the tests that read it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from app.catalog.importing.records import (
    ImportedProduct,
    RowError,
)
from app.catalog.importing.shopify import read_products

DATA = Path(__file__).parent.parent / "data"
SAMPLE = DATA / "shopify_export.csv"
JACKET = {
    "Handle": "jacket",
    "Title": "Jacket",
    "Option1 Name": "Title",
    "Option1 Value": "Default Title",
    "Variant SKU": "J-1",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "1",
    "Variant Price": "1280.00",
}


def file_of(*rows: dict[str, str], columns: tuple[str, ...] = ()) -> io.BytesIO:
    """A CSV of these rows under every column that any of them, or the caller, names."""
    names = list(dict.fromkeys([*JACKET, *columns, *(name for row in rows for name in row)]))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, restval="", quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode())


def jacket(**changes: str) -> dict[str, str]:
    return {**JACKET, **{name.replace("_", " "): value for name, value in changes.items()}}


def read(stream, currency: str = "CNY") -> tuple[list[ImportedProduct], list[RowError]]:
    found = list(read_products(stream, currency=currency))
    products = [one for one in found if isinstance(one, ImportedProduct)]
    return products, [one for one in found if isinstance(one, RowError)]


def only_product(*rows: dict[str, str]) -> ImportedProduct:
    products, errors = read(file_of(*rows))
    assert errors == []
    (product,) = products
    return product


def only_error(*rows: dict[str, str]) -> RowError:
    _products, errors = read(file_of(*rows))
    (error,) = errors
    return error


def read_sample() -> dict[str, ImportedProduct]:
    """The products of the sample by handle."""
    with SAMPLE.open("rb") as stream:
        products, errors = read(stream)
    assert errors == []
    return {product.handle: product for product in products}

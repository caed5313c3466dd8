"""Whole files called Shopify's: told apart, read in bounded memory, refused in one sentence."""

from __future__ import annotations

import csv
import io
import re
import tracemalloc
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalog.importing import files
from app.catalog.importing.columns import Column
from app.catalog.importing.records import (
    UnreadableFile,
)
from app.catalog.importing.shopify import read_products
from app.platform.i18n import speaking
from tests.catalog.shopify import SAMPLE, file_of, jacket, only_product, read

HEADER = "Handle,Title,Variant Price\n"
WRONG_FILES = {
    "nothing": (b"", "empty"),
    "a BOM alone": (b"\xef\xbb\xbf\n", "empty"),
    "an Excel workbook": (b"PK\x03\x04" + b"\x00" * 100, "Excel"),
    "an old Excel workbook": (b"\xd0\xcf\x11\xe0" + b"\x00" * 100, "Excel"),
    "broken UTF-16": (HEADER.encode("utf-16") + b"\x00\xd8", "not UTF-16"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not a text file"),
    "half a Chinese character": (
        "Handle,Title,Variant Price\na,复古夹克,1\nb,夹".encode("gbk")[:-1],
        "Line 2",
    ),
    "UTF-8 cut short": (
        ("Handle,Title,Variant Price\n" + "a,复古夹克,1\n" * 9 + "b,夹").encode()[:-1],
        "Line 11",
    ),
    "other columns in GBK": ("名称,标题,价格\n".encode("gbk"), "“Handle” is missing"),
    "Latin-1": ("Handle,Title,Variant Price\na,Café ,1\n".encode("latin-1"), "Line 2"),
    "a web page": (b"<!doctype html><html><body>Log in</body></html>", "“Handle” is missing"),
    "JSON": (b'{"products": []}', "“Handle” is missing"),
    "another table": (b"Name,Email\nAda,ada@example.com\n", "“Handle” is missing"),
    "no titles": (b"Handle,Variant Price\na,1\n", "“Title” is missing"),
    "an inventory export": (b"Handle,Title,SKU,Available\na,A,S,1\n", "“Variant Price” is missing"),
    "a column twice": (b"Handle,Title,Variant Price,Title\n", "occurs twice"),
    "an open quotation mark": (HEADER.encode() + b'a,"A,1\nb,B,2\n', "never closed"),
    "a stray quotation mark": (HEADER.encode() + b'a,"A"x,1\n', "wrong place"),
    "old Mac lines": (b"Handle,Title,Variant Price\ra,A,1\rb,B,2\r", "old Macs"),
    "a million columns": (HEADER.encode() + b"," * 1_000_000 + b"\n", "more than 1000 columns"),
    "a huge header": (b"a," * 400_000 + b"\n", "more than 1000 columns"),
    "a huge line": (HEADER.encode() + b"a" * 2_000_000, "longer than 1 MB"),
    "a huge cell": (HEADER.encode() + b'a,"' + b"x\n" * 600_000 + b'",1\n', "more than 1 MB"),
}


@pytest.mark.parametrize("kind", WRONG_FILES)
def test_a_wrong_file_is_told_by_one_sentence_in_either_language(kind):
    content, sentence = WRONG_FILES[kind]

    with pytest.raises(UnreadableFile) as refused:
        read_products(io.BytesIO(content), currency="CNY")
    assert sentence in refused.value.message
    english = refused.value.message
    with speaking("zh-Hans"):
        assert re.search(r"[一-鿿]", refused.value.message)
        assert refused.value.message != english


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 1024 * 1024)

    with pytest.raises(UnreadableFile) as refused:
        read_products(io.BytesIO(HEADER.encode() + b"\n" * 1024 * 1024), currency="CNY")
    assert "larger than 1 MB" in refused.value.message


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(files, "MAX_RECORDS", 3)

    with pytest.raises(UnreadableFile, match="unreadable_file") as refused:
        read_products(io.BytesIO(HEADER.encode() + b"a,A,1\n" * 4), currency="CNY")
    assert "more than 3 rows" in refused.value.message


def test_a_file_that_breaks_at_its_end_hands_nothing_out():
    content = SAMPLE.read_bytes() + b'x,"never closed\n'

    with pytest.raises(UnreadableFile) as refused:
        read_products(io.BytesIO(content), currency="CNY")
    assert "Row 22" in refused.value.message


def test_a_header_alone_is_no_products_and_no_error():
    assert read(io.BytesIO(HEADER.encode())) == ([], [])


def test_blank_rows_and_short_rows_are_read_over():
    text = "Handle,Title,Variant Price,Variant SKU\n\n,,,\na,A,1\n"

    products, errors = read(io.BytesIO(text.encode()))

    assert errors == []
    assert [(product.handle, product.row) for product in products] == [("a", 4)]


def test_a_row_with_more_cells_than_columns_is_reported():
    text = "Handle,Title,Variant Price\na,A,1,280.00\nb,B,2,,\n"

    products, errors = read(io.BytesIO(text.encode()))

    assert [product.handle for product in products] == ["b"]
    assert [(error.row, error.column) for error in errors] == [(2, "")]


def test_invisible_characters_are_dropped():
    product = only_product(jacket(Title="Ja\x1bck\x07et\ufeff", Variant_SKU="J\x0b-1"))

    assert (product.title, product.variants[0].sku) == ("Jacket", "J-1")


def test_the_stream_stays_open_for_its_owner():
    stream = file_of(jacket())

    read(stream)

    assert not stream.closed


def test_memory_does_not_grow_with_the_file(tmp_path):
    """Three thousand products of 5 KB each take no more room than a few of them."""
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Handle", "Title", "Body (HTML)", "Variant Price"])
        writer.writerows([f"p-{n}", "T", "<p>" + "word " * 1000, "1"] for n in range(3000))

    tracemalloc.start()
    with path.open("rb") as stream:
        count = sum(1 for _product in read_products(stream, currency="CNY"))
        _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert count == 3000
    assert path.stat().st_size > 15_000_000
    assert peak < 4_000_000


def test_products_come_before_the_file_is_read_to_its_end():
    stream = io.BytesIO(file_of(*numbered_jackets(2000)).getvalue())
    products = read_products(stream, currency="CNY")

    next(products)

    assert stream.tell() < 20_000


def numbered_jackets(count: int) -> Iterator[dict[str, str]]:
    for number in range(count):
        yield jacket(Handle=f"j-{number}", Variant_SKU=f"J-{number}")


@given(content=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    with suppress(UnreadableFile):
        list(read_products(io.BytesIO(content), currency="CNY"))


@given(
    rows=st.lists(
        st.dictionaries(
            st.sampled_from([column.value for column in Column]),
            st.text(st.characters(exclude_characters="\x00", codec="utf-8"), max_size=30)
            | st.sampled_from(["jacket", "1", "-1", "true", "Title", "L"]),
            max_size=12,
        ),
        max_size=6,
    )
)
@settings(max_examples=200)
def test_any_cells_give_products_or_problems_in_known_places(rows):
    stream = file_of(*rows, columns=tuple(column.value for column in Column))

    products, errors = read(stream)

    assert all(2 <= error.row <= len(rows) + 1 and error.message for error in errors)
    assert all(product.variants and product.title for product in products)
    skus = [variant.sku.lower() for product in products for variant in product.variants]
    assert len(skus) == len(set(skus))

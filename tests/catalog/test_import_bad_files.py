"""Whatever system wrote it: a file that is broken, also on purpose, is refused in words, without
filling the memory.
"""

from __future__ import annotations

import io
import re
import tracemalloc
from contextlib import closing
from datetime import UTC, datetime

import pytest
import xlsxwriter

from app.catalog.commands.importing.formats import Circumstances, open_products
from app.catalog.importing.records import UnreadableFile
from app.platform.i18n import speaking

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MOST_HELD = 48 * 1024 * 1024
HEADS = {
    "Vitrine": ("key", "title:en", "sku", "price"),
    "Shopify": ("Handle", "Title", "Variant SKU", "Variant Price"),
    "WooCommerce": ("ID", "Name", "SKU", "Regular price", "Type"),
}
BROKEN: dict[str, tuple[str | int, str]] = {
    "another encoding": ("{head}\n{row}é\n", "neither UTF-8"),
    "a delimiter nobody uses": ("{carets}\n", "None of the columns"),
    "cut off in a cell": ('{head}\n{row}\n"half', "never closed"),
    "a quotation mark in a cell": ('{head}\na,"b"c,d\n', "wrong place"),
    "a million columns": ("{head}{million}", "more than 1000"),
    "thousands of columns": ("{head}{thousands}", "more than 1000"),
    "a row of thousands": ("{head}\n{thousands}", "more than 1000"),
    "a line without an end": ("{head}\n{million}{million}", "1 MB"),
    "a program": ("\x7fELF\x02\x01\x01" + "\x00" * 600, "not a text file"),
    "nothing": ("\r\n \r\n", "empty"),
    "half a workbook": (-300, "broken"),
    "a workbook of thousands of columns": (",x" * 5000, "more than 1000"),
}
"""As text around a header and a row; a number or a comma at the beginning means a workbook."""


def broken(kind: str, columns: tuple[str, ...]) -> bytes:
    template, _sentence = BROKEN[kind]
    head, row = ",".join(columns), ",".join("1" for _column in columns)
    if isinstance(template, int):
        return book(head, row)[:template]
    if template.startswith(","):
        return book(head + template, row)
    text = template.format(
        head=head, row=row, carets=head.replace(",", "^"), thousands="," * 5000,
        million="," * 1_000_000,
    )  # fmt: skip
    return text.encode("latin-1")


def book(head: str, row: str) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, head.split(","))
        sheet.write_row(1, 0, row.split(","))
    return target.getvalue()


def refusal(content: bytes) -> str:
    """What is said of the file when all of it is read."""
    try:
        file = open_products(io.BytesIO(content))
        with closing(file.table):
            found = list(file.read(Circumstances("CNY", NOW)))
    except UnreadableFile as refused:
        return str(refused.message)
    raise AssertionError(found)


@pytest.mark.parametrize("system", HEADS)
@pytest.mark.parametrize("kind", BROKEN)
def test_a_bad_file_is_refused_in_both_languages_without_filling_the_memory(system, kind):
    content = broken(kind, HEADS[system])

    tracemalloc.start()
    said = refusal(content)
    _held, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    with speaking("zh-Hans"):
        chinese = refusal(content)

    assert BROKEN[kind][1] in said
    assert re.search("[一-鿿]{2}", chinese)
    assert most < MOST_HELD

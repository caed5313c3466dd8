"""Read Shopify's product CSV as its admin exports it: many records per product, joined by handle.

The first record of a product carries its own facts and those of its first variant and first
picture; further records carry one more variant, one more picture, or both. Records of one handle
need not stand together, so the file is read twice: once to see where each product ends, once to
hand every product out as soon as it is complete. Only unfinished products are in memory.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from app.catalog.importing.columns import NAMES, SHOPIFY, Column
from app.catalog.importing.files import Table, open_table
from app.catalog.importing.product import ProductBuilder
from app.catalog.importing.records import ImportedProduct, RowError
from app.catalog.importing.rows import Row, read_rows
from app.platform.i18n import gettext as _

MAX_HANDLE = 255
# Shopify stops at 2 048 variants and 250 pictures.
MAX_ROWS_OF_A_PRODUCT = 2500
_HANDLE = re.compile(r"[^\s/\\?#%&\"'<>]+")


def read_products(stream: BinaryIO, *, currency: str) -> Iterator[ImportedProduct | RowError]:
    """Every product, the problems of its rows before it; a problem stops nothing else.

    `stream` is a seekable binary file. Raises UnreadableFile at once, before anything is handed
    out, when the file as a whole is not such an export.
    """
    return read_table(open_table(stream, NAMES.__contains__), currency=currency)


def read_table(table: Table, *, currency: str) -> Iterator[ImportedProduct | RowError]:
    """The same of a table that is open already."""
    ends: dict[str, int] = {}
    for row in read_rows(table, SHOPIFY):
        ends[_handle(row)] = row.number
    return _products(table, ends, ProductBuilder(currency))


def _products(
    table: Table, ends: dict[str, int], builder: ProductBuilder
) -> Iterator[ImportedProduct | RowError]:
    unfinished: dict[str, list[Row]] = {}
    for row in read_rows(table, SHOPIFY):
        handle = _handle(row)
        problem = _refused(row, handle, len(unfinished.get(handle, ())))
        if problem:
            yield problem
        else:
            unfinished.setdefault(handle, []).append(row)
        if ends[handle] == row.number and handle in unfinished:
            yield from builder.build(handle, unfinished.pop(handle))


def _handle(row: Row) -> str:
    return row.text(Column.HANDLE).lower()


def _refused(row: Row, handle: str, rows_so_far: int) -> RowError | None:
    """What makes a record unusable before anything in it is looked at."""
    overflow = row.overflow()
    if overflow:
        return overflow
    column = row.spelled(Column.HANDLE)
    if not handle:
        return RowError(row.number, column, _("The handle is missing."))
    if len(handle) > MAX_HANDLE or not _HANDLE.fullmatch(handle):
        return RowError(row.number, column, _("Not a handle: letters, digits and hyphens only."))
    if rows_so_far >= MAX_ROWS_OF_A_PRODUCT:
        message = _("A product has at most %(most)s rows.", most=MAX_ROWS_OF_A_PRODUCT)
        return RowError(row.number, column, message)
    return None

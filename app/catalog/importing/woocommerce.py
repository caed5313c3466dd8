"""Read WooCommerce's product CSV as its exporter writes it: one row a product, one row a variation.

A variation names its parent by SKU or as `id:12`, and may stand anywhere, also before it. So the
file is read twice: once to see what belongs together and where it ends, once to hand it out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from app.catalog.importing.cells import CellReader
from app.catalog.importing.files import Table
from app.catalog.importing.records import ImportedProduct, RowError
from app.catalog.importing.rows import Row, read_rows
from app.catalog.importing.woo_cells import unescaped
from app.catalog.importing.woo_columns import WOOCOMMERCE, Woo
from app.catalog.importing.woo_product import VARIATION, WooBuilder
from app.platform.i18n import gettext as _

MAX_HANDLE = 200
MAX_ROWS_OF_A_PRODUCT = 2500
BY_ID = "id:"


def read_table(
    table: Table, *, currency: str, now: datetime
) -> Iterator[ImportedProduct | RowError]:
    """Every product, the problems of its rows before it. Raises UnreadableFile."""
    handles: dict[str, str] = {}
    for row in read_rows(table, WOOCOMMERCE):
        sku = row.text(Woo.SKU)
        if sku and not _is_variation(row):
            handles.setdefault(sku.lower(), _own_handle(row))
    ends = {_handle(row, handles): row.number for row in read_rows(table, WOOCOMMERCE)}
    return _products(table, handles, ends, currency, WooBuilder(now))


def _products(
    table: Table, handles: dict[str, str], ends: dict[str, int], currency: str, builder: WooBuilder
) -> Iterator[ImportedProduct | RowError]:
    unfinished: dict[str, list[CellReader]] = {}
    for row in read_rows(table, WOOCOMMERCE):
        handle = _handle(row, handles)
        problem = _refused(row, handle, len(unfinished.get(handle, ())))
        if problem:
            yield problem
        else:
            plain = {column: unescaped(cell) for column, cell in row.cells.items()}
            reader = CellReader(replace(row, cells=plain), currency)
            unfinished.setdefault(handle, []).append(reader)
        if ends[handle] == row.number and handle in unfinished:
            yield from builder.build(handle, unfinished.pop(handle))


def _is_variation(row: Row) -> bool:
    return VARIATION in row.text(Woo.TYPE).lower()


def _handle(row: Row, handles: dict[str, str]) -> str:
    """What ties a row to its product; empty when nothing does."""
    if not _is_variation(row):
        return _own_handle(row)
    parent = row.text(Woo.PARENT).lower()
    if parent.startswith(BY_ID):
        return parent.removeprefix(BY_ID).strip()
    return handles.get(parent, parent)


def _own_handle(row: Row) -> str:
    return (row.text(Woo.ID) or row.text(Woo.SKU)).lower()


def _refused(row: Row, handle: str, rows_so_far: int) -> RowError | None:
    overflow = row.overflow()
    if overflow:
        return overflow
    if not handle:
        column = Woo.PARENT if _is_variation(row) else Woo.ID
        message = _("Nothing tells which product this is: no ID, no SKU, no parent.")
        return RowError(row.number, row.spelled(column), message)
    if len(handle) > MAX_HANDLE:
        message = _("Longer than %(most)s characters.", most=MAX_HANDLE)
        return RowError(row.number, row.spelled(Woo.ID), message)
    if rows_so_far >= MAX_ROWS_OF_A_PRODUCT:
        message = _("A product has at most %(most)s rows.", most=MAX_ROWS_OF_A_PRODUCT)
        return RowError(row.number, row.spelled(Woo.ID), message)
    return None

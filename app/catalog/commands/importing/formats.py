"""Which system wrote a file: told by the names of its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from app.catalog.importing import shopify, woocommerce
from app.catalog.importing.columns import SHOPIFY
from app.catalog.importing.files import Table, open_table
from app.catalog.importing.records import ImportedProduct, RowError, UnreadableFile
from app.catalog.importing.rows import Vocabulary, columns_at
from app.catalog.importing.woo_columns import WOOCOMMERCE
from app.catalog.own_file import reading
from app.catalog.own_file.vocabulary import OWN
from app.catalog.own_file.whole import WholeProduct
from app.platform.i18n import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a reader must know that no file says."""

    currency: str
    now: datetime


Read = Callable[[Table, Circumstances], Iterator[ImportedProduct | WholeProduct | RowError]]


@dataclass(frozen=True, slots=True)
class Format:
    vocabulary: Vocabulary
    read: Read


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column of the file, and what becomes of it here; nothing when it is read over."""

    name: str
    meaning: str


@dataclass(frozen=True, slots=True)
class ProductFile:
    """A table whose maker is known."""

    table: Table
    format: Format
    columns: tuple[ColumnUse, ...]

    def read(self, around: Circumstances) -> Iterator[ImportedProduct | WholeProduct | RowError]:
        """Every product, the problems of its rows before it. Raises UnreadableFile."""
        return self.format.read(self.table, around)


FORMATS = (
    Format(OWN, lambda table, around: reading.read_products(table, currency=around.currency)),
    Format(SHOPIFY, lambda table, around: shopify.read_table(table, currency=around.currency)),
    Format(
        WOOCOMMERCE,
        lambda table, around: woocommerce.read_table(
            table, currency=around.currency, now=around.now
        ),
    ),
)

EVERYDAY = frozenset((
    "barcode", "brand", "brands", "categories", "category", "description", "height", "id", "images",
    "length", "name", "position", "price", "sku", "status", "stock", "tags", "title", "type",
    "vendor", "weight", "width",
))  # fmt: skip
"""Names of columns that tell nothing of who made a table."""


def open_products(stream: BinaryIO) -> ProductFile:
    """The file, and how it is to be read. Raises UnreadableFile."""
    table = open_table(stream, _is_known)
    try:
        return _recognised(table, table.names())
    except BaseException:
        table.close()
        raise


def _recognised(table: Table, names: list[str]) -> ProductFile:
    possible = [one for one in FORMATS if one.vocabulary is OWN or _is_of(one.vocabulary, names)]
    chosen = max(possible, key=lambda one: _likeness(one.vocabulary, names))
    if not _likeness(chosen.vocabulary, names)[0]:
        raise UnreadableFile(
            _(
                "None of the columns is known. Files of this shop, Shopify and WooCommerce are "
                "read, and tables with columns such as SKU, Title and Price."
            )
        )
    return ProductFile(table, chosen, tuple(_uses(chosen.vocabulary, names)))


def _is_known(name: str) -> bool:
    return any(one.vocabulary.column(name) is not None for one in FORMATS)


def _is_of(vocabulary: Vocabulary, names: list[str]) -> bool:
    """Whether a file is whole as that system's, or has a column that nobody else would call so."""
    known = {name.strip().lower(): vocabulary.column(name) for name in names}
    is_whole = set(vocabulary.required) <= set(known.values())
    return is_whole or any(column and name not in EVERYDAY for name, column in known.items())


def _likeness(vocabulary: Vocabulary, names: list[str]) -> tuple[int, bool]:
    """How many columns are known, and whether nothing that is needed is missing."""
    known = {vocabulary.column(name) for name in names} - {None}
    return len(known), set(vocabulary.required) <= known


def _uses(vocabulary: Vocabulary, names: list[str]) -> Iterator[ColumnUse]:
    columns = columns_at(names, vocabulary)
    for place, name in enumerate(names):
        column = columns.get(place)
        yield ColumnUse(name.strip(), str(vocabulary.meaning_of(column)) if column else "")

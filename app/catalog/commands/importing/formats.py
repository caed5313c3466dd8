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
from app.catalog.importing.rows import Vocabulary
from app.catalog.importing.woo_columns import WOOCOMMERCE
from app.catalog.own_file import reading
from app.catalog.own_file.columns import OWN
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


def open_products(stream: BinaryIO) -> ProductFile:
    """The file, and how it is to be read. Raises UnreadableFile."""
    table = open_table(stream, _is_known)
    try:
        return _recognised(table, table.names())
    except BaseException:
        table.close()
        raise


def _recognised(table: Table, names: list[str]) -> ProductFile:
    chosen = max(FORMATS, key=lambda one: _likeness(one.vocabulary, names))
    if not _likeness(chosen.vocabulary, names)[0]:
        raise UnreadableFile(
            _("None of the columns is known. Files of this shop, Shopify and WooCommerce are read.")
        )
    return ProductFile(table, chosen, tuple(_use(chosen.vocabulary, name) for name in names))


def _is_known(name: str) -> bool:
    return any(one.vocabulary.column(name) is not None for one in FORMATS)


def _likeness(vocabulary: Vocabulary, names: list[str]) -> tuple[int, bool]:
    """How many columns are known, and whether nothing that is needed is missing."""
    known = {vocabulary.column(name) for name in names} - {None}
    return len(known), set(vocabulary.required) <= known


def _use(vocabulary: Vocabulary, name: str) -> ColumnUse:
    column = vocabulary.column(name)
    return ColumnUse(name.strip(), str(vocabulary.meaning_of(column)) if column else "")

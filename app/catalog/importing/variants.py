"""The options of a product and the variants its records describe."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

from app.catalog.importing.cells import YES_OR_NO, CellReader
from app.catalog.importing.columns import OPTION_NAMES, OPTION_VALUES, Column
from app.catalog.importing.records import ImportedVariant
from app.platform.i18n import gettext as _

# Shopify gives a product without options one called “Title” with one value.
NO_OPTION, NO_VALUE = "Title", "Default Title"
OVERSELLS = {"continue": True, "deny": False, **YES_OR_NO}
VARIANT_CELLS = (*OPTION_VALUES, Column.SKU, Column.PRICE)


def read_options(readers: Sequence[CellReader], head: CellReader) -> tuple[str, ...]:
    """The names of up to three options; what is wrong with them is noted in the head record."""
    named = [
        next((reader for reader in readers if reader.row.text(column)), head)
        for column in OPTION_NAMES
    ]
    names = [reader.words(column) for reader, column in zip(named, OPTION_NAMES, strict=True)]
    while names and not names[-1]:
        names.pop()
    if "" in names:
        head.note(OPTION_NAMES[names.index("")], _("The name of this option is missing."))
    if len({name.lower() for name in names}) < len(names):
        head.note(Column.OPTION1_NAME, _("Two options have the same name."))
    return () if names == [NO_OPTION] and _has_one_value(readers) else tuple(names)


def derived_sku(handle: str, values: Sequence[str]) -> str:
    """A SKU for a variant that came without: always the same for the same handle and options."""
    digest = hashlib.sha256("\x1f".join((handle, *values)).encode()).hexdigest()
    return f"{handle[:24].strip('-')}-{digest[:8]}".upper()


class VariantReader:
    """Reads the variants of product after product; remembers only which SKU stood where."""

    def __init__(self) -> None:
        self._row_of_sku: dict[str, int] = {}

    def read(
        self, handle: str, readers: Sequence[CellReader], options: tuple[str, ...]
    ) -> Iterator[ImportedVariant]:
        """The variants that are right in every cell; the others are noted in their records."""
        row_of_values: dict[tuple[str, ...], int] = {}
        for reader in readers:
            if not any(reader.row.text(column) for column in VARIANT_CELLS):
                continue
            values = _values(reader, options)
            if values in row_of_values:
                message = _("The same options as in row %(row)s.", row=row_of_values[values])
                reader.note(Column.OPTION1_VALUE, message)
            sku = self._sku(reader) or derived_sku(handle, values)
            variant = _variant(reader, sku, values)
            if reader.is_usable:
                row_of_values[values] = self._row_of_sku[sku.lower()] = reader.row.number
                yield variant

    def _sku(self, reader: CellReader) -> str:
        sku = reader.code(Column.SKU)
        earlier = self._row_of_sku.get(sku.lower())
        if earlier:
            reader.note(Column.SKU, _("The same SKU as in row %(row)s.", row=earlier))
        return sku


def _variant(reader: CellReader, sku: str, values: tuple[str, ...]) -> ImportedVariant:
    return ImportedVariant(
        row=reader.row.number,
        sku=sku,
        sku_is_derived=not reader.row.text(Column.SKU),
        options=values,
        price=reader.required_price(Column.PRICE),
        compare_at=reader.price(Column.COMPARE_AT),
        cost=reader.price(Column.COST),
        quantity=_quantity(reader),
        may_oversell=reader.choice(Column.POLICY, OVERSELLS, empty=False),
        weight_grams=reader.grams(Column.GRAMS),
        barcode=reader.code(Column.BARCODE),
        needs_shipping=reader.choice(Column.SHIPPING, YES_OR_NO, empty=True),
        is_taxable=reader.choice(Column.TAXABLE, YES_OR_NO, empty=True),
        image=reader.image(Column.VARIANT_IMAGE),
    )


def _quantity(reader: CellReader) -> int | None:
    """None when the stock is not counted, or not in this file: shops with several locations export
    their quantities apart, and a missing number is not a nought.
    """
    quantity = reader.quantity(Column.QUANTITY)
    is_counted = reader.row.text(Column.TRACKER) or Column.TRACKER not in reader.row.header.places
    return quantity if is_counted and reader.row.text(Column.QUANTITY) else None


def _values(reader: CellReader, options: tuple[str, ...]) -> tuple[str, ...]:
    values = tuple(reader.words(column) for column in OPTION_VALUES)
    for place, column in enumerate(OPTION_VALUES):
        if place < len(options) and not values[place]:
            reader.note(column, _("The value of “%(name)s” is missing.", name=options[place]))
        if place >= len(options) and values[place] not in {"", NO_VALUE}:
            reader.note(column, _("This value belongs to no option."))
    return values[: len(options)]


def _has_one_value(readers: Sequence[CellReader]) -> bool:
    return {reader.row.text(Column.OPTION1_VALUE) for reader in readers} <= {"", NO_VALUE}

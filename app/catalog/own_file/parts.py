"""Read what each row of a product brings: a variant with its stock, a photograph, a fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.catalog.drafts import FaultDraft, VariantDraft
from app.catalog.importing.cells import YES_OR_NO, CellReader
from app.catalog.own_file import columns as c
from app.catalog.own_file.cells import Words, lines, words
from app.catalog.own_file.headings import currency_of
from app.catalog.own_file.whole import HERE, Picture, Units
from app.platform.i18n import LANGUAGES
from app.platform.i18n import gettext as _


class SkuRows:
    """Where each SKU of the file stands."""

    def __init__(self) -> None:
        self._row_of: dict[str, int] = {}

    def earlier(self, sku: str) -> int | None:
        return self._row_of.get(sku.casefold())

    def take(self, sku: str, row: int) -> None:
        self._row_of[sku.casefold()] = row


@dataclass
class Parts:
    variants: tuple[VariantDraft, ...] = ()
    pictures: tuple[Picture, ...] = ()
    faults: tuple[FaultDraft, ...] = ()
    stock: dict[str, dict[str, Units]] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    is_any_left_out: bool = False


def read_parts(readers: Sequence[CellReader], options: int, skus: SkuRows) -> Parts:
    """The variants that are right in every cell, all photographs and faults."""
    parts = Parts()
    found = (_picture(reader) for reader in readers)
    parts.pictures = tuple({picture.name: picture for picture in found if picture}.values())
    faults = [_fault(reader, len(parts.pictures)) for reader in readers]
    parts.faults = tuple(fault for fault in faults if fault)
    row_of_values: dict[tuple[str, ...], int] = {}
    for reader in readers:
        if reader.row.text(c.SKU):
            _take(parts, reader, options, skus, row_of_values)
        elif reader.row.text(c.PRICE):
            reader.note(c.SKU, _("The SKU is missing."))
            parts.is_any_left_out = True
    return parts


def _take(
    parts: Parts,
    reader: CellReader,
    options: int,
    skus: SkuRows,
    row_of_values: dict[tuple[str, ...], int],
) -> None:
    variant, stock = _variant(reader, options, skus), _stock(reader)
    _refuse_same_values(reader, variant, row_of_values)
    if not reader.is_usable:
        parts.is_any_left_out = True
        return
    skus.take(variant.sku, reader.row.number)
    parts.variants += (variant,)
    parts.rows[variant.sku] = reader.row.number
    parts.stock[variant.sku] = stock


def _variant(reader: CellReader, options: int, skus: SkuRows) -> VariantDraft:
    sku = reader.words(c.SKU)
    earlier = skus.earlier(sku)
    if earlier:
        reader.note(c.SKU, _("The same SKU as in row %(row)s.", row=earlier))
    price = reader.price(c.PRICE)
    if price is None and c.PRICE in reader.row.header.places and reader.is_usable:
        reader.note(c.PRICE, _("The price is missing."))
    before = reader.price(c.COMPARE_AT)
    if price and before and before <= price:
        reader.note(c.COMPARE_AT, _("The price before must be higher than the price."))
    _refuse_other_currency(reader, price.currency if price else "")
    for column, amount in ((c.PRICE, price), (c.COMPARE_AT, before)):
        if amount:
            _refuse_heading_of_other_currency(reader, column, amount.currency)
    return VariantDraft(
        sku=sku,
        price=price.minor if price else 0,
        compare_at=before.minor if before else None,
        weight_g=reader.grams(c.WEIGHT) or 0,
        options=_values(reader, options),
    )


def _refuse_other_currency(reader: CellReader, currency: str) -> None:
    said = reader.row.text(c.CURRENCY).upper()
    if said and currency and said != currency:
        reader.note(c.CURRENCY, _("This shop's prices are in %(currency)s.", currency=currency))


def _refuse_heading_of_other_currency(reader: CellReader, column: str, currency: str) -> None:
    """As in “List price (USD)”."""
    said = currency_of(reader.row.spelled(column))
    if said and said != currency:
        reader.note(column, _("This shop's prices are in %(currency)s.", currency=currency))


def _values(reader: CellReader, options: int) -> tuple[Words, ...]:
    values = [words(_texts(reader, value)) for value in c.VALUES]
    if c.OPTION_COLUMNS.isdisjoint(reader.row.header.places):
        while values and not values[-1]:
            values.pop()
        return tuple(values)
    for place, value in enumerate(values):
        column = c.spoken(c.VALUES[place])[0]
        if place < options and not value:
            reader.note(column, _("Which one is it?"))
        if place >= options and value:
            reader.note(column, _("This value belongs to no option."))
    return tuple(values[:options])


def _refuse_same_values(
    reader: CellReader, variant: VariantDraft, row_of_values: dict[tuple[str, ...], int]
) -> None:
    values = tuple(str(value) for value in variant.options)
    if values and values in row_of_values:
        message = _("The same options as in row %(row)s.", row=row_of_values[values])
        reader.note(c.spoken(c.VALUES[0])[0], message)
    row_of_values.setdefault(values, reader.row.number)


def _stock(reader: CellReader) -> dict[str, Units]:
    """Units by place; a place whose cell is empty says nothing."""
    found: dict[str, Units] = {}
    for column, text in reader.row.cells.items():
        place = column.removeprefix(c.STOCK)
        if place == column or not text:
            continue
        before = c.EXPORTED + place
        exported = reader.quantity(before) if reader.row.text(before) else None
        found[place] = Units(reader.quantity(column), exported)
    _refuse_other_sum(reader, found)
    return found


def _refuse_other_sum(reader: CellReader, stock: dict[str, Units]) -> None:
    """Beside places, what names no place is their sum; where it is not, one of them is wrong."""
    named = sum(units.on_hand for place, units in stock.items() if place != HERE)
    unnamed = stock.pop(HERE) if HERE in stock and len(stock) > 1 else None
    if unnamed and unnamed.on_hand != named:
        message = _("The places of this row have %(sum)s together.", sum=named)
        reader.note(c.HERE, message)


def _picture(reader: CellReader) -> Picture | None:
    source = reader.image(c.IMAGE)
    return Picture(source.text, _texts(reader, c.ALT)) if source else None


def _fault(reader: CellReader, pictures: int) -> FaultDraft | None:
    if not any(reader.row.text(column) for column in c.FAULTS):
        return None
    columns = {tag: f"{c.FAULT}:{tag}" for tag in LANGUAGES}
    described = {tag: lines(reader.row.text(column)) for tag, column in columns.items()}
    place = reader.place(c.FAULT_IMAGE)
    if place is not None and place > pictures:
        message = _("There is no photograph %(place)s.", place=place)
        reader.note(c.FAULT_IMAGE, message, leave_out=False)
        place = None
    return FaultDraft(
        place=_texts(reader, c.FAULT_PLACE),
        description={tag: text for tag, text in described.items() if text},
        image=None if place is None else place - 1,
        repaired=reader.choice(c.FAULT_REPAIRED, YES_OR_NO, empty=False),
    )


def _texts(reader: CellReader, name: str) -> dict[str, str]:
    found = {tag: reader.words(f"{name}:{tag}") for tag in LANGUAGES}
    return {tag: text for tag, text in found.items() if text}

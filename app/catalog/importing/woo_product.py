"""Make one product of a WooCommerce product's row and the rows of its variations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from app.catalog.importing.body import clean_body
from app.catalog.importing.cells import YES_OR_NO, CellReader
from app.catalog.importing.records import (
    ImageSource,
    ImportedImage,
    ImportedProduct,
    ImportedStatus,
    ImportedVariant,
    RowError,
)
from app.catalog.importing.variants import derived_sku
from app.catalog.importing.woo_cells import grams, listed, long_text, prices, quantity
from app.catalog.importing.woo_columns import Woo, attribute_name, attribute_values
from app.catalog.rules import MAX_OPTIONS
from app.platform.i18n import gettext as _

SOURCE = "woocommerce"
SIMPLE, VARIABLE, VARIATION = "simple", "variable", "variation"
NOT_SENT = frozenset(("virtual", "downloadable"))
KINDS = frozenset((SIMPLE, VARIABLE, VARIATION)) | NOT_SENT
PUBLISHED = {"1": ImportedStatus.ACTIVE, "0": ImportedStatus.DRAFT, "-1": ImportedStatus.DRAFT}
IN_STOCK = {**YES_OR_NO, "backorder": True, "onbackorder": True}
MOST_ATTRIBUTES = 30


def kinds_of(reader: CellReader) -> set[str]:
    return {part.lower() for part in listed(reader.row.text(Woo.TYPE))} or {SIMPLE}


class WooBuilder:
    """Builds product after product of one file; remembers only which SKU stood where."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._row_of_sku: dict[str, int] = {}

    def build(
        self, handle: str, readers: Sequence[CellReader]
    ) -> Iterator[ImportedProduct | RowError]:
        """The problems of the rows, then the product, unless nothing of it can be sold."""
        product = self._product(handle, readers)
        for reader in readers:
            yield from reader.problems
        if product:
            yield product

    def _product(self, handle: str, readers: Sequence[CellReader]) -> ImportedProduct | None:
        heads = [reader for reader in readers if VARIATION not in kinds_of(reader)]
        if not heads:
            for reader in readers:
                reader.note(Woo.PARENT, _("The product it belongs to is not in the file."))
            return None
        head, variations = heads[0], [reader for reader in readers if reader not in heads]
        for again in heads[1:]:
            message = _("The same product as in row %(row)s.", row=head.row.number)
            again.note(Woo.ID, message)
        title, status, is_shown = _facts(head)
        if not head.is_usable:
            return None
        attributes = _attributes(head, variations)
        rows = variations if VARIABLE in kinds_of(head) else [head]
        variants = tuple(self._variants(handle, rows, [number for number, _name in attributes]))
        if not variants:
            if all(reader.is_usable for reader in rows):
                head.note(Woo.TYPE, _("There is no variation that could be bought."))
            return None
        categories = listed(head.row.text(Woo.CATEGORIES))
        body = (clean_body(long_text(head.row.text(each))) for each in (Woo.SHORT, Woo.DESCRIPTION))
        return ImportedProduct(
            row=head.row.number,
            handle=handle,
            title=title,
            body_html="\n".join(part for part in body if part),
            vendor=next(iter(listed(head.row.text(Woo.BRANDS))), ""),
            category=categories[0] if categories else "",
            type="",
            tags=tuple(dict.fromkeys(listed(head.row.text(Woo.TAGS)))),
            status=status,
            is_published=is_shown,
            options=tuple(name for _number, name in attributes),
            variants=variants,
            images=_images([head, *variations]),
            source=SOURCE,
            sku_column=Woo.SKU,
        )

    def _variants(
        self, handle: str, readers: Sequence[CellReader], attributes: list[int]
    ) -> Iterator[ImportedVariant]:
        row_of_values: dict[tuple[str, ...], int] = {}
        for reader in readers:
            values = _values(reader, attributes)
            if values in row_of_values:
                message = _("The same options as in row %(row)s.", row=row_of_values[values])
                reader.note(attribute_values(attributes[0]) if attributes else Woo.ID, message)
            variant = self._variant(handle, reader, values)
            if reader.is_usable:
                row_of_values[values] = self._row_of_sku[variant.sku.lower()] = reader.row.number
                yield variant

    def _variant(self, handle: str, reader: CellReader, values: tuple[str, ...]) -> ImportedVariant:
        sku = reader.code(Woo.SKU)
        earlier = self._row_of_sku.get(sku.lower())
        if earlier:
            reader.note(Woo.SKU, _("The same SKU as in row %(row)s.", row=earlier))
        if reader.row.text(Woo.PUBLISHED) == "0" and VARIATION in kinds_of(reader):
            reader.note(Woo.PUBLISHED, _("It is switched off there."))
        price, before = prices(reader, self._now)
        return ImportedVariant(
            row=reader.row.number,
            sku=sku or derived_sku(handle, values),
            sku_is_derived=not sku,
            options=values,
            price=price,
            compare_at=before,
            quantity=quantity(reader, IN_STOCK),
            weight_grams=grams(reader),
            needs_shipping=not kinds_of(reader) & NOT_SENT,
        )


def _facts(head: CellReader) -> tuple[str, ImportedStatus, bool]:
    """Title, status, and whether it is shown at all."""
    title = head.words(Woo.NAME)
    if not title:
        head.note(Woo.NAME, _("The title is missing."))
    others = sorted(kinds_of(head) - KINDS)
    if others:
        text = ", ".join(others)[:40]
        head.note(Woo.TYPE, _("Products that are “%(text)s” cannot be sold here.", text=text))
    status = head.choice(Woo.PUBLISHED, PUBLISHED, empty=ImportedStatus.ACTIVE)
    return title, status, head.row.text(Woo.VISIBILITY).lower() != "hidden"


def _attributes(head: CellReader, variations: Sequence[CellReader]) -> list[tuple[int, str]]:
    """(number, name) of those in which variations differ."""
    found: list[tuple[int, str]] = []
    for number in range(1, MOST_ATTRIBUTES + 1):
        values = attribute_values(number)
        if not any(reader.row.text(values) for reader in variations):
            continue
        column = attribute_name(number)
        named = next((r for r in (head, *variations) if r.row.text(column)), head)
        name = named.words(column)
        if not name:
            head.note(column, _("The name of this option is missing."))
        found.append((number, name))
    if len(found) > MAX_OPTIONS:
        head.note(attribute_name(found[MAX_OPTIONS][0]), _("More than three options."))
    return found


def _values(reader: CellReader, attributes: list[int]) -> tuple[str, ...]:
    found: list[str] = []
    for number in attributes:
        column = attribute_values(number)
        value = next(iter(listed(reader.row.text(column))), "")
        if not value:
            name = reader.row.text(attribute_name(number)) or str(number)
            reader.note(column, _("The value of “%(name)s” is missing.", name=name[:40]))
        found.append(value)
    return tuple(found)


def _images(readers: Sequence[CellReader]) -> tuple[ImportedImage, ...]:
    """Every picture once, in the order of the file; those of variations come last."""
    sources: dict[ImageSource, None] = {}
    for reader in readers:
        for text in listed(reader.row.text(Woo.IMAGES)):
            source = reader.source(text, Woo.IMAGES)
            if source:
                sources[source] = None
    return tuple(ImportedImage(source, place) for place, source in enumerate(sources, start=1))

"""Make one product of the records that share its handle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.catalog.importing.body import clean_body
from app.catalog.importing.cells import YES_OR_NO, CellReader
from app.catalog.importing.columns import Column
from app.catalog.importing.records import (
    ImageSource,
    ImportedImage,
    ImportedProduct,
    ImportedStatus,
    ImportedVariant,
    RowError,
)
from app.catalog.importing.rows import Row
from app.catalog.importing.variants import VariantReader, read_options
from app.platform.i18n import gettext as _

# A product only those who have its address can see is a draft until somebody decides otherwise.
STATUSES: dict[str, ImportedStatus | None] = {
    **{status.value: status for status in ImportedStatus},
    "unlisted": ImportedStatus.DRAFT,
}


class ProductBuilder:
    """Builds product after product of one file."""

    def __init__(self, currency: str) -> None:
        self._currency = currency
        self._variants = VariantReader()

    def build(self, handle: str, rows: Sequence[Row]) -> Iterator[ImportedProduct | RowError]:
        """The problems of the rows, then the product, unless nothing of it can be sold."""
        readers = [CellReader(row, self._currency) for row in rows]
        product = self._product(handle, readers)
        for reader in readers:
            yield from reader.problems
        if product:
            yield product

    def _product(self, handle: str, readers: list[CellReader]) -> ImportedProduct | None:
        head = next((reader for reader in readers if reader.row.text(Column.TITLE)), readers[0])
        mine = [reader for reader in readers if _belongs(reader, head)]
        facts = _facts(head)
        options = read_options(mine, head)
        if not head.is_usable:
            return None
        variants = tuple(self._variants.read(handle, mine, options))
        if not variants:
            _explain(head, mine)
            return None
        return ImportedProduct(
            row=mine[0].row.number,
            handle=handle,
            title=facts.title,
            body_html=clean_body(head.row.text(Column.BODY)),
            vendor=head.cut(Column.VENDOR),
            category=head.cut(Column.CATEGORY),
            type=head.cut(Column.TYPE),
            tags=_tags(head.row.text(Column.TAGS)),
            status=facts.status,
            is_published=facts.is_published,
            options=options,
            variants=variants,
            images=_images(mine, variants),
            is_gift_card=facts.is_gift_card,
            seo_title=head.cut(Column.SEO_TITLE),
            seo_description=head.cut(Column.SEO_DESCRIPTION),
        )


@dataclass(frozen=True, slots=True)
class _Facts:
    """What must be right for the product to be read at all."""

    title: str
    status: ImportedStatus
    is_published: bool
    is_gift_card: bool


def _facts(head: CellReader) -> _Facts:
    title = head.words(Column.TITLE)
    if not title:
        head.note(Column.TITLE, _("The title is missing."))
    is_published = head.choice(Column.PUBLISHED, YES_OR_NO, empty=True)
    said = head.choice(Column.STATUS, STATUSES, empty=None)
    return _Facts(
        title=title,
        status=said or (ImportedStatus.ACTIVE if is_published else ImportedStatus.DRAFT),
        is_published=is_published,
        is_gift_card=head.choice(Column.GIFT_CARD, YES_OR_NO, empty=False),
    )


def _belongs(reader: CellReader, head: CellReader) -> bool:
    """Whether a record is of the same product, or of another that was given the same handle."""
    title = " ".join(reader.row.text(Column.TITLE).split())
    if title in {"", " ".join(head.row.text(Column.TITLE).split())}:
        return True
    message = _("The handle belongs to another product, in row %(row)s.", row=head.row.number)
    reader.note(Column.HANDLE, message)
    return False


def _explain(head: CellReader, readers: Sequence[CellReader]) -> None:
    """A product without a single variant says so, unless its variants already did."""
    if all(reader.is_usable for reader in readers):
        head.note(Column.PRICE, _("The price is missing."))


def _images(
    readers: Sequence[CellReader], variants: Sequence[ImportedVariant]
) -> tuple[ImportedImage, ...]:
    """Every picture once, by position, then by row; those only a variant names come last."""
    found: dict[ImageSource, tuple[int, str]] = {}
    for order, reader in enumerate(readers, start=1):
        source = reader.image(Column.IMAGE)
        if source:
            place = reader.place(Column.IMAGE_POSITION) or order
            found.setdefault(source, (place, reader.cut(Column.IMAGE_ALT)))
    ranked = sorted(found, key=lambda source: found[source][0])
    extra = [variant.image for variant in variants if variant.image]
    sources = dict.fromkeys([*ranked, *extra])
    return tuple(
        ImportedImage(source, position, found[source][1] if source in found else "")
        for position, source in enumerate(sources, start=1)
    )


def _tags(text: str) -> tuple[str, ...]:
    tags = (" ".join(tag.split()) for tag in text.split(","))
    return tuple(dict.fromkeys(tag for tag in tags if tag))

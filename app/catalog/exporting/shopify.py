"""Products as Shopify's CSV: a row for each variant and picture, joined by handle."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from app.catalog.drafts import VariantDraft
from app.catalog.exporting.speech import Speech, in_stock
from app.catalog.importing.columns import OPTION_NAMES, OPTION_VALUES, Column
from app.catalog.importing.variants import NO_OPTION, NO_VALUE
from app.catalog.models import ProductState
from app.catalog.own_file.whole import WholeProduct
from app.catalog.own_file.writing import Cells

FULFILMENT = "Variant Fulfillment Service"
HEADER: tuple[str, ...] = (
    Column.HANDLE, Column.TITLE, Column.BODY, Column.VENDOR, Column.TYPE, Column.TAGS,
    Column.PUBLISHED,
    *(column for pair in zip(OPTION_NAMES, OPTION_VALUES, strict=True) for column in pair),
    Column.SKU, Column.GRAMS, Column.TRACKER, Column.QUANTITY, Column.POLICY, FULFILMENT,
    Column.PRICE, Column.COMPARE_AT, Column.SHIPPING, Column.TAXABLE, Column.IMAGE,
    Column.IMAGE_POSITION, Column.IMAGE_ALT, Column.GIFT_CARD, Column.STATUS,
)  # fmt: skip
STATUSES = {
    ProductState.LIVE: "active",
    ProductState.DRAFT: "draft",
    ProductState.ARCHIVED: "archived",
}
YES, NO = "TRUE", "FALSE"


def rows_of(product: WholeProduct, speech: Speech) -> Iterator[Cells]:
    parts = zip_longest(product.draft.variants, product.pictures)
    for place, (variant, picture) in enumerate(parts, start=1):
        cells: Cells = {Column.HANDLE: handle_of(product)}
        if place == 1:
            cells |= _facts(product, speech)
        if variant:
            cells |= _variant(product, variant, speech)
        if picture:
            cells[Column.IMAGE] = speech.address(picture.name)
            cells[Column.IMAGE_POSITION] = str(place)
            cells[Column.IMAGE_ALT] = speech.text(picture.alt)
        yield cells


def handle_of(product: WholeProduct) -> str:
    """The one it came with, or one of its № and name as in its address here."""
    system, _colon, handle = product.key.partition(":")
    return handle if system == "shopify" else f"{product.number}-{product.slug}".rstrip("-")


def _facts(product: WholeProduct, speech: Speech) -> Cells:
    draft = product.draft
    cells: Cells = {
        Column.TITLE: speech.text(draft.title), Column.BODY: speech.body(draft),
        Column.VENDOR: draft.brand, Column.TYPE: speech.garment(draft),
        Column.TAGS: ", ".join(speech.tags(draft)), Column.GIFT_CARD: NO,
        Column.PUBLISHED: YES if product.state == ProductState.LIVE else NO,
        Column.STATUS: STATUSES[ProductState(product.state)],
    }  # fmt: skip
    names = [speech.text(name) for name in draft.option_names] or [NO_OPTION]
    return cells | dict(zip(OPTION_NAMES, names, strict=False))


def _variant(product: WholeProduct, variant: VariantDraft, speech: Speech) -> Cells:
    values = [speech.text(value) for value in variant.options] or [NO_VALUE]
    return dict(zip(OPTION_VALUES, values, strict=False)) | {
        Column.SKU: variant.sku, Column.GRAMS: str(variant.weight_g), Column.TRACKER: "shopify",
        Column.QUANTITY: str(in_stock(product, variant.sku)), Column.POLICY: "deny",
        FULFILMENT: "manual", Column.PRICE: speech.amount(variant.price),
        Column.COMPARE_AT: speech.amount(variant.compare_at), Column.SHIPPING: YES,
        Column.TAXABLE: YES,
    }  # fmt: skip

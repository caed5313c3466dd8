"""Products as WooCommerce's CSV: a row for a product, and one for each of its variations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from app.catalog.drafts import VariantDraft
from app.catalog.exporting.speech import Speech, in_stock
from app.catalog.importing.woo_columns import WEIGHT, Woo, attribute_name, attribute_values
from app.catalog.importing.woo_product import SIMPLE, VARIABLE, VARIATION
from app.catalog.models import ProductState
from app.catalog.own_file.whole import WholeProduct
from app.catalog.own_file.writing import Cells
from app.catalog.rules import MAX_OPTIONS

TAX_STATUS, POSITION = "Tax status", "Position"
KILOGRAMS = WEIGHT.format(unit="kg")
ATTRIBUTES = range(1, MAX_OPTIONS + 1)


def _visible(number: int) -> str:
    return f"Attribute {number} visible"


def _is_global(number: int) -> str:
    return f"Attribute {number} global"


HEADER: tuple[str, ...] = (
    Woo.TYPE, Woo.SKU, Woo.NAME, Woo.PUBLISHED, Woo.VISIBILITY, Woo.DESCRIPTION, TAX_STATUS,
    Woo.IN_STOCK, Woo.STOCK, Woo.BACKORDERS, KILOGRAMS, Woo.SALE_PRICE, Woo.REGULAR_PRICE,
    Woo.CATEGORIES, Woo.TAGS, Woo.IMAGES, Woo.PARENT, POSITION, Woo.BRANDS,
    *(
        column
        for number in ATTRIBUTES
        for column in (
            attribute_name(number), attribute_values(number), _visible(number), _is_global(number)
        )
    ),
)  # fmt: skip
PUBLISHED = {ProductState.LIVE: "1", ProductState.DRAFT: "-1", ProductState.ARCHIVED: "0"}
YES, NO = "1", "0"


def rows_of(product: WholeProduct, speech: Speech) -> Iterator[Cells]:
    """A product without options is one row with its only variant."""
    variants = product.draft.variants
    head = _facts(product, speech)
    if not product.draft.option_names and len(variants) <= 1:
        only = _variant(product, variants[0], speech) if variants else {}
        yield head | {Woo.TYPE: SIMPLE} | only
        return
    parent = f"no-{product.number}"
    yield head | _options(product, speech) | {Woo.TYPE: VARIABLE, Woo.SKU: parent}
    for place, variant in enumerate(variants, start=1):
        yield (
            _variant(product, variant, speech)
            | _values(product, variant, speech)
            | {
                Woo.TYPE: VARIATION, Woo.PARENT: parent, POSITION: str(place), Woo.PUBLISHED: YES,
                Woo.NAME: speech.text(product.draft.title),
            }
        )  # fmt: skip


def listed(parts: Iterable[str]) -> str:
    """Several values in one cell; a comma that belongs to one has a backslash before it."""
    return ", ".join(part.replace(",", "\\,") for part in parts if part)


def _facts(product: WholeProduct, speech: Speech) -> Cells:
    draft = product.draft
    return {
        Woo.NAME: speech.text(draft.title),
        Woo.PUBLISHED: PUBLISHED[ProductState(product.state)],
        Woo.VISIBILITY: "visible", Woo.DESCRIPTION: speech.body(draft), TAX_STATUS: "taxable",
        Woo.CATEGORIES: listed([speech.garment(draft)]), Woo.TAGS: listed(speech.tags(draft)),
        Woo.IMAGES: listed(speech.address(picture.name) for picture in product.pictures),
        Woo.BRANDS: listed([draft.brand]),
    }  # fmt: skip


def _variant(product: WholeProduct, variant: VariantDraft, speech: Speech) -> Cells:
    units = in_stock(product, variant.sku)
    before = variant.compare_at
    return {
        Woo.SKU: variant.sku, Woo.STOCK: str(units), Woo.IN_STOCK: YES if units > 0 else NO,
        Woo.BACKORDERS: NO, KILOGRAMS: f"{(Decimal(variant.weight_g) / 1000).normalize():f}",
        Woo.REGULAR_PRICE: speech.amount(variant.price if before is None else before),
        Woo.SALE_PRICE: "" if before is None else speech.amount(variant.price),
        TAX_STATUS: "taxable",
    }  # fmt: skip


def _options(product: WholeProduct, speech: Speech) -> Cells:
    """What may be chosen, each with all its values."""
    cells: Cells = {}
    for number, name in zip(ATTRIBUTES, product.draft.option_names, strict=False):
        values = dict.fromkeys(
            speech.text(variant.options[number - 1])
            for variant in product.draft.variants
            if len(variant.options) >= number
        )
        cells |= {
            attribute_name(number): speech.text(name), attribute_values(number): listed(values),
            _visible(number): YES, _is_global(number): NO,
        }  # fmt: skip
    return cells


def _values(product: WholeProduct, variant: VariantDraft, speech: Speech) -> Cells:
    cells: Cells = {}
    options = zip(ATTRIBUTES, product.draft.option_names, variant.options, strict=False)
    for number, name, value in options:
        cells[attribute_name(number)] = speech.text(name)
        cells[attribute_values(number)] = listed([speech.text(value)])
        cells[_is_global(number)] = NO
    return cells

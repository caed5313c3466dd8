"""A whole product as rows of cells."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from app.catalog.drafts import FaultDraft, PieceDraft, Texts, VariantDraft
from app.catalog.own_file import columns as c
from app.catalog.own_file.cells import in_languages
from app.catalog.own_file.whole import Units, WholeProduct
from app.catalog.rules import centimetres
from app.platform.money import Money

Cells = dict[str, str]


def rows_of(product: WholeProduct, currency: str) -> Iterator[Cells]:
    """Its rows, cells by column; one that is not there is empty. `draft` is in its usual form."""
    faults = product.draft.piece.faults if product.draft.piece else ()
    parts = zip_longest(product.draft.variants, product.pictures, faults)
    is_first = True
    for variant, picture, fault in parts:
        cells: Cells = {c.KEY: product.key}
        if is_first:
            cells |= _facts(product)
            is_first = False
        if variant:
            cells |= _variant(variant, product.stock.get(variant.sku, {}), currency)
        if picture:
            cells |= {c.IMAGE: picture.name} | _spoken(c.ALT, picture.alt)
        if fault:
            cells |= _fault(fault)
        yield cells
    if is_first:
        yield {c.KEY: product.key} | _facts(product)


def _facts(product: WholeProduct) -> Cells:
    draft = product.draft
    number = "" if product.number is None else str(product.number)
    cells = {
        c.NUMBER: number, c.KIND: product.kind, c.STATE: product.state, c.GARMENT: draft.garment,
        c.BRAND: draft.brand, c.COLOUR: draft.colour, c.TAX_CLASS: draft.tax_class,
        c.TAGS: ", ".join(draft.tags), c.COLLECTIONS: ", ".join(draft.collections or ()),
    }  # fmt: skip
    for name, texts in ((c.TITLE, draft.title), (c.STORY, draft.story)):
        cells |= _spoken(name, texts)
    cells |= _spoken(c.MATERIAL, draft.material)
    for name, words in zip(c.OPTIONS, draft.option_names, strict=False):
        cells |= _spoken(name, in_languages(words))
    return cells | (_piece(draft.piece) if draft.piece else {})


def _piece(piece: PieceDraft) -> Cells:
    evidence = (piece.grade_evidence, piece.era_evidence, piece.origin_evidence)
    cells = {c.GRADE: piece.grade, c.ERA: piece.era, c.ORIGIN: piece.origin}
    cells[c.YEAR] = "" if piece.year is None else str(piece.year)
    for name, texts in zip(c.EVIDENCE, evidence, strict=True):
        cells |= _spoken(name, texts)
    for key, value in piece.measurements.items():
        if key in c.MEASURES:
            cells[c.MEASURES[key]] = centimetres(value)
    return cells


def _variant(variant: VariantDraft, stock: Mapping[str, Units], currency: str) -> Cells:
    cells = {
        c.SKU: variant.sku,
        c.PRICE: _amount(variant.price, currency),
        c.COMPARE_AT: _amount(variant.compare_at, currency),
        c.CURRENCY: currency,
        c.WEIGHT: str(variant.weight_g),
    }
    for name, words in zip(c.VALUES, variant.options, strict=False):
        cells |= _spoken(name, in_languages(words))
    for place, units in stock.items():
        cells[c.STOCK + place] = cells[c.EXPORTED + place] = str(units.on_hand)
    return cells


def _fault(fault: FaultDraft) -> Cells:
    place = "" if fault.image is None else str(fault.image + 1)
    cells = {c.FAULT_IMAGE: place, c.FAULT_REPAIRED: "yes" if fault.repaired else "no"}
    return cells | _spoken(c.FAULT_PLACE, fault.place) | _spoken(c.FAULT, fault.description)


def _spoken(name: str, texts: Texts) -> Cells:
    return {f"{name}:{language}": text for language, text in texts.items()}


def _amount(minor: int | None, currency: str) -> str:
    return "" if minor is None else f"{Money(minor, currency).decimal():f}"

"""Lay what the shop's own file says over the product that is here. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from app.catalog.commands.importing.incoming import Standing
from app.catalog.commands.importing.mapping import merged_images
from app.catalog.commands.importing.memory import Said
from app.catalog.drafts import (
    FaultDraft,
    ImageDraft,
    PieceDraft,
    ProductDraft,
    Texts,
    VariantDraft,
    with_images,
)
from app.catalog.own_file import columns as c
from app.catalog.own_file.cells import usual
from app.catalog.own_file.whole import WholeProduct
from app.catalog.rules import MAX_OPTIONS

NEW_KEY = "sku:"
"""How the key begins of a product that its file gave none."""


def draft_of(product: WholeProduct, here: Standing, pictures: tuple[Said, ...]) -> ProductDraft:
    """The product with every column of the file taken from the file, all else as it is."""
    says, new = product.says, product.draft
    base = usual(here.draft) if here.draft else _nothing(product)
    changed = replace(
        base,
        title=_texts(says, c.TITLE, base.title, new.title),
        story=_texts(says, c.STORY, base.story, new.story),
        material=_texts(says, c.MATERIAL, base.material, new.material),
        garment=new.garment if c.GARMENT in says else base.garment,
        brand=new.brand if c.BRAND in says else base.brand,
        colour=new.colour if c.COLOUR in says else base.colour,
        tax_class=new.tax_class if c.TAX_CLASS in says else base.tax_class,
        tags=new.tags if c.TAGS in says else base.tags,
        collections=new.collections if c.COLLECTIONS in says else base.collections,
        option_names=new.option_names if product.says_options else base.option_names,
        variants=_variants(says, base.variants, new.variants),
    )
    if base.piece is not None:
        changed = replace(changed, piece=_piece(says, base.piece, new.piece or base.piece))
    if c.IMAGE not in says:
        return _with_faults(changed, product, _hung(base.images or ()))
    images = merged_images(base.images or (), pictures, here.memory, base.piece)
    return _with_faults(with_images(changed, images), product, pictures)


def _nothing(product: WholeProduct) -> ProductDraft:
    """What a new product begins as."""
    key = product.key or NEW_KEY + product.name
    piece = PieceDraft(grade="") if product.is_piece else None
    return ProductDraft(title={}, variants=(), source_key=key, piece=piece, collections=())


def _texts(says: frozenset[str], name: str, base: Texts, new: Texts) -> dict[str, str]:
    """Each language from the file that has a column for it."""
    spoken = {column.partition(":")[2] for column in c.spoken(name) if column in says}
    kept = {language: text for language, text in base.items() if language not in spoken}
    return {**kept, **{language: new[language] for language in spoken if language in new}}


def _variants(
    says: frozenset[str], known: tuple[VariantDraft, ...], new: tuple[VariantDraft, ...]
) -> tuple[VariantDraft, ...]:
    """Those of the file in its order, then those it does not name: no row takes none away."""
    by_sku = {variant.sku.casefold(): variant for variant in known}
    found = [_variant(says, each, by_sku.pop(each.sku.casefold(), None)) for each in new]
    return (*found, *by_sku.values())


def _variant(
    says: frozenset[str], variant: VariantDraft, known: VariantDraft | None
) -> VariantDraft:
    if known is None:
        return variant
    return VariantDraft(
        sku=known.sku,
        price=variant.price if c.PRICE in says else known.price,
        compare_at=variant.compare_at if c.COMPARE_AT in says else _above(known, variant, says),
        weight_g=variant.weight_g if c.WEIGHT in says else known.weight_g,
        options=variant.options[:MAX_OPTIONS] if says & c.VALUE_COLUMNS else known.options,
    )


def _above(known: VariantDraft, variant: VariantDraft, says: frozenset[str]) -> int | None:
    """A price before that is no longer higher than the new price goes."""
    price = variant.price if c.PRICE in says else known.price
    return known.compare_at if known.compare_at and known.compare_at > price else None


def _piece(says: frozenset[str], base: PieceDraft, new: PieceDraft) -> PieceDraft:
    measured: Mapping[str, int] = {
        key: value
        for key, column in c.MEASURES.items()
        for value in [(new if column in says else base).measurements.get(key)]
        if value
    }
    return replace(
        base,
        grade=new.grade if c.GRADE in says and new.grade else base.grade,
        era=new.era if c.ERA in says else base.era,
        year=new.year if c.YEAR in says else base.year,
        origin=new.origin if c.ORIGIN in says else base.origin,
        grade_evidence=_texts(says, c.GRADE_EVIDENCE, base.grade_evidence, new.grade_evidence),
        era_evidence=_texts(says, c.ERA_EVIDENCE, base.era_evidence, new.era_evidence),
        origin_evidence=_texts(says, c.ORIGIN_EVIDENCE, base.origin_evidence, new.origin_evidence),
        measurements=measured,
    )


def _hung(images: tuple[ImageDraft, ...]) -> tuple[Said, ...]:
    """The pictures of a product whose file names none: its faults count those that hang."""
    return tuple(Said("", is_local=True, media_id=image.media_id) for image in images)


def _with_faults(
    draft: ProductDraft, product: WholeProduct, pictures: tuple[Said, ...]
) -> ProductDraft:
    """The faults of the file, each tied to the picture that it counts."""
    new = product.draft.piece
    if draft.piece is None or new is None or not product.says.intersection(c.FAULTS):
        return draft
    places = {image.media_id: place for place, image in enumerate(draft.images or ())}
    faults = tuple(replace(each, image=_place(each, pictures, places)) for each in new.faults)
    return replace(draft, piece=replace(draft.piece, faults=faults))


def _place(fault: FaultDraft, pictures: tuple[Said, ...], places: Mapping[int, int]) -> int | None:
    is_there = fault.image is not None and fault.image < len(pictures)
    media_id = pictures[fault.image].media_id if is_there and fault.image is not None else None
    return None if media_id is None else places.get(media_id)

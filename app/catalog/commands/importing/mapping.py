"""Turn what another system's file says of a product into the product it becomes here. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from app.catalog.commands.importing.memory import Memory, Said
from app.catalog.drafts import ImageDraft, PieceDraft, ProductDraft, VariantDraft, with_images
from app.catalog.importing.body import plain_text
from app.catalog.importing.languages import language_of
from app.catalog.importing.records import ImportedProduct, ImportedStatus, ImportedVariant
from app.catalog.models import ProductState
from app.catalog.rules import MAX_IMAGES, MAX_TAGS, TAGS
from app.platform.i18n import LANGUAGES, speaking

Words = str | Mapping[str, str]

STATES = {
    ImportedStatus.ACTIVE: ProductState.LIVE,
    ImportedStatus.DRAFT: ProductState.DRAFT,
    ImportedStatus.ARCHIVED: ProductState.ARCHIVED,
}
GARMENTS = {
    "dress": "dress|gown|qipao|cheongsam|连衣裙|旗袍|长裙",
    "skirt": "skirt|kilt|半身裙|短裙|裙",
    "trousers": "trouser|pant|jean|short|overall|dungaree|裤",
    "shoes": "shoe|boot|sneaker|sandal|loafer|brogue|鞋|靴",
    "bag": "bag|purse|backpack|satchel|tote|clutch|包|袋",
    "top": "top|shirt|jacket|coat|blouse|sweater|jumper|knit|cardigan|vest|blazer|hoodie|outerwear"
    "|衬衫|外套|夹克|大衣|毛衣|针织|上衣|衫|背心|西装|卫衣",
}


def wanted_state(product: ImportedProduct) -> ProductState:
    """On sale only what is active and published there."""
    if product.status is ImportedStatus.ACTIVE and not product.is_published:
        return ProductState.DRAFT
    return STATES[product.status]


def garment_of(product: ImportedProduct) -> str:
    """What kind of garment the type, else the category, else the title names."""
    last_category = product.category.rpartition(">")[2]
    for text in (product.type, last_category, product.title):
        lowered = text.lower()
        for garment, words in GARMENTS.items():
            if re.search(rf"(?<![a-z])(?:{words})", lowered):
                return garment
    return "other"


def new_draft(
    product: ImportedProduct, pictures: Iterable[Said], *, source_key: str
) -> ProductDraft:
    """A product that was never here before."""
    empty = ProductDraft(
        title={},
        variants=(),
        garment=garment_of(product),
        tags=_known_tags(product.tags),
        source_key=source_key,
    )
    return changed_draft(product, empty, pictures, Memory(), is_whole=True)


def changed_draft(
    product: ImportedProduct,
    draft: ProductDraft,
    pictures: Iterable[Said],
    memory: Memory,
    *,
    is_whole: bool,
) -> ProductDraft:
    """The product with everything the file has taken from the file, all else left as it is.

    Variants that a whole file no longer has go, unless they were added here.
    """
    language = language_of(product.title)
    story = plain_text(product.body_html).replace("\n", "\n\n")
    images = merged_images(draft.images or (), pictures, memory, draft.piece)
    changed = replace(
        draft,
        title={**draft.title, language: product.title},
        story={**draft.story, language: story} if story else draft.story,
        brand=product.vendor or draft.brand,
        option_names=tuple(
            _kept(draft.option_names, place, name) for place, name in enumerate(product.options)
        ),
        variants=_variants(product, draft.variants, memory, is_whole=is_whole),
    )
    return with_images(changed, images)


def merged_images(
    images: tuple[ImageDraft, ...],
    pictures: Iterable[Said],
    memory: Memory,
    piece: PieceDraft | None,
) -> tuple[ImageDraft, ...]:
    """The file's pictures in its order, then those added here; one that shows a fault stays."""
    known = {image.media_id: image for image in images}
    found: dict[int, ImageDraft] = {}
    for said in pictures:
        if said.media_id is None or said.media_id in found:
            continue
        alt = known[said.media_id].alt if said.media_id in known else {}
        found[said.media_id] = ImageDraft(said.media_id, {**alt, **said.alt})
    from_file = {said.media_id for said in memory.pictures}
    faulty = {fault.image for fault in piece.faults} if piece else set()
    for place, image in enumerate(images):
        if image.media_id not in from_file or place in faulty:
            found.setdefault(image.media_id, image)
    return tuple(found.values())[:MAX_IMAGES]


def with_fault_pictures(
    draft: ProductDraft, pictures: Iterable[Said], sources: tuple[str, ...]
) -> ProductDraft:
    """Each fault that waits for its picture tied to it, if they are still those of the file."""
    if draft.piece is None or len(draft.piece.faults) != len(sources):
        return draft
    media_ids = {said.source: said.media_id for said in pictures}
    places = {image.media_id: place for place, image in enumerate(draft.images or ())}
    faults = tuple(
        replace(fault, image=places.get(media_ids.get(source) or 0))
        if fault.image is None and source
        else fault
        for fault, source in zip(draft.piece.faults, sources, strict=True)
    )
    return replace(draft, piece=replace(draft.piece, faults=faults))


def _variants(
    product: ImportedProduct, known: tuple[VariantDraft, ...], memory: Memory, *, is_whole: bool
) -> tuple[VariantDraft, ...]:
    by_sku = {draft.sku.casefold(): draft for draft in known}
    found = [_variant(variant, by_sku.pop(variant.sku.casefold(), None))
             for variant in product.variants]  # fmt: skip
    stay = [draft for draft in by_sku.values() if not is_whole or draft.sku not in set(memory.skus)]
    return (*found, *stay)


def _variant(variant: ImportedVariant, known: VariantDraft | None) -> VariantDraft:
    price = variant.price.minor
    before = variant.compare_at.minor if variant.compare_at else 0
    options = known.options if known else ()
    return VariantDraft(
        sku=known.sku if known else variant.sku,
        price=price,
        compare_at=before if before > price else None,
        weight_g=_first(variant.weight_grams, known.weight_g if known else 0),
        options=tuple(_kept(options, place, text) for place, text in enumerate(variant.options)),
    )


def _kept(texts: tuple[Words, ...], place: int, text: str) -> Words:
    """The text, in both languages where it was translated here."""
    there = texts[place] if place < len(texts) else text
    if isinstance(there, Mapping) and text in there.values():
        return there
    return text


def _known_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Those of the file's tags that are selling points of this shop, in either language."""
    names: dict[str, str] = {}
    for language in LANGUAGES:
        with speaking(language):
            names |= {str(name).casefold(): key for key, name in TAGS.items()}
    keys = (names.get(tag.casefold()) for tag in tags)
    return tuple(dict.fromkeys(key for key in keys if key))[:MAX_TAGS]


def _first(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value

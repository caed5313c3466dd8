"""What a product is made of, as importers, the demo shop and the editor hand it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """`price` in minor units; `options` one text (or one text per language) per option of the
    product.
    """

    sku: str
    price: int
    compare_at: int | None = None
    weight_g: int = 0
    options: tuple[str | Texts, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultDraft:
    """`image` is the place of its picture among the product's, counted from 0; None while it has
    none.
    """

    place: Texts
    description: Texts
    image: int | None = None
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class ImageDraft:
    """A picture that is kept already, and the words for those who cannot see it."""

    media_id: int
    alt: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PieceDraft:
    """`measurements` in millimetres; `origin` an ISO 3166 country code."""

    grade: str
    era: str = ""
    year: int | None = None
    origin: str = ""
    grade_evidence: Texts = field(default_factory=dict)
    era_evidence: Texts = field(default_factory=dict)
    origin_evidence: Texts = field(default_factory=dict)
    measurements: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[FaultDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductDraft:
    """A whole product.

    `piece` makes it one of a kind. `images` None leaves the pictures as they are.
    """

    title: Texts
    variants: tuple[VariantDraft, ...]
    story: Texts = field(default_factory=dict)
    garment: str = "other"
    brand: str = ""
    material: Texts = field(default_factory=dict)
    colour: str = ""
    tax_class: str = ""
    option_names: tuple[str | Texts, ...] = ()
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] | None = None
    images: tuple[ImageDraft, ...] | None = None
    piece: PieceDraft | None = None
    source_key: str | None = None


def with_images(draft: ProductDraft, images: tuple[ImageDraft, ...]) -> ProductDraft:
    """The same product with other pictures, each fault still tied to the one that shows it."""
    before = draft.images or ()
    if draft.piece is None:
        return replace(draft, images=images)
    place_of = {image.media_id: place for place, image in enumerate(images)}
    faults = tuple(
        replace(fault, image=place_of.get(before[fault.image].media_id))
        if fault.image is not None and fault.image < len(before)
        else fault
        for fault in draft.piece.faults
    )
    return replace(draft, images=images, piece=replace(draft.piece, faults=faults))

"""The parts of a draft that a test knows to be there."""

from __future__ import annotations

from app.catalog.drafts import ImageDraft, PieceDraft, ProductDraft


def piece_of(draft: ProductDraft) -> PieceDraft:
    assert draft.piece is not None
    return draft.piece


def images_of(draft: ProductDraft) -> tuple[ImageDraft, ...]:
    assert draft.images is not None
    return draft.images

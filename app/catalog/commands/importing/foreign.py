"""A product of another system's file: adds to what is here, takes nothing away it cannot say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.catalog.commands.importing import mapping
from app.catalog.commands.importing.incoming import At, Counts, Refusal, Standing
from app.catalog.commands.importing.memory import Said
from app.catalog.drafts import ProductDraft
from app.catalog.importing.languages import language_of
from app.catalog.importing.records import ImportedProduct
from app.catalog.models import ProductState
from app.platform.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Foreign:
    """`is_whole` is False when rows of it had to be left out."""

    product: ImportedProduct
    location_id: int
    is_whole: bool = True

    is_same_by_sku = False
    number = None
    fault_pictures = ()

    @property
    def row(self) -> int:
        return self.product.row

    @property
    def name(self) -> str:
        return self.product.handle

    @property
    def title(self) -> str:
        return self.product.title

    @property
    def key(self) -> str:
        return f"{self.product.source}:{self.product.handle}"

    @property
    def sku_column(self) -> str:
        return self.product.sku_column

    @property
    def rows(self) -> Mapping[str, int]:
        return {variant.sku: variant.row for variant in self.product.variants}

    @property
    def pictures(self) -> tuple[Said, ...]:
        return tuple(
            Said(
                image.source.text,
                image.source.is_local,
                {self.language: image.alt} if image.alt else {},
            )
            for image in self.product.images
        )

    @property
    def state(self) -> ProductState:
        return mapping.wanted_state(self.product)

    @property
    def language(self) -> str:
        return language_of(self.product.title)

    def refusal(self, here: Standing) -> Refusal | None:
        if self.product.is_gift_card:
            return Refusal("Gift Card", _("Gift cards cannot be sold here."))
        if here.is_piece and len(self.product.variants) > 1:
            message = _("This is a one-of-a-kind piece here and cannot have several variants.")
            return Refusal(self.sku_column, message)
        return None

    def draft(self, here: Standing, pictures: tuple[Said, ...]) -> ProductDraft:
        if here.draft is None:
            return mapping.new_draft(self.product, pictures, source_key=self.key)
        return mapping.changed_draft(
            self.product, here.draft, pictures, here.memory, is_whole=self.is_whole
        )

    def comparable(self, draft: ProductDraft) -> ProductDraft:
        return draft

    def counts(self, here: Standing) -> Counts:
        """What it said before was taken in before: saying it again would put back on the shelf
        what has been sold here since.
        """
        said = {
            At(variant.sku, self.location_id): min(variant.quantity, 1)
            if here.is_piece
            else variant.quantity
            for variant in self.product.variants
            if variant.quantity is not None
        }
        news = {at: units for at, units in said.items() if here.memory.units(*at) != units}
        return Counts(news, news)

    def notes(self) -> list[str]:
        if any(variant.quantity is None for variant in self.product.variants):
            return [_("The file does not say how many there are; the stock stays as it is.")]
        return []

    def new_collections(self) -> tuple[str, ...]:
        return ()

"""A product of the shop's own file: says all there is; what it has no column for stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from app.catalog.commands.importing import overlay
from app.catalog.commands.importing.incoming import At, Counts, Refusal, Standing
from app.catalog.commands.importing.memory import Said
from app.catalog.drafts import ProductDraft
from app.catalog.models import ProductState
from app.catalog.own_file import columns as c
from app.catalog.own_file.cells import usual
from app.catalog.own_file.whole import Units, WholeProduct
from app.platform.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Own:
    """`places` are the merchant's, by key; `collections` those that are here; whoever brings it
    `may_arrange` others.
    """

    product: WholeProduct
    places: Mapping[str, int]
    collections: frozenset[str]
    may_arrange: bool

    is_same_by_sku = True
    sku_column = c.SKU
    language = "en"

    @property
    def row(self) -> int:
        return self.product.row

    @property
    def name(self) -> str:
        return self.product.name

    @property
    def title(self) -> str:
        return next(iter(self.product.draft.title.values()), self.name)

    @property
    def key(self) -> str:
        return self.product.key

    @property
    def rows(self) -> Mapping[str, int]:
        return self.product.rows

    @property
    def pictures(self) -> tuple[Said, ...]:
        return tuple(
            Said(picture.name, "://" not in picture.name, dict(picture.alt))
            for picture in self.product.pictures
        )

    @property
    def fault_pictures(self) -> tuple[str, ...]:
        piece = self.product.draft.piece
        places = [fault.image for fault in piece.faults] if piece else []
        return tuple("" if at is None else self.product.pictures[at].name for at in places)

    @property
    def state(self) -> ProductState | None:
        return ProductState(self.product.state) if self.product.state else None

    @property
    def number(self) -> int | None:
        return self.product.number

    def refusal(self, here: Standing) -> Refusal | None:
        if here.product is not None and self.product.kind not in {"", here.product.kind}:
            return Refusal(c.KIND, _("A piece cannot become a stocked product, nor the reverse."))
        draft, known = self.product.draft, here.draft
        is_piece = here.is_piece or (here.product is None and self.product.is_piece)
        if is_piece and (len(draft.variants) > 1 or self._is_several()):
            return Refusal(c.SKU, _("A piece exists once: 1 at one place, 0 elsewhere."))
        if known is None and not draft.title:
            return Refusal(c.spoken(c.TITLE)[0], _("The title is missing."))
        if known is None and is_piece and not (draft.piece and draft.piece.grade):
            return Refusal(c.GRADE, _("The grade is missing."))
        return self._unpriced(known) or self._without_option(known)

    def draft(self, here: Standing, pictures: tuple[Said, ...]) -> ProductDraft:
        draft = overlay.draft_of(self.product, here, pictures)
        slugs = draft.collections or ()
        if not self.may_arrange:
            slugs = tuple(slug for slug in slugs if slug in self.collections)
        return replace(draft, collections=slugs)

    def comparable(self, draft: ProductDraft) -> ProductDraft:
        return usual(draft)

    def counts(self, here: Standing) -> Counts:
        """A figure that is still what was exported is no count: units may have been sold since.
        One that was changed is taken, unless what it was changed from is no longer true.
        """
        said = {
            At(sku, self.places[place]): units
            for sku, places in self.product.stock.items()
            for place, units in places.items()
            if place in self.places
        }
        news = {at: units for at, units in said.items() if _is_news(at, units, here)}
        stale = sorted(
            at.sku
            for at, units in news.items()
            if here.product is not None
            and units.exported is not None
            and here.on_hand.get(at, 0) not in {units.exported, units.on_hand}
        )
        to_take = {
            at: units.on_hand
            for at, units in news.items()
            if at.sku not in stale and here.on_hand.get(at, 0) != units.on_hand
        }
        return Counts(
            {at: units.on_hand for at, units in news.items() if at.sku not in stale},
            to_take,
            tuple(
                _("%(sku)s: sold or counted since the file was written; its stock stays.", sku=sku)
                for sku in stale
            ),
        )

    def notes(self) -> list[str]:
        unknown = {
            place
            for places in self.product.stock.values()
            for place, units in places.items()
            if place not in self.places and units.on_hand
        }
        return [
            _("There is no place “%(place)s” here; what lies there is not taken in.", place=place)
            for place in sorted(unknown)
        ] + [
            _("The collection “%(slug)s” is made, not listed yet.", slug=slug)
            if self.may_arrange
            else _("There is no collection “%(slug)s” here.", slug=slug)
            for slug in self._missing_collections()
        ]

    def new_collections(self) -> tuple[str, ...]:
        return self._missing_collections() if self.may_arrange else ()

    def _missing_collections(self) -> tuple[str, ...]:
        slugs = self.product.draft.collections or ()
        return tuple(slug for slug in slugs if slug not in self.collections)

    def _is_several(self) -> bool:
        """Whether somebody counted more than one of a piece; what was exported so is let be."""
        for places in self.product.stock.values():
            is_counted = any(units.exported != units.on_hand for units in places.values())
            if is_counted and sum(units.on_hand for units in places.values()) > 1:
                return True
        return False

    def _without_option(self, known: ProductDraft | None) -> Refusal | None:
        """A variant with more or fewer values than the product has options."""
        draft = self.product.draft
        if not self.product.says_values:
            return None
        names = draft if self.product.says_options else known
        options = len(names.option_names) if names else 0
        for variant in draft.variants:
            if len(variant.options) != options:
                message = _("This value belongs to no option.")
                row = self.product.rows.get(variant.sku)
                return Refusal(c.spoken(c.VALUES[0])[0], message, row)
        return None

    def _unpriced(self, known: ProductDraft | None) -> Refusal | None:
        """A new variant in a file without prices."""
        if c.PRICE in self.product.says:
            return None
        here = {variant.sku.casefold() for variant in known.variants} if known else set()
        for variant in self.product.draft.variants:
            if variant.sku.casefold() not in here:
                row = self.product.rows.get(variant.sku)
                return Refusal(c.PRICE, _("The price is missing."), row)
        return None


def _is_news(at: At, units: Units, here: Standing) -> bool:
    """Whether a figure says something else than what was taken in, or given out, before."""
    if here.product is None:
        return units.on_hand > 0
    if units.exported is not None:
        return units.exported != units.on_hand
    return here.memory.units(*at) != units.on_hand

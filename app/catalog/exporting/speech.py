"""What a file of one language says of a product that speaks several."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape

from app.catalog.drafts import PieceDraft, ProductDraft
from app.catalog.own_file.cells import Words
from app.catalog.own_file.whole import Units, WholeProduct
from app.catalog.rules import GARMENT_NAMES, MEASUREMENT_NAMES, TAGS, centimetres
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.money import Money


@dataclass(frozen=True, slots=True)
class Speech:
    """`language` is spoken where it was written; `media_url` is where photographs are found."""

    language: str
    currency: str
    media_url: str

    def text(self, words: Words) -> str:
        return words if isinstance(words, str) else pick(words, self.language)

    def amount(self, minor: int | None) -> str:
        return "" if minor is None else f"{Money(minor, self.currency).decimal():f}"

    def address(self, picture: str) -> str:
        return f"{self.media_url}/{picture[:2]}/{picture}"

    def body(self, draft: ProductDraft) -> str:
        """The story as HTML, then what is known of the piece: a fault stays told elsewhere too."""
        story = self.text(draft.story).split("\n")
        paragraphs = "".join(
            f"<p>{escape(part, quote=False)}</p>" for part in story if part.strip()
        )
        facts = "".join(f"<li>{escape(fact, quote=False)}</li>" for fact in self._facts(draft))
        return paragraphs + (f"<ul>{facts}</ul>" if facts else "")

    def garment(self, draft: ProductDraft) -> str:
        return str(GARMENT_NAMES.get(draft.garment, ""))

    def tags(self, draft: ProductDraft) -> list[str]:
        era = [draft.piece.era] if draft.piece and draft.piece.era else []
        return [*(str(TAGS[tag]) for tag in draft.tags if tag in TAGS), *era]

    def _facts(self, draft: ProductDraft) -> Iterator[str]:
        material = self.text(draft.material)
        if material:
            yield _("Material: %(text)s", text=material)
        if draft.piece:
            yield from self._of_piece(draft.piece)

    def _of_piece(self, piece: PieceDraft) -> Iterator[str]:
        if piece.grade:
            yield _("Grade %(grade)s", grade=piece.grade)
        for key, value in piece.measurements.items():
            if value and key in MEASUREMENT_NAMES:
                yield f"{MEASUREMENT_NAMES[key]}: {centimetres(value)} cm"
        for fault in piece.faults:
            told = [self.text(fault.place), self.text(fault.description)]
            yield _("Fault: %(text)s", text=" – ".join(part for part in told if part))


def in_stock(product: WholeProduct, sku: str) -> int:
    """Units at all places together: those files know one."""
    at_places: Mapping[str, Units] = product.stock.get(sku, {})
    return sum(units.on_hand for units in at_places.values())

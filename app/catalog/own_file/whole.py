"""One product with all that the shop knows of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.catalog.drafts import ProductDraft, Texts
from app.catalog.own_file.columns import OPTION_COLUMNS, VALUE_COLUMNS

HERE = ""
"""The place of a table that names none: where the import is told."""


@dataclass(frozen=True, slots=True)
class Units:
    """On hand at a place; `exported` is what was when the file was written, if it says so."""

    on_hand: int
    exported: int | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph by its name or address, and what it shows."""

    name: str
    alt: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeProduct:
    """`draft` has no images: they are `pictures`, to whose places its faults point.

    `stock` is by SKU and the key of the place. Of a file, `says` names the columns that it has, and
    `rows` where each SKU stands; what it does not say stays as it is.
    """

    key: str
    draft: ProductDraft
    kind: str = ""
    state: str = ""
    number: int | None = None
    slug: str = ""
    pictures: tuple[Picture, ...] = ()
    stock: Mapping[str, Mapping[str, Units]] = field(default_factory=dict)
    says: frozenset[str] = frozenset()
    row: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_piece(self) -> bool:
        """Whether it is one of a kind when it is new."""
        piece = self.draft.piece
        return piece is not None and (self.kind != "" or piece.grade != "")

    @property
    def says_options(self) -> bool:
        return not self.says.isdisjoint(OPTION_COLUMNS)

    @property
    def says_values(self) -> bool:
        return not self.says.isdisjoint(VALUE_COLUMNS)

    @property
    def name(self) -> str:
        """How a report calls it."""
        return self.key or next(iter(self.rows), "")

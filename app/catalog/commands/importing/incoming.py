"""What every product of a file answers, whichever system wrote it, and what it meets here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from app.catalog.commands.importing.memory import NOTHING, Memory, Said
from app.catalog.drafts import ProductDraft
from app.catalog.models import Product, ProductKind, ProductState


@dataclass(frozen=True, slots=True)
class Target:
    """Whose shop a file goes into, and the place where what it counts lies."""

    merchant_id: int
    location_id: int


class At(NamedTuple):
    """A SKU at a place, by the place's id."""

    sku: str
    location_id: int


@dataclass(frozen=True, slots=True)
class Standing:
    """A product as it is here already; empty when it is not. `on_hand` is what lies where, `taken`
    are those of its SKUs that another product has.
    """

    product: Product | None = None
    draft: ProductDraft | None = None
    memory: Memory = NOTHING
    on_hand: Mapping[At, int] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()

    @property
    def is_piece(self) -> bool:
        return self.product is not None and self.product.kind == ProductKind.PIECE


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a product cannot be taken in, at which cell."""

    column: str
    message: str
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """`said` is all that the file says is on hand; `to_take` what of it is to be set now."""

    said: Mapping[At, int] = field(default_factory=dict)
    to_take: Mapping[At, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Incoming(Protocol):
    """One product of a file."""

    @property
    def row(self) -> int: ...
    @property
    def name(self) -> str:
        """How the file calls it."""

    @property
    def title(self) -> str: ...
    @property
    def key(self) -> str:
        """Under which it is found again; empty when only its SKUs tell."""

    @property
    def is_same_by_sku(self) -> bool:
        """Whether a product that has its SKUs is it, when none has its key."""

    @property
    def sku_column(self) -> str: ...
    @property
    def rows(self) -> Mapping[str, int]:
        """The row of each SKU."""

    @property
    def pictures(self) -> tuple[Said, ...]:
        """The pictures it names, not looked for yet."""

    @property
    def fault_pictures(self) -> tuple[str, ...]:
        """For each of its faults the picture that shows it, by its source; empty for none."""

    @property
    def state(self) -> ProductState | None:
        """The state it asks for."""

    @property
    def language(self) -> str:
        """The language of what it says only once."""

    @property
    def number(self) -> int | None:
        """The № that it would like."""

    def refusal(self, here: Standing) -> Refusal | None:
        """Why it cannot become what is here, or cannot be at all."""

    def draft(self, here: Standing, pictures: tuple[Said, ...]) -> ProductDraft:
        """The product that it becomes."""

    def comparable(self, draft: ProductDraft) -> ProductDraft:
        """A product without what the file could not tell apart."""

    def counts(self, here: Standing) -> Counts: ...
    def notes(self) -> list[str]:
        """What somebody should know of it besides."""

    def new_collections(self) -> tuple[str, ...]:
        """Collections that it is in and that are not here yet."""

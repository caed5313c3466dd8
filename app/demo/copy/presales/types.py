"""The shape the demo's presales are written in. Amounts are fen, days are counted from now."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.demo.copy.goods.grid import grid, one_size, sizes
from app.demo.copy.types import ColourKey, GarmentType, Product, Text, front
from app.demo.drawing.garment import Garment
from app.presale.models import (
    BalanceUnpaid,
    Decision,
    DepositKind,
    PaymentMode,
    ShortagePolicy,
    SupplyMode,
)


@dataclass(frozen=True)
class Terms:
    """What a campaign asks for and fixes at publish; `cap` is that of each size."""

    payment: PaymentMode
    supply: SupplyMode
    cap: int
    deposit: int | None = None
    counts_for: int | None = None
    threshold: int | None = None
    limit: int | None = None
    kind: DepositKind = DepositKind.ADVANCE
    unpaid: BalanceUnpaid = BalanceUnpaid.REFUND
    default: Decision = Decision.REFUND
    decide_hours: int = 48
    shortage: ShortagePolicy = ShortagePolicy.FIRST_COME
    is_drop: bool = False
    commission_bp: int = 800


@dataclass(frozen=True)
class Presale:
    """One campaign: its words, its goods, its window and promise in days from now.

    `question` is what everybody who joins is asked.
    """

    slug: str
    title: Text
    story: Text
    risks: Text
    goods: Product
    terms: Terms
    opens: float
    closes: float
    promise: tuple[int, int]
    question: Text | None = None


@dataclass(frozen=True)
class Sample:
    """What a sample looks like, what it is called, and what it is made of.

    Without `sizes` there is only one.
    """

    look: Garment
    noun: Text
    material: Text
    garment: GarmentType
    colour: ColourKey
    weight: int
    sizes: tuple[str, ...] = ("S", "M", "L")


def made(sku: str, title: Text, story: Text, sample: Sample, *, price: int) -> Product:
    """Goods that do not exist yet: no stock anywhere, one picture of the sample."""
    size = sizes(*sample.sizes) if sample.sizes else one_size()
    options = (size,)
    nowhere = tuple((0, 0) for _choice in size.choices)
    variants = grid(sku, options, price=price, weight=sample.weight, stock=nowhere)
    return Product(
        sku=sku,
        title=title,
        story=story,
        garment=sample.garment,
        origin="CN",
        brand="Vitrine",
        material=sample.material,
        colour=sample.colour,
        options=options,
        variants=tuple(replace(variant, stock={}) for variant in variants),
        tags=("small_batch",),
        pictures=(front(sample.look, sample.noun),),
        collections=("indigo-at-work",),
    )

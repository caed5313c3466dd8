"""Facts that bags tell."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class TakenOut(Fact):
    """A line was taken out of a bag by its owner, or another kind of line took its place; `sku_id`
    is the campaign's SKU it would have joined.
    """

    name: ClassVar[str] = "cart.taken_out.v1"

    bag_id: int
    variant_id: int
    sku_id: int | None
    at: datetime

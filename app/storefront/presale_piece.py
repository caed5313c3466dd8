"""The one-of-a-kind piece a campaign sells: what was measured and found on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.catalog.queries import pages
from app.catalog.queries.pages import ProductView
from app.catalog.rules import DRAWINGS
from app.presale.models import SupplyMode
from app.presale.queries.pages import CampaignView
from app.storefront.presenting import facts_of, measurement_rows


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece in the shapes `storefront/_piece.html` takes."""

    view: ProductView
    unit: str
    facts: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    drawing: str


def piece_of(view: CampaignView, *, unit: str, now: datetime) -> Piece | None:
    """None unless the campaign sells one piece."""
    if view.campaign.supply_mode != SupplyMode.SINGLE:
        return None
    found = pages.piece_of(view.skus[0].variant_id, now=now)
    if found is None or found.piece is None:
        return None
    return Piece(
        view=found,
        unit=unit,
        facts=facts_of(found),
        rows=measurement_rows(found, unit),
        drawing=DRAWINGS.get(found.garment, "coat"),
    )

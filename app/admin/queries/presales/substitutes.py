"""What can be offered instead of a SKU that came too few, and what was offered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.admin.queries.presales.campaign import SkuSheet
from app.presale.commands.substituting import spare
from app.presale.queries.substitutions import Standing, offers_of
from app.presale.rules.substitution import costs_the_same


@dataclass(frozen=True, slots=True)
class Substitutes:
    """For one short SKU: `choices` are (id, name, spare units); `offers` what was asked before."""

    choices: list[tuple[int, str, int]]
    offers: list[tuple[str, Standing]]
    is_open: bool


def substitutes(
    campaign_id: int, sheet: SkuSheet, all_skus: tuple[SkuSheet, ...], *, now: datetime
) -> Substitutes:
    """Only what costs the same, so that nobody owes a difference."""
    names = {each.sku.id: each.name for each in all_skus}
    offers = [
        (names.get(each.instead_id, ""), each)
        for each in offers_of(campaign_id)
        if each.sku_id == sheet.sku.id
    ]
    others = [
        (each.sku.id, each.name, spare(each.sku))
        for each in all_skus
        if each.sku.id != sheet.sku.id and costs_the_same(each.sku, sheet.sku)
    ]
    return Substitutes(
        choices=[(sku_id, name, units) for sku_id, name, units in others if units > 0],
        offers=offers,
        is_open=any(each.is_open(now) for _name, each in offers),
    )

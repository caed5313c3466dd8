"""One campaign with what it sells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.catalog.models import Product, Variant
from app.catalog.queries.pictures import Picture, of_products
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.rbac import found, visible
from app.presale.models import Campaign, CampaignSku, Commitment
from app.presale.queries.counting import COUNTING


@dataclass(frozen=True, slots=True)
class SkuSheet:
    """A SKU with what its variant is called; `wanted` and `tolerance` are confirmed units."""

    sku: CampaignSku
    code: str
    title: str
    options: str
    product_id: int
    number: int
    wanted: int
    tolerance: int
    picture: Picture | None

    @property
    def name(self) -> str:
        return " · ".join(filter(None, (self.title, self.options)))


@dataclass(frozen=True, slots=True)
class CampaignSheet:
    """One campaign of the actor's merchant."""

    campaign: Campaign
    skus: tuple[SkuSheet, ...]

    @property
    def units(self) -> int:
        return sum(each.wanted for each in self.skus)

    @property
    def tolerance(self) -> int:
        return sum(each.tolerance for each in self.skus)

    @property
    def held(self) -> int:
        return sum(each.sku.held for each in self.skus)

    @property
    def cap(self) -> int | None:
        return total_cap(each.sku.cap for each in self.skus)


def own_campaign(campaign_id: int, actor: Actor) -> Campaign:
    """One campaign, fresh; raises NotFound for another merchant's."""
    statement = select(Campaign).where(Campaign.id == campaign_id, visible(actor, Campaign))
    campaign: Campaign | None = db.session.scalar(
        statement.execution_options(populate_existing=True)
    )
    return found(campaign)


def campaign_sheet(campaign_id: int, actor: Actor) -> CampaignSheet:
    """One campaign with its SKUs in the order they are shown; raises NotFound."""
    campaign = own_campaign(campaign_id, actor)
    return CampaignSheet(campaign, sku_sheets(campaign_id))


def sku_sheets(campaign_id: int) -> tuple[SkuSheet, ...]:
    """What a campaign sells, with names; three queries."""
    rows = db.session.execute(
        select(CampaignSku, Variant, Product)
        .join(Variant, Variant.id == CampaignSku.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .where(CampaignSku.campaign_id == campaign_id)
        .order_by(CampaignSku.position, CampaignSku.id)
        .execution_options(populate_existing=True)
    ).all()
    counted = _counted_by_sku(campaign_id)
    pictures = of_products({product.id for _sku, _variant, product in rows}, first_only=True)
    return tuple(
        SkuSheet(
            sku=sku,
            code=variant.sku,
            title=pick(product.title),
            options=options_label(variant.options),
            product_id=product.id,
            number=product.number,
            wanted=counted.get(sku.id, (0, 0))[0],
            tolerance=counted.get(sku.id, (0, 0))[1],
            picture=next(iter(pictures.get(product.id, [])), None),
        )
        for sku, variant, product in rows
    )


def options_label(options: Mapping[str, object]) -> str:
    """ "M · brick red" of a variant."""
    values = options.get("values", [])
    if not isinstance(values, list):
        return ""
    return " · ".join(pick(value) if isinstance(value, Mapping) else str(value) for value in values)


def total_cap(caps: Iterable[int | None]) -> int | None:
    """All caps together, None as soon as one SKU has none."""
    found_caps = list(caps)
    capped = [cap for cap in found_caps if cap is not None]
    return sum(capped) if capped and len(capped) == len(found_caps) else None


def _counted_by_sku(campaign_id: int) -> dict[int, tuple[int, int]]:
    statement = (
        select(Commitment.sku_id, func.sum(Commitment.quantity), func.sum(Commitment.tolerance))
        .where(Commitment.campaign_id == campaign_id, Commitment.state.in_(COUNTING))
        .group_by(Commitment.sku_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in db.session.execute(statement)}

"""How orders get the goods of a campaign: counted against its cap, there only when they arrive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select

from app.catalog.commands import stock
from app.orders.commands.place import order_held_by
from app.orders.supply import Goods
from app.platform.actor import Actor
from app.platform.db import db
from app.presale.commands import holding, late
from app.presale.commands.holding import Wanted
from app.presale.commands.waiting import serve
from app.presale.errors import CampaignFull
from app.presale.locks import campaign_now
from app.presale.models import OFF_THE_SHELF, Campaign, CampaignSku, CampaignState

REFUSING = frozenset(
    {
        CampaignState.DRAFT,
        CampaignState.PREVIEW,
        CampaignState.FAILED,
        CampaignState.REFUNDING,
        CampaignState.REFUNDED,
        CampaignState.BALANCE_CLOSED,
        CampaignState.FULFILLING,
        CampaignState.COMPLETED,
        CampaignState.CANCELLED,
    }
)
"""States in which a payment that comes late goes back: nothing can be promised any more."""


class CampaignSupply:
    """`Goods.source_id` is a campaign's SKU."""

    makes_available_at_once = False

    def reserve(
        self, owner: str, goods: Sequence[Goods], *, until: datetime, now: datetime
    ) -> Mapping[int, int]:
        skus = _skus_of(goods)
        for sku, campaign in skus.values():
            if campaign.state in REFUSING:
                raise CampaignFull(variant_id=sku.variant_id, free=0)
        wanted = [Wanted(units.source_id or 0, units.quantity) for units in goods]
        holding.reserve(owner, wanted, until=until, now=now)
        order_id = order_held_by(owner)
        if order_id is not None and not late.is_within_limits(order_id):
            raise CampaignFull(variant_id=goods[0].variant_id, free=0)
        return {
            units.variant_id: units.location_id or skus[units.source_id or 0][0].location_id
            for units in goods
        }

    def keeps(self, owner: str, goods: Sequence[Goods]) -> bool:  # noqa: ARG002  (as every supply is asked)
        """Never without looking: the campaign may have come to a state that refuses."""
        return False

    def hand_over(
        self, owner: str, new_owner: str, goods: Sequence[Goods], *, until: datetime
    ) -> None:
        sku_ids = [units.source_id or 0 for units in goods]
        holding.hand_over(owner, new_owner, sku_ids, until=until)

    def extend(self, owner: str, *, until: datetime) -> None:
        holding.extend(owner, until=until)

    def release(self, owner: str) -> None:
        holding.release(owner)

    def sell(self, owner: str, *, reference: str, now: datetime) -> None:  # noqa: ARG002  (as every supply is asked)
        holding.sell(owner)

    def put_back(self, goods: Goods, *, reference: str, actor: Actor, now: datetime) -> None:
        """Free for who waits, then for all; goods that were on a shelf go back there."""
        sku = holding.lock_sku(goods.source_id or 0)
        campaign = campaign_now(sku.campaign_id)
        holding.give_up(sku.id, goods.quantity)
        sold_off_the_shelf = campaign.supply_mode in OFF_THE_SHELF and campaign.state in {
            CampaignState.FULFILLING,
            CampaignState.COMPLETED,
        }
        serve([sku.id], now=now)
        if sold_off_the_shelf:
            stock.put_back(
                sku.variant_id, sku.location_id, goods.quantity, reference=reference, actor=actor,
                now=now,
            )  # fmt: skip

    def write_off(self, goods: Goods) -> None:
        """There are fewer than was thought: nobody is offered what will not come."""
        holding.write_off(goods.source_id or 0, goods.quantity)


def _skus_of(goods: Sequence[Goods]) -> dict[int, tuple[CampaignSku, Campaign]]:
    rows = db.session.execute(
        select(CampaignSku, Campaign)
        .join(Campaign, Campaign.id == CampaignSku.campaign_id)
        .where(CampaignSku.id.in_([units.source_id for units in goods]))
        .execution_options(populate_existing=True)
    )
    return {sku.id: (sku, campaign) for sku, campaign in rows}

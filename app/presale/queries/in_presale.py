"""Which presale a product is sold in, for its own page and its card; one query however many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased

from app.catalog.models import MovementReason, Stock, StockMovement, Variant
from app.platform.configuration import settings
from app.platform.content.reading import about, holds_until
from app.platform.db import Instant, db
from app.platform.money import Money
from app.presale.models import Campaign, CampaignSku, CampaignState, PaymentMode
from app.presale.queries.pages import UNSEEN, path_of
from app.presale.rules.moves import RUNNING


class Phase(StrEnum):
    """`closed` goes on without anybody joining: goods are made, paid and sent. `failed` came to
    nothing: its goal was not reached, or it was given up.
    """

    OPEN = "open"
    SOON = "soon"
    CLOSED = "closed"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class InPresale:
    """`price` is the lowest, `deposit` what joining at it costs now, None where all is paid at once
    or nothing is.
    """

    phase: Phase
    path: str
    price: Money
    deposit: Money | None
    opens_at: datetime
    closes_at: datetime


_FAILED = frozenset(
    {
        CampaignState.FAILED,
        CampaignState.REFUNDING,
        CampaignState.REFUNDED,
        CampaignState.CANCELLED,
    }
)
_ORDER = list(Phase)


def presales_of(product_ids: Iterable[int], *, now: datetime) -> dict[int, InPresale]:
    """By product: the presale that runs, else the next to open, else the one whose goods are on
    their way, else one that came to nothing, unless the product was sold from the shelf.
    """
    ids = list(product_ids)
    with about(ids):
        rows = db.session.execute(_OF_THESE, {"ids": ids}).all()
    found = [
        (product_id, _of(campaign, int(price), deposit, now=now))
        for product_id, campaign, price, deposit in rows
    ]
    # The last one written wins: the best comes last.
    found.sort(key=lambda one: (_ORDER.index(one[1].phase), one[1].closes_at), reverse=True)
    return dict(found)


def joinable_products(*, now: datetime) -> frozenset[int]:
    """Products that can be joined at this moment or soon; one query."""
    rows = db.session.execute(_JOINABLE, {"now": now}).all()
    holds_until(*(row.closes_at for row in rows), now=now)
    return frozenset(row.product_id for row in rows)


def _of(campaign: Campaign, price: int, deposit: int | None, *, now: datetime) -> InPresale:
    holds_until(campaign.opens_at, campaign.closes_at, now=now)
    has_deposit = campaign.payment_mode == PaymentMode.DEPOSIT and deposit is not None
    return InPresale(
        phase=_phase(campaign, now),
        path=path_of(campaign.slug),
        price=Money(price, settings().currency),
        deposit=Money(deposit or 0, settings().currency) if has_deposit else None,
        opens_at=campaign.opens_at,
        closes_at=campaign.closes_at,
    )


def _phase(campaign: Campaign, now: datetime) -> Phase:
    if campaign.state in _FAILED:
        return Phase.FAILED
    if campaign.state == CampaignState.SCHEDULED or (
        campaign.state in RUNNING and now < campaign.opens_at
    ):
        return Phase.SOON
    if campaign.state in RUNNING and now < campaign.closes_at:
        return Phase.OPEN
    return Phase.CLOSED


_SHELVED = aliased(Variant)
_SOLD_OTHERWISE: Final = exists().where(
    _SHELVED.product_id == Variant.product_id,
    Stock.variant_id == _SHELVED.id,
    StockMovement.stock_id == Stock.id,
    StockMovement.reason == MovementReason.SOLD,
)
_OF_THESE: Final = (
    select(
        Variant.product_id,
        Campaign,
        func.min(CampaignSku.price),
        func.min(CampaignSku.deposit),
    )
    .join(CampaignSku, CampaignSku.variant_id == Variant.id)
    .join(Campaign, Campaign.id == CampaignSku.campaign_id)
    .where(
        Variant.product_id.in_(bindparam("ids", expanding=True)),
        Campaign.published_at.is_not(None),
        Campaign.state.not_in([*UNSEEN, CampaignState.COMPLETED]),
        or_(Campaign.state.not_in(_FAILED), ~_SOLD_OTHERWISE),
    )
    .group_by(Variant.product_id, Campaign.id)
)
_JOINABLE: Final = (
    select(Variant.product_id, Campaign.closes_at)
    .join(CampaignSku, CampaignSku.variant_id == Variant.id)
    .join(Campaign, Campaign.id == CampaignSku.campaign_id)
    .where(
        Campaign.published_at.is_not(None),
        Campaign.state.in_([CampaignState.SCHEDULED, *RUNNING]),
        Campaign.closes_at > bindparam("now", type_=Instant),
    )
)

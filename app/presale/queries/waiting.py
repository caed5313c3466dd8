"""A place on a waiting list, for whoever holds its token."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

from app.catalog.models import Product, Variant
from app.catalog.queries.variants import option_label
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.rbac import found
from app.presale.models import Campaign, CampaignSku, CampaignState, WaitingEntry, WaitingState
from app.presale.queries.pages import path_of
from app.presale.rules.money import Terms, terms_at
from app.presale.rules.stage import is_given_up
from app.presale.rules.waiting import OFFERING


@dataclass(frozen=True, slots=True)
class Waiting:
    """`position` counts from 1 while it waits, 0 otherwise; `terms` are those of who joins now."""

    entry: WaitingEntry
    campaign: Campaign
    terms: Terms
    titles: Mapping[str, str]
    options: Mapping[str, Any]
    position: int

    @property
    def title(self) -> str:
        return pick(self.campaign.title)

    @property
    def label(self) -> str:
        return option_label(self.options)

    @property
    def path(self) -> str:
        return f"/w/{self.entry.token}"

    @property
    def campaign_path(self) -> str:
        return path_of(self.campaign.slug)

    @property
    def is_given_up(self) -> bool:
        """Whether the campaign does not take place."""
        return is_given_up(CampaignState(self.campaign.state))

    @property
    def is_over(self) -> bool:
        """Whether no place can be offered any more."""
        return self.campaign.state not in OFFERING

    def is_offered(self, now: datetime) -> bool:
        """Whether the place can be taken now."""
        until = self.entry.offered_until
        is_open = self.entry.state == WaitingState.OFFERED and not self.is_over
        return is_open and until is not None and now < until


def by_token(token: str, *, now: datetime) -> Waiting:
    """The place this token opens; raises NotFound."""
    entry = db.session.scalar(select(WaitingEntry).where(WaitingEntry.token == token))
    return _view(found(entry), now=now)


def by_id(entry_id: int, *, now: datetime) -> Waiting:
    """For the mails written about it."""
    return _view(found(db.session.get(WaitingEntry, entry_id)), now=now)


def of_customer(campaign_id: int, customer_id: int, *, now: datetime) -> list[Waiting]:
    """What the account signed in waits for in a campaign, or was offered."""
    entries = db.session.scalars(
        select(WaitingEntry)
        .where(
            WaitingEntry.campaign_id == campaign_id,
            WaitingEntry.customer_id == customer_id,
            WaitingEntry.state.in_([WaitingState.WAITING, WaitingState.OFFERED]),
        )
        .order_by(WaitingEntry.id)
    ).all()
    return [_view(entry, now=now) for entry in entries]


def _view(entry: WaitingEntry, *, now: datetime) -> Waiting:
    row = db.session.execute(
        select(Campaign, CampaignSku, Variant.options, Product.title)
        .join(CampaignSku, CampaignSku.campaign_id == Campaign.id)
        .join(Variant, Variant.id == CampaignSku.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .where(CampaignSku.id == entry.sku_id)
    ).one()
    campaign, sku, options, titles = row
    return Waiting(entry, campaign, terms_at(campaign, sku, now), titles, options, _position(entry))


def _position(entry: WaitingEntry) -> int:
    if entry.state != WaitingState.WAITING:
        return 0
    before = select(func.count()).where(
        WaitingEntry.sku_id == entry.sku_id,
        WaitingEntry.state == WaitingState.WAITING,
        or_(
            WaitingEntry.rank < entry.rank,
            and_(WaitingEntry.rank == entry.rank, WaitingEntry.id < entry.id),
        ),
    )
    return (db.session.scalar(before) or 0) + 1

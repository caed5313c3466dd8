"""What bag and checkout need to know of a campaign's SKUs, always from the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import case, func, or_, select

from app.platform.db import db
from app.platform.i18n import pick
from app.presale.models import (
    Campaign,
    CampaignHold,
    CampaignSku,
    HoldState,
    QuotaSlice,
    WaitingEntry,
    WaitingState,
)
from app.presale.rules.money import Terms, terms_at
from app.presale.rules.moves import JOINABLE
from app.presale.rules.waiting import OFFERING
from app.presale.words import deposit_word

UNLIMITED = 99


@dataclass(frozen=True, slots=True)
class Asked:
    """A SKU somebody wants: through which link, with which offer of the waiting list."""

    sku_id: int
    link_id: int | None = None
    waiting_id: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A SKU as it can be joined now.

    `free` units can be had by who asks; `is_open` says whether the window is.
    """

    sku_id: int
    variant_id: int
    campaign_id: int
    slug: str
    titles: Mapping[str, str]
    terms: Terms
    free: int
    is_open: bool
    hold_minutes: int
    per_person_limit: int | None
    promise_earliest: date
    promise_latest: date
    deposit_kind: str
    terms_hash: str
    questions: tuple[Mapping[str, Any], ...]

    @property
    def title(self) -> str:
        return pick(self.titles)

    @property
    def path(self) -> str:
        return f"/pre/{self.slug}"

    @property
    def deposit_word(self) -> str:
        return deposit_word(self.deposit_kind)

    @property
    def subject(self) -> str:
        return f"campaign:{self.campaign_id}"

    @property
    def part(self) -> str:
        """Goods with the same part arrive at the same time."""
        return self.promise_latest.isoformat()


def offers(asked: Iterable[Asked], *, now: datetime, sparing: str = "") -> dict[int, Offer]:
    """Offers by SKU; unknown ones are absent. Holds of owner `sparing` do not count against it."""
    wishes = {wish.sku_id: wish for wish in asked}
    if not wishes:
        return {}
    rows = db.session.execute(
        select(CampaignSku, Campaign)
        .join(Campaign, Campaign.id == CampaignSku.campaign_id)
        .where(CampaignSku.id.in_(wishes))
        .execution_options(populate_existing=True)
    ).all()
    spare = _spare_units(list(wishes), now=now, sparing=sparing)
    waited_for = _waited_for(list(wishes))
    pooled_own = _held_by(sparing, list(wishes)) if waited_for else {}
    slices = _slices(wishes)
    offered = _offered(wishes, now=now)
    found = {}
    for sku, campaign in rows:
        pooled, sliced = spare.get(sku.id, (0, 0))
        free = UNLIMITED if sku.cap is None else sku.cap - sku.committed - sku.held + pooled
        if sku.id in waited_for:
            free = pooled_own.get(sku.id, 0)
        if sku.id in slices:
            free = max(free, slices[sku.id] + sliced)
        found[sku.id] = _offer(
            sku, campaign, free=max(free, offered.get(sku.id, 0), 0), now=now,
            has_offer=sku.id in offered,
        )  # fmt: skip
    return found


def _offer(
    sku: CampaignSku, campaign: Campaign, *, free: int, now: datetime, has_offer: bool
) -> Offer:
    in_window = (
        campaign.state in JOINABLE
        and campaign.opens_at <= now < campaign.closes_at
        and not campaign.is_draw
    )
    return Offer(
        sku_id=sku.id,
        variant_id=sku.variant_id,
        campaign_id=campaign.id,
        slug=campaign.slug,
        titles=campaign.title,
        terms=terms_at(campaign, sku, now),
        free=free,
        is_open=campaign.state in OFFERING if has_offer else in_window,
        hold_minutes=campaign.hold_minutes,
        per_person_limit=campaign.per_person_limit,
        promise_earliest=campaign.promise_earliest,
        promise_latest=campaign.promise_latest,
        deposit_kind=campaign.deposit_kind,
        terms_hash=str(campaign.terms.get("hash", "")),
        questions=tuple(campaign.questions),
    )


def _spare_units(sku_ids: list[int], *, now: datetime, sparing: str) -> dict[int, tuple[int, int]]:
    """Units still counted as held that stand in nobody's way: (out of all, out of a slice)."""
    rows = db.session.execute(
        select(
            CampaignHold.sku_id,
            func.sum(case((CampaignHold.slice_id.is_(None), CampaignHold.quantity), else_=0)),
            func.sum(CampaignHold.from_slice),
        )
        .where(
            CampaignHold.sku_id.in_(sku_ids),
            CampaignHold.state == HoldState.LIVE,
            or_(CampaignHold.expires_at <= now, CampaignHold.owner == sparing),
        )
        .group_by(CampaignHold.sku_id)
    )
    return {sku_id: (int(pooled), int(sliced)) for sku_id, pooled, sliced in rows}


def _waited_for(sku_ids: list[int]) -> set[int]:
    """SKUs of which what becomes free belongs to the waiting list first."""
    rows = select(WaitingEntry.sku_id).where(
        WaitingEntry.sku_id.in_(sku_ids), WaitingEntry.state == WaitingState.WAITING
    )
    return set(db.session.scalars(rows.distinct()))


def _held_by(owner: str, sku_ids: list[int]) -> dict[int, int]:
    """What an owner holds already, by SKU."""
    rows = db.session.execute(
        select(CampaignHold.sku_id, func.sum(CampaignHold.quantity))
        .where(
            CampaignHold.sku_id.in_(sku_ids),
            CampaignHold.owner == owner,
            CampaignHold.state == HoldState.LIVE,
        )
        .group_by(CampaignHold.sku_id)
    )
    return {sku_id: int(units) for sku_id, units in rows}


def _slices(wishes: Mapping[int, Asked]) -> dict[int, int]:
    """Units left in the slice of each wish's link."""
    linked = {sku_id: wish.link_id for sku_id, wish in wishes.items() if wish.link_id}
    if not linked:
        return {}
    rows = db.session.scalars(
        select(QuotaSlice).where(
            QuotaSlice.sku_id.in_(linked),
            QuotaSlice.link_id.in_(linked.values()),
            QuotaSlice.returned_at.is_(None),
        )
    )
    return {
        row.sku_id: row.quota - row.used for row in rows if linked.get(row.sku_id) == row.link_id
    }


def _offered(wishes: Mapping[int, Asked], *, now: datetime) -> dict[int, int]:
    """Units kept for those who were offered a place and are taking it."""
    entries = [wish.waiting_id for wish in wishes.values() if wish.waiting_id]
    if not entries:
        return {}
    rows = db.session.scalars(
        select(WaitingEntry).where(
            WaitingEntry.id.in_(entries),
            or_(
                WaitingEntry.state == WaitingState.ACCEPTED,
                (WaitingEntry.state == WaitingState.OFFERED) & (WaitingEntry.offered_until > now),
            ),
        )
    )
    return {row.sku_id: row.quantity for row in rows}

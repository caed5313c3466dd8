"""Units kept for one group's link, until shortly before the close (R20)."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update

from app.platform import clock
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import changed_rows, db
from app.platform.due import each
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.commands import counters, holding
from app.presale.commands.waiting import serve
from app.presale.errors import CapTooLow, NotNow
from app.presale.events import StandingChanged
from app.presale.locks import lock_campaign
from app.presale.models import CampaignHold, CampaignSku, HoldState, QuotaSlice
from app.presale.rules.moves import ENDED
from app.presale.rules.slicing import returns_at


@command
def keep(sku_id: int, link_id: int, quota: int, *, actor: Actor, now: datetime) -> None:
    """Keep so many units of a SKU for a link; 0 gives back what is not used.

    Raises CapTooLow when fewer are free, or it is fewer than are used already; NotNow shortly
    before the close. Whether the link is the actor's, the caller has shown.
    """
    ensure(actor, "presales.edit")
    sku = holding.lock_sku(sku_id)
    campaign = lock_campaign(sku.campaign_id, actor)
    until = returns_at(campaign.opens_at, campaign.closes_at)
    if campaign.state in ENDED or until <= now or sku.cap is None:
        raise NotNow
    own = _slice(sku_id, link_id)
    if quota == 0 and own is not None and own.returned_at is None:
        _give_back(own, now=now)
    elif quota:
        _set(own or QuotaSlice(sku_id=sku_id, link_id=link_id, returned_at=now), quota, until)
    db.session.flush()
    record(
        actor, "presale.slice", "campaign", campaign.id, now=now,
        after={"sku": sku_id, "link": link_id, "quota": quota},
    )  # fmt: skip
    serve([sku_id], now=now)
    publish(StandingChanged(campaign.id, now))


def return_due(limit: int = 50) -> int:
    """Give back slices whose time is over; returns how many."""
    now = clock.now()
    due = db.session.scalars(
        select(QuotaSlice.id)
        .where(QuotaSlice.returned_at.is_(None), QuotaSlice.returns_at <= now)
        .order_by(QuotaSlice.id)
        .limit(limit)
    ).all()
    db.session.rollback()
    return each(due, lambda slice_id: return_one(slice_id, now=now))


def return_all(campaign_id: int, *, now: datetime) -> None:
    """Let every slice of a campaign go back to all by now, as when it closes early."""
    skus = select(CampaignSku.id).where(CampaignSku.campaign_id == campaign_id)
    db.session.execute(
        update(QuotaSlice)
        .where(QuotaSlice.sku_id.in_(skus), QuotaSlice.returned_at.is_(None))
        .values(returns_at=now)
    )


@command
def return_one(slice_id: int, *, now: datetime) -> bool:
    """Give the unused units of a slice back to all; those in somebody's hands stay theirs."""
    known = db.session.get_one(QuotaSlice, slice_id, populate_existing=True)
    sku = holding.lock_sku(known.sku_id)
    db.session.refresh(known)
    if known.returned_at is not None or known.returns_at > now:
        return False
    _give_back(known, now=now)
    db.session.flush()
    serve([sku.id], now=now)
    publish(StandingChanged(sku.campaign_id, now))
    return True


def _set(own: QuotaSlice, quota: int, returns_at: datetime) -> None:
    """Keep so many, beginning anew where the slice had gone back to all."""
    is_kept = own.returned_at is None
    before, used = (own.quota, own.used) if is_kept else (0, 0)
    if quota < used or not _count(own.sku_id, quota - before):
        raise CapTooLow({"quota": str(CapTooLow.default_message)})
    own.quota, own.used = quota, used
    own.returns_at, own.returned_at = returns_at, None
    db.session.add(own)


def _give_back(own: QuotaSlice, *, now: datetime) -> None:
    """What is not used goes back to all; what somebody holds of it counts by itself from now on."""
    own.returned_at = now
    _count(own.sku_id, own.used - own.quota)
    db.session.execute(
        update(CampaignHold)
        .where(CampaignHold.slice_id == own.id, CampaignHold.state == HoldState.LIVE)
        .values(slice_id=None, from_slice=0)
    )


def _count(sku_id: int, units: int) -> bool:
    """Add to what is held of a SKU; False when fewer are free. Giving back always works."""
    statement = update(CampaignSku).where(CampaignSku.id == sku_id)
    if units > 0:
        statement = statement.where(counters.has_free(units))
    return bool(changed_rows(statement.values(held=CampaignSku.held + units)))


def _slice(sku_id: int, link_id: int) -> QuotaSlice | None:
    return db.session.scalar(
        select(QuotaSlice)
        .where(
            QuotaSlice.sku_id == sku_id,
            QuotaSlice.link_id == link_id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )

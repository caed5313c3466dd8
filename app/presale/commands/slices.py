"""Units kept for one group's link, until six hours before the close (R20)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.platform import clock
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import changed_rows, db
from app.platform.facts import publish
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.commands import counters, holding
from app.presale.commands.waiting import serve
from app.presale.errors import CapTooLow, NotNow
from app.presale.events import StandingChanged
from app.presale.locks import lock_campaign
from app.presale.models import CampaignSku, QuotaSlice
from app.presale.rules.moves import ENDED

RETURNS_BEFORE_CLOSE = timedelta(hours=6)


@command
def keep(sku_id: int, link_id: int, quota: int, *, actor: Actor, now: datetime) -> None:
    """Keep so many units of a SKU for a link; 0 gives back what is not used.

    Raises CapTooLow when fewer are free, or fewer than are used already; NotNow shortly before the
    close. Whether the link is the actor's, the caller has shown.
    """
    ensure(actor, "presales.edit")
    sku = holding.lock_sku(sku_id)
    campaign = lock_campaign(sku.campaign_id, actor)
    returns_at = campaign.closes_at - RETURNS_BEFORE_CLOSE
    if campaign.state in ENDED or returns_at <= now or sku.cap is None:
        raise NotNow
    own = _slice(sku_id, link_id)
    before = own.quota if own is not None else 0
    if quota < (own.used if own is not None else 0) or not _count(sku_id, quota - before):
        raise CapTooLow({"quota": str(CapTooLow.default_message)})
    if own is None and quota:
        db.session.add(
            QuotaSlice(sku_id=sku_id, link_id=link_id, quota=quota, returns_at=returns_at)
        )
    elif own is not None and quota:
        own.quota = quota
    elif own is not None:
        own.returned_at = now
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
    return sum(return_one(slice_id, now=now) for slice_id in due)


@command
def return_one(slice_id: int, *, now: datetime) -> bool:
    """Give the unused units of a slice back to all; those in somebody's hands stay theirs."""
    known = db.session.get_one(QuotaSlice, slice_id, populate_existing=True)
    sku = holding.lock_sku(known.sku_id)
    db.session.refresh(known)
    if known.returned_at is not None or known.returns_at > now:
        return False
    known.returned_at = now
    _count(sku.id, known.used - known.quota)
    db.session.flush()
    serve([sku.id], now=now)
    publish(StandingChanged(sku.campaign_id, now))
    return True


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
            QuotaSlice.returned_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )

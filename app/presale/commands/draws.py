"""A draw anybody can compute again: the seed's hash is public before, the seed afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from app.platform.actor import SYSTEM
from app.platform.db import db
from app.presale.commands.waiting import serve
from app.presale.locks import note
from app.presale.models import Campaign, CampaignSku, WaitingEntry, WaitingState
from app.presale.rules.shortage import ticket


def draw(campaign: Campaign, *, now: datetime) -> None:
    """Put the entries of every SKU in drawn order and offer the places; in the closing transaction.

    The order is that of SHA-256(`seed:code`); who declines or does not answer makes room for the
    next in that order. Where an extended window closes a second time, who was drawn before keeps
    their place, and who entered since is drawn behind them.
    """
    skus = select(CampaignSku.id).where(CampaignSku.campaign_id == campaign.id)
    sku_ids = list(db.session.scalars(skus))
    entries = db.session.scalars(
        select(WaitingEntry)
        .where(
            WaitingEntry.sku_id.in_(sku_ids),
            WaitingEntry.state == WaitingState.WAITING,
            WaitingEntry.draw_place.is_(None),
        )
        .execution_options(populate_existing=True)
    ).all()
    last = _last_places(sku_ids)
    for entry in sorted(entries, key=lambda entry: ticket(campaign.seed, entry.code)):
        last[entry.sku_id] = place = last.get(entry.sku_id, 0) + 1
        entry.rank = entry.draw_place = place
    db.session.flush()
    note(campaign.id, "drawn", {"entries": len(entries)}, actor=SYSTEM, now=now, public=True)
    serve(sku_ids, now=now)


def _last_places(sku_ids: list[int]) -> dict[int, int]:
    """The last place that was drawn before, of each SKU that was drawn at all."""
    rows = db.session.execute(
        select(WaitingEntry.sku_id, func.max(WaitingEntry.draw_place).label("place"))
        .where(WaitingEntry.sku_id.in_(sku_ids), WaitingEntry.draw_place.is_not(None))
        .group_by(WaitingEntry.sku_id)
    )
    return {row.sku_id: row.place for row in rows}

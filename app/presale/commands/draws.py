"""A draw anybody can compute again: the seed's hash is public before, the seed afterwards."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.platform.actor import SYSTEM
from app.platform.db import db
from app.presale.commands.waiting import serve
from app.presale.locks import note
from app.presale.models import Campaign, CampaignSku, WaitingEntry, WaitingState
from app.presale.rules.shortage import ticket


def draw(campaign: Campaign, *, now: datetime) -> None:
    """Put the entries of every SKU in drawn order and offer the places; in the closing transaction.

    The order is that of SHA-256(`seed:code`); who declines or does not answer makes room for the
    next in that order.
    """
    skus = select(CampaignSku.id).where(CampaignSku.campaign_id == campaign.id)
    sku_ids = list(db.session.scalars(skus))
    entries = db.session.scalars(
        select(WaitingEntry)
        .where(WaitingEntry.sku_id.in_(sku_ids), WaitingEntry.state == WaitingState.WAITING)
        .execution_options(populate_existing=True)
    ).all()
    by_sku: dict[int, list[WaitingEntry]] = {}
    for entry in sorted(entries, key=lambda entry: ticket(campaign.seed, entry.code)):
        drawn = by_sku.setdefault(entry.sku_id, [])
        drawn.append(entry)
        entry.rank = entry.draw_place = len(drawn)
    db.session.flush()
    note(campaign.id, "drawn", {"entries": len(entries)}, actor=SYSTEM, now=now, public=True)
    serve(sku_ids, now=now)

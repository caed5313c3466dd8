"""An entry of a chat list as whoever it is meant for opens it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, select

from app.community.models import ListEntry, ListItem, ShareLink
from app.orders.models import Order
from app.platform.db import db
from app.presale.models import Campaign, CampaignSku, Participation


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody on a list who has not joined; `items` are (SKU, units) in the order shown."""

    id: int
    code: str
    name: str
    items: tuple[tuple[int, int], ...]

    @property
    def query(self) -> str:
        """What its addresses have behind those of the link."""
        return f"?e={self.code}"


def listed(link_id: int, code: str) -> Listed | None:
    """The entry of this code on the link's list, while it waits; None once it joined or left."""
    entry = db.session.scalar(
        select(ListEntry)
        .where(
            ListEntry.link_id == link_id,
            ListEntry.code == code,
            ListEntry.participation_id.is_(None),
            ListEntry.withdrawn_at.is_(None),
        )
        .execution_options(populate_existing=True)
    )
    if entry is None:
        return None
    items = db.session.execute(
        select(ListItem.sku_id, ListItem.quantity)
        .join(CampaignSku, CampaignSku.id == ListItem.sku_id)
        .where(ListItem.entry_id == entry.id)
        .order_by(CampaignSku.position, CampaignSku.id)
    )
    return Listed(
        entry.id, entry.code, entry.name, tuple((sku_id, units) for sku_id, units in items)
    )


def link_code_of(codes: Sequence[str]) -> tuple[str, str] | None:
    """(code of the link, code of the entry) of the first of these that names an entry."""
    rows = db.session.execute(
        select(ListEntry.code, ShareLink.code)
        .join(ShareLink, ShareLink.id == ListEntry.link_id)
        .join(Campaign, Campaign.id == ShareLink.campaign_id)
        .where(ListEntry.code.in_(list(codes)), Campaign.published_at.is_not(None))
    ).all()
    found = {row[0]: row[1] for row in rows}
    return next(((found[code], code) for code in codes if code in found), None)


def came_by(participation_id: int) -> tuple[int, int] | None:
    """(entry, campaign) of a participation that came by somebody's own link."""
    row = db.session.execute(
        select(Participation.listed_id, Participation.campaign_id).where(
            Participation.id == participation_id
        )
    ).one()
    return (row[0], row[1]) if row[0] is not None else None


def closed_before(moment: datetime) -> Select[int]:
    """The links of presales that closed before then."""
    return (
        select(ShareLink.id)
        .join(Campaign, Campaign.id == ShareLink.campaign_id)
        .where(Campaign.closes_at < moment)
    )


def of_customer(customer_id: int) -> ColumnElement[bool]:
    """Entries that this account has joined by."""
    joins = (
        select(Participation.id)
        .outerjoin(Order, Order.id == Participation.order_id)
        .where((Participation.customer_id == customer_id) | (Order.customer_id == customer_id))
    )
    return ListEntry.participation_id.in_(joins)

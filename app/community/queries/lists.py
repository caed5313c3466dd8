"""Chat lists as their leaders see them: what is kept of them, and who of it has joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.catalog.models import Product, Variant
from app.community.chat_list.shapes import SkuName
from app.community.models import ChatList, ListEntry, ListItem
from app.community.rules.proposals import Known
from app.platform.db import db
from app.presale.models import CampaignSku, Commitment, Participation


class Stand(StrEnum):
    """What became of an entry. `left` joined and went again."""

    WAITING = "waiting"
    JOINED = "joined"
    LEFT = "left"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class EntryView:
    """An entry with its items by SKU; `number` is its place in the presale once it has joined."""

    id: int
    code: str
    position: int
    name: str
    note: str
    items: tuple[tuple[int, int], ...]
    stand: Stand
    number: int | None
    joined_at: datetime | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a number who came through the link; `name` is empty for the anonymous."""

    number: int
    name: str
    items: tuple[tuple[int, int], ...]
    has_left: bool


@dataclass(frozen=True, slots=True)
class Paste:
    """The list that was confirmed last; `text` is empty once it has been forgotten."""

    text: str
    at: datetime


def sku_names(campaign_id: int) -> list[SkuName]:
    """Everything that can be ordered, as lists call it."""
    rows = db.session.execute(
        select(CampaignSku.id, Variant.options, Product.title)
        .join(Variant, Variant.id == CampaignSku.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .where(CampaignSku.campaign_id == campaign_id)
        .order_by(CampaignSku.position, CampaignSku.id)
    )
    return [
        SkuName(str(sku_id), tuple(map(_texts, options.get("values", []))), dict(title))
        for sku_id, options, title in rows
    ]


def kept(link_id: int) -> dict[str, Known]:
    """What is kept of a link's lists already, by key."""
    rows = db.session.scalars(
        select(ListEntry)
        .where(ListEntry.link_id == link_id)
        .order_by(ListEntry.position, ListEntry.id)
        .execution_options(populate_existing=True)
    )
    return {
        row.key: Known(
            row.id, row.key, row.said, row.joined_at is not None, row.withdrawn_at is not None
        )
        for row in rows
    }


def entries(link_id: int) -> tuple[EntryView, ...]:
    """Every entry of a link's lists in the order of the list; two queries."""
    rows = db.session.execute(
        select(ListEntry, Participation)
        .outerjoin(Participation, Participation.id == ListEntry.participation_id)
        .where(ListEntry.link_id == link_id)
        .order_by(ListEntry.position, ListEntry.id)
        .execution_options(populate_existing=True)
    ).all()
    items = _items(link_id)
    return tuple(_view(entry, joined, items) for entry, joined in rows)


def people(link_id: int) -> tuple[Person, ...]:
    """Everybody who joined through a link, by number, whether they were on a list or not."""
    rows = db.session.execute(
        select(Participation, Commitment)
        .join(Commitment, Commitment.participation_id == Participation.id)
        .where(Participation.link_id == link_id, Participation.number.is_not(None))
        .order_by(Participation.number, Commitment.id)
        .execution_options(populate_existing=True)
    )
    who: dict[int, Participation] = {}
    items: dict[int, list[tuple[int, int]]] = {}
    for joined, commitment in rows:
        who[joined.id] = joined
        units = commitment.quantity + commitment.tolerance - commitment.cut
        items.setdefault(joined.id, []).append((commitment.sku_id, units))
    return tuple(
        Person(
            number=joined.number or 0,
            name="" if joined.is_anonymous else joined.name,
            items=tuple(items[joined.id]),
            has_left=joined.left_at is not None,
        )
        for joined in who.values()
    )


def last_paste(link_id: int) -> Paste | None:
    row = db.session.scalar(
        select(ChatList)
        .where(ChatList.link_id == link_id)
        .order_by(ChatList.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return Paste(row.text, row.created_at) if row is not None else None


def _items(link_id: int) -> dict[int, list[tuple[int, int]]]:
    rows = db.session.execute(
        select(ListItem.entry_id, ListItem.sku_id, ListItem.quantity)
        .join(ListEntry, ListEntry.id == ListItem.entry_id)
        .join(CampaignSku, CampaignSku.id == ListItem.sku_id)
        .where(ListEntry.link_id == link_id)
        .order_by(CampaignSku.position, ListItem.sku_id)
    )
    found: dict[int, list[tuple[int, int]]] = {}
    for entry_id, sku_id, quantity in rows:
        found.setdefault(entry_id, []).append((sku_id, quantity))
    return found


def _view(
    entry: ListEntry,
    joined: Participation | None,
    items: Mapping[int, Sequence[tuple[int, int]]],
) -> EntryView:
    return EntryView(
        id=entry.id,
        code=entry.code,
        position=entry.position,
        name=entry.name,
        note=entry.note,
        items=tuple(items.get(entry.id, ())),
        stand=_stand(entry, joined),
        number=joined.number if joined else None,
        joined_at=entry.joined_at,
    )


def _stand(entry: ListEntry, joined: Participation | None) -> Stand:
    if joined is not None:
        return Stand.LEFT if joined.left_at is not None else Stand.JOINED
    return Stand.WITHDRAWN if entry.withdrawn_at is not None else Stand.WAITING


def _texts(value: Mapping[str, str] | str) -> Mapping[str, str]:
    return value if isinstance(value, dict) else {"en": str(value)}

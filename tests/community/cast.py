"""Xiaoyu and Awen lead groups; what they share and who joins through it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.community.commands import groups, links, lists
from app.community.commands.groups import GroupWords
from app.community.commands.lists import NewEntry, PastedList
from app.community.models import ChatGroup, CommissionEntry, ListEntry, ShareLink
from app.platform.actor import Actor
from app.platform.db import db
from app.presale.commands.joining import Joining
from app.presale.models import Campaign, Participation
from app.shop.models import Role, Staff
from app.shop.sign_in import actor_of
from tests.cast import House
from tests.presale import cast as presale
from tests.servers.scenes import remembered
from tests.shop import people

RATE = 500
"""Five percent."""


def leader(owner: House, name: str = "xiaoyu", role: Role = Role.LEADER) -> Actor:
    """Somebody who shares presales for this merchant."""
    return actor_of(people.staff(owner.merchant_id, name, role))


@remembered
def group(who: Actor, now: datetime, name: str = "West gate mothers") -> int:
    return groups.create(GroupWords(name, "WeChat"), actor=who, now=now)


def campaign(owner: House, now: datetime, **facts: Any) -> Campaign:
    """A published presale that pays its leaders five percent."""
    return presale.campaign(owner, now, **({"commission_bp": RATE} | facts))


def link(who: Actor, campaign_id: int, now: datetime, name: str = "West gate mothers") -> ShareLink:
    """Their link of a campaign in a group of that name."""
    statement = select(ChatGroup.id).where(ChatGroup.leader_id == who.id, ChatGroup.name == name)
    group_id = db.session.scalar(statement) or group(who, now, name)
    return by_code(_share(campaign_id, group_id, who, now))


@remembered
def _share(campaign_id: int, group_id: int, who: Actor, now: datetime) -> str:
    return links.share(campaign_id, group_id, actor=who, now=now)


def by_code(code: str) -> ShareLink:
    statement = select(ShareLink).where(ShareLink.code == code)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()


def through(shared: ShareLink) -> Joining:
    """What a checkout says of somebody who came through a link."""
    return Joining(links={shared.campaign_id: shared.id})


def listed(shared: ShareLink, now: datetime, name: str = "小鱼", units: int = 1) -> int:
    """Somebody on the link's chat list, with so many of the first SKU; returns the entry."""
    sku = presale.skus(shared.campaign_id)[0]
    line = NewEntry(f"key of {name}", "said", 1, name, {sku.id: units})
    lists.confirm(
        shared.code, PastedList(f"1. {name}", [line], {}), actor=actor_of(staff_of(shared)), now=now
    )
    statement = select(ListEntry.id).where(ListEntry.link_id == shared.id, ListEntry.name == name)
    return db.session.scalars(statement).one()


def staff_of(shared: ShareLink) -> Staff:
    """Whose link it is."""
    return db.session.get_one(Staff, shared.leader_id)


def entries(link_id: int) -> list[CommissionEntry]:
    statement = select(CommissionEntry).where(CommissionEntry.link_id == link_id)
    return list(db.session.scalars(statement.order_by(CommissionEntry.id)))


def participation(order_id: int) -> Participation:
    statement = select(Participation).where(Participation.order_id == order_id)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one()

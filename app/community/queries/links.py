"""Groups and links as their leaders see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, Select, select

from app.community.models import ChatGroup, ShareLink
from app.community.rules.commission import Terms
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.rbac import found, visible
from app.presale.models import Campaign
from app.shop.models import Staff


@dataclass(frozen=True, slots=True)
class LinkView:
    """A link with the names of what it connects; `title` is in the reader's language."""

    id: int
    code: str
    campaign_id: int
    slug: str
    title: str
    state: str
    closes_at: datetime
    group_id: int
    group: str
    leader_id: int
    leader: str
    terms: Terms
    note: str
    created_at: datetime
    revoked_at: datetime | None

    @property
    def path(self) -> str:
        return f"/g/{self.code}"


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group, who leads it, and its links, the latest first."""

    group: ChatGroup
    leader: str
    links: Sequence[LinkView]


def link(code: str, actor: Actor) -> LinkView:
    """A link of the actor's own; raises NotFound for anybody else's."""
    row = db.session.execute(_links(ShareLink.code == code, actor=actor)).one_or_none()
    return _view(found(row))


def links_of_campaign(campaign_id: int, actor: Actor) -> list[LinkView]:
    """The actor's own links of one campaign, by group."""
    rows = db.session.execute(
        _links(ShareLink.campaign_id == campaign_id, actor=actor).order_by(ChatGroup.name)
    )
    return [_view(row) for row in rows]


def own_links(actor: Actor) -> list[LinkView]:
    """Every link of the actor's own, the latest first."""
    statement = _links(actor=actor).order_by(ShareLink.created_at.desc(), ShareLink.id.desc())
    return [_view(row) for row in db.session.execute(statement)]


def groups(actor: Actor, *, archived: bool = False) -> list[GroupView]:
    """The actor's own groups with their links, by name; archived ones only when asked for."""
    is_away = ChatGroup.archived_at.is_not(None)
    rows = db.session.execute(
        select(ChatGroup, Staff.name)
        .join(Staff, Staff.id == ChatGroup.leader_id)
        .where(visible(actor, ChatGroup), is_away if archived else ~is_away)
        .order_by(Staff.name, ChatGroup.name, ChatGroup.id)
    ).all()
    by_group: dict[int, list[LinkView]] = {}
    for each in own_links(actor):
        by_group.setdefault(each.group_id, []).append(each)
    return [GroupView(group, leader, by_group.get(group.id, ())) for group, leader in rows]


def group(group_id: int, actor: Actor) -> ChatGroup:
    """A group of the actor's own; raises NotFound for anybody else's."""
    statement = select(ChatGroup).where(ChatGroup.id == group_id, visible(actor, ChatGroup))
    return found(db.session.scalar(statement.execution_options(populate_existing=True)))


def _links(*which: ColumnElement[bool], actor: Actor) -> Select[ShareLink, str, int, str, Campaign]:
    return (
        select(ShareLink, ChatGroup.name, Staff.id, Staff.name, Campaign)
        .join(ChatGroup, ChatGroup.id == ShareLink.group_id)
        .join(Staff, Staff.id == ShareLink.leader_id)
        .join(Campaign, Campaign.id == ShareLink.campaign_id)
        .where(visible(actor, ShareLink), *which)
    )


def _view(row: Row[ShareLink, str, int, str, Campaign]) -> LinkView:
    shared, name, leader_id, leader, campaign = row
    return LinkView(
        id=shared.id, code=shared.code, campaign_id=campaign.id, slug=campaign.slug,
        title=pick(campaign.title), state=campaign.state, closes_at=campaign.closes_at,
        group_id=shared.group_id, group=name, leader_id=leader_id, leader=leader,
        terms=Terms(shared.commission_bp, shared.commission_cap), note=shared.note,
        created_at=shared.created_at, revoked_at=shared.revoked_at,
    )  # fmt: skip

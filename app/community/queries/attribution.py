"""Which link a join came through, and which one a visitor brings along."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.community.models import ChatGroup, ShareLink
from app.platform.db import db
from app.presale.models import Campaign, Participation
from app.shop.models import Staff


@dataclass(frozen=True, slots=True)
class Joined:
    """A participation that came through a link; `persons` as presale knows who joined."""

    campaign_id: int
    order_id: int | None
    persons: Sequence[str]
    leader_email: str


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A link as its visitors see it: whose it is, in which group, of which campaign."""

    id: int
    code: str
    campaign_id: int
    slug: str
    group: str
    leader: str
    leader_id: int
    is_revoked: bool


def joined(participation_id: int) -> Joined | None:
    """None for a join that came through no link, or through one of another campaign."""
    row = db.session.execute(
        select(Participation, Staff.email)
        .join(ShareLink, ShareLink.id == Participation.link_id)
        .join(Staff, Staff.id == ShareLink.leader_id)
        .where(
            Participation.id == participation_id,
            ShareLink.campaign_id == Participation.campaign_id,
        )
    ).one_or_none()
    if row is None:
        return None
    join, email = row
    return Joined(join.campaign_id, join.order_id, join.person.split(), email)


def shared_link(codes: Sequence[str]) -> SharedLink | None:
    """The first of these codes that a published campaign was shared under."""
    found = {link.code: link for link in shared_links(codes)}
    return next((found[code] for code in codes if code in found), None)


def shared_links(codes: Sequence[str]) -> list[SharedLink]:
    """The links behind these codes, in no order."""
    rows = db.session.execute(
        select(ShareLink, ChatGroup.name, Staff.name, Campaign.slug)
        .join(ChatGroup, ChatGroup.id == ShareLink.group_id)
        .join(Staff, Staff.id == ShareLink.leader_id)
        .join(Campaign, Campaign.id == ShareLink.campaign_id)
        .where(ShareLink.code.in_(list(codes)), Campaign.published_at.is_not(None))
    )
    return [
        SharedLink(
            id=link.id,
            code=link.code,
            campaign_id=link.campaign_id,
            slug=slug,
            group=group,
            leader=leader,
            leader_id=link.leader_id,
            is_revoked=link.revoked_at is not None,
        )
        for link, group, leader, slug in rows
    ]

"""Verbs of share links: make one, keep units for it, end it (R20)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.community.commands.groups import LONGEST_NOTE, lock_group
from app.community.errors import GroupArchived, NotShareable
from app.community.models import ShareLink
from app.community.queries.campaigns import shareable, sku_ids
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import NotFound
from app.platform.ids import spoken_code
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command
from app.presale.commands import counters, slices


@command
def share(
    campaign_id: int,
    group_id: int,
    *,
    actor: Actor,
    now: datetime,
    note: str = "",
    quotas: Mapping[int, int] | None = None,
) -> str:
    """The one link of a campaign in a group; returns its code, the same one every time.

    A revoked link is taken up again. `quotas` keeps units of SKUs for it; only who may edit
    presales can, and if it cannot be done no link is made. Raises NotShareable, GroupArchived,
    NotFound, CapTooLow, NotNow.
    """
    ensure(actor, "groups.share")
    group = lock_group(group_id, actor)
    if quotas:
        counters.lock_skus(sorted(quotas))
    campaign = shareable(campaign_id, actor, now=now)
    if campaign is None:
        raise NotShareable
    link = _link(campaign_id, group_id, group.leader_id)
    if link is None and group.archived_at is not None:
        raise GroupArchived
    if link is None:
        link = ShareLink(
            code=spoken_code(), merchant_id=group.merchant_id, campaign_id=campaign_id,
            group_id=group_id, leader_id=group.leader_id, commission_bp=campaign.commission_bp,
            commission_cap=campaign.commission_cap, note=note[:LONGEST_NOTE], created_at=now,
        )  # fmt: skip
        db.session.add(link)
        db.session.flush()
        after = {
            "campaign": campaign_id, "group": group_id, "commission_bp": link.commission_bp,
            "commission_cap": link.commission_cap,
        }  # fmt: skip
        record(actor, "community.share", "share_link", link.id, now=now, after=after)
    elif link.revoked_at is not None:
        link.revoked_at = None
        record(actor, "community.share_again", "share_link", link.id, now=now)
    for sku_id, quota in sorted((quotas or {}).items()):
        _keep(link, sku_id, quota, actor=actor, now=now)
    return link.code


@command
def revoke(code: str, *, actor: Actor, now: datetime) -> None:
    """End a link: it leads to the presale without the group. Once; what it brought stays."""
    ensure(actor, "groups.share")
    link = lock_link(code, actor)
    if link.revoked_at is None:
        link.revoked_at = now
        record(actor, "community.revoke", "share_link", link.id, now=now)


@command
def keep_units(code: str, quotas: Mapping[int, int], *, actor: Actor, now: datetime) -> None:
    """Keep so many units of each SKU for a link; 0 gives back what is not used.

    All of it or nothing. Raises CapTooLow, NotNow.
    """
    ensure(actor, "presales.edit")
    link = lock_link(code, actor)
    for sku_id, quota in sorted(quotas.items()):
        _keep(link, sku_id, quota, actor=actor, now=now)


def lock_link(code: str, actor: Actor) -> ShareLink:
    """The link, locked and fresh, if the actor may see it; raises NotFound."""
    statement = (
        select(ShareLink)
        .where(ShareLink.code == code, visible(actor, ShareLink))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found(db.session.scalar(statement))


def _keep(link: ShareLink, sku_id: int, quota: int, *, actor: Actor, now: datetime) -> None:
    if sku_id not in sku_ids(link.campaign_id):
        raise NotFound
    slices.keep(sku_id, link.id, quota, actor=actor, now=now)


def _link(campaign_id: int, group_id: int, leader_id: int) -> ShareLink | None:
    return db.session.scalar(
        select(ShareLink)
        .where(
            ShareLink.campaign_id == campaign_id,
            ShareLink.group_id == group_id,
            ShareLink.leader_id == leader_id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )

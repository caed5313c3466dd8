"""The rehearsals there were, for those who may see the campaign."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import undefer

from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import visible
from app.rehearsal.models import CampaignRehearsal


def latest(campaign_id: int, actor: Actor) -> CampaignRehearsal | None:
    """The newest run of a campaign with its report; None before the first."""
    return db.session.scalar(
        select(CampaignRehearsal)
        .where(CampaignRehearsal.campaign_id == campaign_id, visible(actor, CampaignRehearsal))
        .order_by(CampaignRehearsal.id.desc())
        .limit(1)
        .options(undefer(CampaignRehearsal.report))
        .execution_options(populate_existing=True)
    )

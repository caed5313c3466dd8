"""Ask for a rehearsal; a worker plays it a few seconds later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.locks import lock_campaign
from app.rehearsal.models import UNDER_WAY, CampaignRehearsal
from app.rehearsal.rules import Outcome


@command
def ask(campaign_id: int, outcome: Outcome, *, actor: Actor, now: datetime) -> int:
    """Returns the run; while one of this campaign is under way, that one.

    Raises NotFound for another merchant's campaign, Invalid for a way of missing a threshold where
    there is none.
    """
    ensure(actor, "presales.edit")
    campaign = lock_campaign(campaign_id, actor)
    if outcome is not Outcome.MET and campaign.threshold is None:
        raise Invalid({"outcome": _("Without a threshold it cannot be missed.")})
    under_way = db.session.scalar(
        select(CampaignRehearsal.id)
        .where(CampaignRehearsal.campaign_id == campaign_id, CampaignRehearsal.state.in_(UNDER_WAY))
        .limit(1)
    )
    if under_way is not None:
        return under_way
    run = CampaignRehearsal(
        campaign_id=campaign_id, merchant_id=campaign.merchant_id, outcome=outcome, problem={},
        report={}, asked_by=actor.name, asked_at=now,
    )  # fmt: skip
    db.session.add(run)
    db.session.flush()
    record(
        actor, "presale.rehearse", "campaign", campaign_id, now=now,
        after={"outcome": outcome.value},
    )  # fmt: skip
    return run.id

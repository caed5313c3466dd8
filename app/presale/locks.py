"""The first locks of commands that change a campaign or somebody's part in it (docs/locking.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import insert, select

from app.orders.locks import lock_order
from app.platform.actor import SYSTEM, Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.facts import publish
from app.platform.locks import is_locked, lock_row
from app.platform.rbac import found, visible
from app.presale.errors import NotNow
from app.presale.events import CampaignMoved, StandingChanged
from app.presale.models import (
    Campaign,
    CampaignEvent,
    CampaignSku,
    CampaignState,
    Participation,
)
from app.presale.rules.moves import may_go


def lock_campaign(campaign_id: int, actor: Actor) -> Campaign:
    """The campaign, locked and fresh, if the actor may see it; raises NotFound."""
    return lock_row(Campaign, campaign_id, actor)


def campaign_now(campaign_id: int) -> Campaign:
    """The campaign as it is at this moment: read again, unless this transaction has it locked."""
    fresh = not is_locked(Campaign, campaign_id)
    return db.session.get_one(Campaign, campaign_id, populate_existing=fresh)


def lock_participation(participation_id: int, actor: Actor) -> Participation:
    """Somebody's part in a campaign, its order locked before it, if the actor may see it; raises
    NotFound. A payment that is arriving at this moment has arrived, or waits.
    """
    if not is_locked(Participation, participation_id):
        statement = select(Participation.id, Participation.order_id).where(
            Participation.id == participation_id, visible(actor, Participation)
        )
        known = found(db.session.execute(statement).one_or_none())
        if known.order_id is not None:
            lock_order(known.order_id, SYSTEM)
    return lock_row(Participation, participation_id, actor)


def skus_of(campaign_id: int) -> list[CampaignSku]:
    """A campaign's SKUs in the order they are shown, fresh."""
    statement = (
        select(CampaignSku)
        .where(CampaignSku.campaign_id == campaign_id)
        .order_by(CampaignSku.position, CampaignSku.id)
    )
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def move(
    campaign: Campaign, after: CampaignState, *, actor: Actor, now: datetime, **facts: object
) -> None:
    """Go to another state, note it and tell it; raises NotNow where docs/states.md has no such
    move.
    """
    before = CampaignState(campaign.state)
    if not may_go(before, after):
        raise NotNow
    campaign.state = after
    db.session.flush()
    note(campaign.id, after.value, facts, actor=actor, now=now)
    if actor.is_staff:
        record(
            actor, f"presale.{after.value}", "campaign", campaign.id, now=now,
            before={"state": before.value}, after={"state": after.value},
        )  # fmt: skip
    publish(CampaignMoved(campaign.id, before.value, after.value, now))
    publish(StandingChanged(campaign.id, now))


def note(
    campaign_id: int, kind: str, facts: Mapping[str, object], *, actor: Actor, now: datetime,
    public: bool = False,
) -> None:  # fmt: skip
    """Append a line to a campaign's history."""
    db.session.execute(
        insert(CampaignEvent).values(
            campaign_id=campaign_id, kind=kind, facts=dict(facts), public=public,
            actor_kind=actor.kind, actor_id=actor.id, actor_name=actor.name, at=now,
        )
    )  # fmt: skip

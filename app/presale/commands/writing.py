"""What the shop writes: updates everybody reads, and notes beside one person's name (R21)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.facts import publish
from app.platform.i18n import gettext as _
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command
from app.presale.commands import tasks
from app.presale.commands.lifecycle import NOTICE
from app.presale.events import StandingChanged
from app.presale.locks import lock_campaign, note
from app.presale.models import CampaignEvent, Participation
from app.presale.queries.history import UPDATE
from app.presale.rules.publishing import offered_for_sharing


@command
def post_update(
    campaign_id: int, text: Mapping[str, str], *, actor: Actor, now: datetime, key: str = ""
) -> None:
    """Say something on the campaign's page and to everybody who joined; once for each key."""
    ensure(actor, "presales.edit")
    campaign = lock_campaign(campaign_id, actor)
    if key and _was_posted(campaign_id, key):
        return
    if not any(words.strip() for words in text.values()):
        raise Invalid({"text": _("Please write what there is to say.")})
    wrong = offered_for_sharing({"text": text})
    if wrong:
        raise Invalid(wrong)
    said = {"text": dict(text), "key": key}
    note(campaign_id, UPDATE, said, actor=actor, now=now, public=True)
    latest = db.session.scalar(
        select(CampaignEvent.id)
        .where(CampaignEvent.campaign_id == campaign_id)
        .order_by(CampaignEvent.id.desc())
        .limit(1)
    )
    if campaign.published_at is not None:
        tasks.call_for(campaign_id, NOTICE, key=f"{UPDATE}:{latest}", now=now)
    record(actor, "presale.update", "campaign", campaign_id, now=now)
    publish(StandingChanged(campaign_id, now))


@command
def note_for_buyer(participation_id: int, text: str, *, actor: Actor, now: datetime) -> None:
    """Write the note that the buyer reads too."""
    ensure(actor, "orders.tell")
    own_participation(participation_id, actor).visible_note = text.strip()
    record(actor, "presale.visible_note", "participation", participation_id, now=now)


@command
def note_for_team(participation_id: int, text: str, *, actor: Actor, now: datetime) -> None:
    """Write the note that only the shop's team reads."""
    ensure(actor, "orders.note")
    own_participation(participation_id, actor).private_note = text.strip()
    record(actor, "presale.private_note", "participation", participation_id, now=now)


def own_participation(participation_id: int, actor: Actor) -> Participation:
    """A participation of the actor's merchant, locked; raises NotFound."""
    return found(
        db.session.scalar(
            select(Participation)
            .where(Participation.id == participation_id, visible(actor, Participation))
            .with_for_update()
            .execution_options(populate_existing=True)
        )
    )


def _was_posted(campaign_id: int, key: str) -> bool:
    posted = db.session.scalars(
        select(CampaignEvent.facts).where(
            CampaignEvent.campaign_id == campaign_id, CampaignEvent.kind == UPDATE
        )
    )
    return any(facts.get("key") == key for facts in posted)

"""Give a campaign another address; the old one leads to it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.catalog.rules import slugify
from app.platform.actor import Actor
from app.platform.addresses import commands as addresses
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.facts import publish as tell
from app.platform.i18n import gettext as _
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.events import StandingChanged
from app.presale.locks import lock_campaign
from app.presale.models import Campaign
from app.presale.queries.pages import CAMPAIGN, path_of


def readdress(campaign_id: int, to: str, *, actor: Actor, now: datetime) -> None:
    """Another address, of which nobody hears but who asks for the old one; raises Invalid."""
    try:
        _readdress(campaign_id, slugify(to), actor=actor, now=now)
    except IntegrityError as error:
        # The address was free when it was looked for and taken a moment later.
        raise _taken() from error


@command
def _readdress(campaign_id: int, after: str, *, actor: Actor, now: datetime) -> None:
    ensure(actor, "presales.edit")
    campaign = lock_campaign(campaign_id, actor)
    before = campaign.slug
    if after == before:
        return
    if not after:
        raise Invalid({"slug": _("Latin letters and digits, such as indigo-at-work.")})
    if db.session.scalar(select(Campaign.id).where(Campaign.slug == after)) is not None:
        raise _taken()
    campaign.slug = after
    record(
        actor, "presale.readdress", "campaign", campaign_id, now=now,
        before={"slug": before}, after={"slug": after},
    )  # fmt: skip
    if campaign.published_at is not None:
        addresses.leave(path_of(before), CAMPAIGN, campaign_id, to=path_of(after), now=now)
    tell(StandingChanged(campaign_id, now))


def _taken() -> Invalid:
    return Invalid({"slug": _("Another presale has this address.")})

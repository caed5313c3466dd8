"""Change a promise: a public version each time, and buyers are asked as R10 says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import select

from app.catalog.commands import stock
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.facts import publish
from app.platform.i18n import gettext as _
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.presale.commands import tasks
from app.presale.commands.lifecycle import NOTICE
from app.presale.commands.questions import ask_buyers, open_question
from app.presale.errors import NotNow
from app.presale.events import StandingChanged
from app.presale.locks import lock_campaign, note
from app.presale.models import (
    OFF_THE_SHELF,
    Answer,
    Campaign,
    CampaignState,
    PromiseVersion,
    QuestionKind,
)
from app.presale.rules import promise
from app.presale.rules.moves import ENDED
from app.presale.rules.promise import Promise

FIXED = ENDED | {CampaignState.FAILED, CampaignState.REFUNDING, CampaignState.CANCELLED}
"""States in which nothing is promised any more."""


@command
def change(
    campaign_id: int, new: Promise, *, reason: Mapping[str, str], actor: Actor, now: datetime
) -> int | None:
    """Promise other days; returns the question the buyers are asked, None when they need not be.

    Raises Invalid for days that cannot be promised or a change without a reason, NotNow when
    nothing is promised (any more).
    """
    ensure(actor, "presales.decide")
    campaign = lock_campaign(campaign_id, actor)
    if campaign.published_at is None or campaign.state in FIXED:
        raise NotNow
    history = versions(campaign_id)
    _check(new, history[-1], reason, today=now.astimezone(settings().zone).date())
    version = PromiseVersion(
        campaign_id=campaign_id, version=len(history) + 1, earliest=new.earliest,
        latest=new.latest, reason=dict(reason), announced_at=now,
    )  # fmt: skip
    db.session.add(version)
    campaign.promise_earliest, campaign.promise_latest = new.earliest, new.latest
    if campaign.supply_mode in OFF_THE_SHELF:
        stock.extend(campaign.subject, until=campaign.shelf_until)
    db.session.flush()
    question_id = _ask(campaign, history, new, version.id, actor=actor, now=now)
    if question_id is None:
        _spare_the_silent(campaign, history, new, now=now)
    tasks.call_for(campaign.id, NOTICE, key=f"promise_changed:{version.version}", now=now)
    note(
        campaign_id, "promise_changed", {"version": version.version}, actor=actor, now=now,
        public=True,
    )  # fmt: skip
    record(
        actor, "presale.promise", "campaign", campaign_id, now=now,
        before={"latest": history[-1].latest.isoformat()},
        after={"latest": new.latest.isoformat()},
    )  # fmt: skip
    publish(StandingChanged(campaign_id, now))
    return question_id


def versions(campaign_id: int) -> list[Promise]:
    """Everything ever promised, oldest first."""
    rows = db.session.execute(
        select(PromiseVersion.earliest, PromiseVersion.latest)
        .where(PromiseVersion.campaign_id == campaign_id)
        .order_by(PromiseVersion.version)
    )
    return [Promise(earliest, latest) for earliest, latest in rows]


def _check(new: Promise, current: Promise, reason: Mapping[str, str], *, today: date) -> None:
    wrong: dict[str, str] = {}
    if not promise.fits(new, today=today):
        wrong["latest"] = _("Please promise a day within 330 days, not in the past.")
    elif new == current:
        wrong["latest"] = _("That is what is promised already.")
    if not any(text.strip() for text in reason.values()):
        wrong["reason"] = _("Please say why. Everybody who joined reads it.")
    if wrong:
        raise Invalid(wrong)


def _ask(
    campaign: Campaign,
    history: list[Promise],
    new: Promise,
    version_id: int,
    *,
    actor: Actor,
    now: datetime,
) -> int | None:
    silence = promise.silence(history, new)
    if silence is None or campaign.last_number == 0:
        return None
    return ask_buyers(
        campaign, QuestionKind.DELAY, silence=silence, actor=actor, now=now, version_id=version_id
    )


def _spare_the_silent(
    campaign: Campaign, history: list[Promise], new: Promise, *, now: datetime
) -> None:
    """Days that nobody need be asked about, beside those promised before the question that is open:
    no answer to it keeps the place then. Who has asked for their money gets it all the same.
    """
    question = open_question(campaign.id)
    if question is None or question.version_id is None or question.answer_until <= now:
        return
    asked_with = db.session.get_one(PromiseVersion, question.version_id)
    if promise.silence(history[: asked_with.version - 1], new) is not Answer.REFUND:
        question.silence = Answer.KEEP

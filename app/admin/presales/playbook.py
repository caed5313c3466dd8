"""A presale below its threshold: four ways, each with its effect, and what happens by itself."""

from __future__ import annotations

from datetime import datetime

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.presales import words
from app.admin.presales.blueprint import bp
from app.admin.presales.form.reading import CampaignFields, local_text
from app.admin.presales.head import head
from app.admin.presales.overview import overview
from app.admin.presales.ways import Facts, seen, ways
from app.admin.queries.presales.campaign import campaign_sheet
from app.admin.queries.presales.playbook import effect
from app.admin.words import deadline
from app.catalog.forms.reading import cleaned
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Conflict
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.commands import lifecycle
from app.presale.errors import NotNow
from app.presale.models import Campaign, CampaignState, Decision


@bp.get("/<row:campaign_id>/decision")
@requires("presales.view")
def show_decision(campaign_id: int) -> Response:
    facts = _facts(campaign_id)
    if not waits(facts.sheet.campaign):
        return overview(campaign_id, failure=NotNow())
    return _playbook(facts)


@bp.post("/<row:campaign_id>/decision")
@requires("presales.decide")
def create_decision(campaign_id: int) -> BaseResponse:
    """Decide on what was seen; when somebody paid or left meanwhile it is shown again first."""
    facts = _facts(campaign_id)
    if not waits(facts.sheet.campaign):
        return overview(campaign_id, failure=NotNow())
    if request.form.get("seen") != seen(facts):
        moved = _("Somebody paid or left meanwhile. Please look at the figures again.")
        return _playbook(facts, errors={"seen": moved}, status=Conflict.status)
    chosen = request.form.get("decision", "")
    if chosen not in set(Decision):
        return _playbook(facts, errors={"seen": _("Please choose one of these.")}, status=422)
    until = None
    if chosen == Decision.EXTEND:
        text = cleaned(request.form.get("until", ""))
        until, errors = _new_close(facts, text)
        if errors:
            return _playbook(facts, errors=errors, typed={"until": text}, status=422)
    return _decide(campaign_id, Decision(chosen), until)


def waits(campaign: Campaign) -> bool:
    """Whether the merchant is to decide about it now."""
    return campaign.state == CampaignState.CLOSING and campaign.decide_by is not None


def _facts(campaign_id: int) -> Facts:
    sheet = campaign_sheet(campaign_id, current_actor())
    return Facts(sheet, effect(sheet.campaign), clock.now())


def _decide(campaign_id: int, decision: Decision, until: datetime | None) -> BaseResponse:
    actor, now = current_actor(), clock.now()
    try:
        lifecycle.decide(campaign_id, decision, actor=actor, now=now, until=until)
    except Conflict as failure:
        return overview(campaign_id, failure=failure)
    said = {
        Decision.EXTEND: _("It is extended; everybody gets a mail."),
        Decision.RUN: _("It takes place; everybody gets a mail."),
        Decision.REFUND: _("Everybody is being paid back."),
        Decision.ASK: _("Everybody is asked; you see the answers under Promise."),
    }
    return frame.done(url_for("admin_presales.show", campaign_id=campaign_id), said[decision])


def _new_close(facts: Facts, text: str) -> tuple[datetime | None, dict[str, str]]:
    fields = CampaignFields({"until": text}, settings().zone, settings().currency)
    until = fields.instant("until")
    if until is None:
        fields.errors.setdefault("until", _("Please say when it closes."))
    elif until <= facts.now:
        fields.errors["until"] = _("This close has passed already.")
    elif until > facts.until:
        fields.errors["until"] = _("At most seven days after the close that was planned.")
    return until, fields.errors


def _playbook(
    facts: Facts,
    *,
    errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    campaign = facts.sheet.campaign
    due_at = campaign.decide_by or facts.now
    return page(
        "admin/presales/playbook.html",
        status=status,
        head=head(campaign, current_actor()),
        sheet=facts.sheet,
        missing=facts.missing,
        ways=ways(facts),
        seen=seen(facts),
        default=words.DECISIONS[Decision(campaign.default_decision)],
        due_at=due_at,
        deadline=deadline(due_at, facts.now),
        typed=typed or {"until": local_text(facts.until, settings().zone)},
        errors=errors or {},
        languages=(("en", "English"), ("zh-Hans", "中文")),
    )

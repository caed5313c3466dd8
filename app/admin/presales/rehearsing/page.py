"""The page of a rehearsal: the button, how far it is, and what it told in four parts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.presales.blueprint import bp
from app.admin.presales.head import head
from app.admin.presales.rehearsing import books, lines, sheets, words
from app.admin.presales.words import STATES
from app.admin.queries.presales.campaign import own_campaign
from app.admin.words import mail_kind
from app.platform import clock
from app.platform.errors import Invalid
from app.platform.i18n import LazyText, current_locale, lazy_gettext
from app.platform.i18n import gettext as _
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.models import Campaign, CampaignState
from app.rehearsal.commands import asking
from app.rehearsal.models import UNDER_WAY, CampaignRehearsal
from app.rehearsal.queries.runs import latest
from app.rehearsal.rules import Outcome

PARTS: Mapping[str, LazyText] = {
    "steps": lazy_gettext("Steps"),
    "mails": lazy_gettext("Mails"),
    "sheets": lazy_gettext("Sheets"),
    "ledger": lazy_gettext("Ledger"),
}


@bp.get("/<row:campaign_id>/rehearsal")
@requires("presales.edit")
def rehearsal_of(campaign_id: int) -> Response:
    """`?part=`: which of the four; a page that waits looks again by itself."""
    campaign = own_campaign(campaign_id, current_actor())
    return frame.unless_unchanged(_page(campaign))


@bp.post("/<row:campaign_id>/rehearsal")
@requires("presales.edit")
def create_rehearsal(campaign_id: int) -> BaseResponse:
    """Ask for one; a second click changes nothing."""
    campaign = own_campaign(campaign_id, current_actor())
    typed = request.form.get("outcome", "")
    if typed not in set(Outcome):
        return _page(campaign, Invalid({"outcome": _("Please choose how the close is to go.")}))
    try:
        asking.ask(campaign_id, Outcome(typed), actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return _page(campaign, failure)
    here = url_for("admin_presales.rehearsal_of", campaign_id=campaign_id)
    return frame.done(here, _("The rehearsal begins in a moment."))


def _page(campaign: Campaign, failure: Invalid | None = None) -> Response:
    actor = current_actor()
    run = latest(campaign.id, actor)
    part = request.args.get("part", "steps")
    outcomes = words.OUTCOMES if campaign.threshold else _without_threshold()
    return page(
        "admin/presales/rehearsal/page.html",
        fragment="live",
        status=failure.status if failure else 200,
        head=head(campaign, actor),
        run=run,
        is_under_way=run is not None and run.state in UNDER_WAY,
        progress=str(words.PROGRESS.get(run.word, "")) if run else "",
        problem=_problem(run),
        outcomes=outcomes,
        chosen=Outcome(run.outcome) if run and run.outcome in outcomes else Outcome.MET,
        errors=failure.errors if failure else {},
        part=part if part in PARTS else "steps",
        parts=PARTS,
        told=_told(campaign, run, part),
    )


def _without_threshold() -> Mapping[Outcome, tuple[LazyText, LazyText]]:
    """What cannot be missed is only played through."""
    return {Outcome.MET: words.OUTCOMES[Outcome.MET]}


def _problem(run: CampaignRehearsal | None) -> list[str]:
    """What it stopped at, in the reader's language."""
    if run is None or run.state != "failed":
        return []
    sentences: list[str] = run.problem.get(current_locale(), [])
    return sentences or [_("Whoever played it was stopped. Please try again.")]


def _told(campaign: Campaign, run: CampaignRehearsal | None, part: str) -> dict[str, Any] | None:
    """The part that is read, and the figures on top of all; None before there is anything."""
    if run is None or not run.report:
        return None
    report = run.report
    accounts = books.accounts(report)
    told: dict[str, Any] = {
        "seconds": report["seconds"],
        "outcome": words.OUTCOMES[Outcome(report["outcome"])][0],
        "state": STATES[CampaignState(report["state"])],
        "counts": {
            "steps": len(report["steps"]),
            "mails": len(report["mails"]),
            "sheets": len(sheets.NAMES) if report["sheets"] else 0,
            "ledger": len(accounts),
        },
        "difference": books.difference(accounts, report["currency"]),
    }
    if part == "mails":
        return told | {"mails": [_mail(mail) for mail in report["mails"]]}
    if part == "sheets":
        return told | {"sheets": sheets.printed(campaign, report)}
    if part == "ledger":
        return told | {"accounts": accounts}
    return told | {"days": lines.days(report)}


def _mail(mail: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **mail,
        "kind": mail_kind(mail["kind"]),
        "at": datetime.fromisoformat(mail["at"]),
    }

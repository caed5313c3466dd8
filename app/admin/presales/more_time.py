"""More time for the balance by hand: what it would mean for whom, then for everybody or for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.presales.blueprint import bp
from app.admin.presales.consequences.lines import Said, amount, when
from app.admin.presales.head import head
from app.admin.presales.people import names_of
from app.admin.queries.presales.balances import standing
from app.admin.queries.presales.campaign import own_campaign
from app.admin.queries.presales.joins import Join, join_of
from app.orders.errors import NothingDue
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Conflict, DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.commands import more_time
from app.presale.errors import NotNow
from app.presale.models import BalanceUnpaid, Campaign, CampaignState
from app.presale.rules.more_time import CHOICES, allows


@dataclass(frozen=True, slots=True)
class Choice:
    """So many days more, and when the window would end then."""

    days: int
    until: datetime


@bp.get("/<row:campaign_id>/balances/more-time")
@requires("presales.decide")
def ask_more_time(campaign_id: int) -> Response:
    return _for_everybody(own_campaign(campaign_id, current_actor()))


@bp.post("/<row:campaign_id>/balances/more-time")
@requires("presales.decide")
def create_more_time(campaign_id: int) -> BaseResponse:
    """The same form sent twice gives the time once: it names the end that was looked at."""
    campaign = own_campaign(campaign_id, current_actor())
    until = _chosen()
    if until is None:
        return _for_everybody(campaign, failure=_unchosen())
    try:
        more_time.for_everybody(campaign_id, until, actor=current_actor(), now=clock.now())
    except Conflict as failure:
        return _for_everybody(campaign, failure=failure)
    return _done(campaign_id, until)


@bp.get("/joins/<row:participation_id>/more-time")
@requires("presales.decide")
def ask_more_time_for_one(participation_id: int) -> Response:
    return _for_one(join_of(participation_id, current_actor()))


@bp.post("/joins/<row:participation_id>/more-time")
@requires("presales.decide")
def create_more_time_for_one(participation_id: int) -> BaseResponse:
    found = join_of(participation_id, current_actor())
    until = _chosen()
    if until is None:
        return _for_one(found, failure=_unchosen())
    try:
        more_time.for_one(participation_id, until, actor=current_actor(), now=clock.now())
    except Conflict as failure:
        return _for_one(found, failure=failure)
    return _done(found.participation.campaign_id, until)


def _for_everybody(campaign: Campaign, *, failure: DomainError | None = None) -> Response:
    ends_at = campaign.balance_closes_at
    is_open = campaign.state == CampaignState.BALANCE_OPEN and ends_at is not None
    return _page(
        campaign,
        ends_at if is_open else None,
        failure=failure or (None if is_open else NotNow()),
        action=url_for("admin_presales.create_more_time", campaign_id=campaign.id),
        consequences=_means_for_everybody(campaign),
        name=None,
    )


def _for_one(found: Join, *, failure: DomainError | None = None) -> Response:
    campaign = own_campaign(found.participation.campaign_id, current_actor())
    owed = found.due if found.owes else None
    action = url_for(
        "admin_presales.create_more_time_for_one", participation_id=found.participation.id
    )
    return _page(
        campaign,
        owed.closes_at if owed else None,
        failure=failure or (None if owed else NothingDue()),
        action=action,
        consequences=_means_for_one(found, campaign),
        name=names_of(campaign.id)(found.participation.name),
    )


def _page(
    campaign: Campaign,
    ends_at: datetime | None,
    *,
    failure: DomainError | None,
    action: str,
    consequences: list[Said],
    name: str | None,
) -> Response:
    return page(
        "admin/presales/more_time.html",
        status=failure.status if failure else 200,
        head=head(campaign, current_actor()),
        action=action,
        ends_at=ends_at,
        choices=_choices(ends_at),
        promised_until=campaign.promise_latest,
        zone=settings().zone,
        consequences=consequences,
        name=name,
        failure=failure,
        errors=failure.errors if isinstance(failure, Invalid) else {},
    )


def _means_for_everybody(campaign: Campaign) -> list[Said]:
    owing = standing(campaign)
    return [
        Said(
            ngettext(
                "%(num)d person still owes %(amount)s. Each of them gets a mail with the new end.",
                "%(num)d people still owe %(amount)s. Each of them gets a mail with the new end.",
                owing.owing,
                amount=amount(owing.owing_amount.minor),
            )
        ),
        Said(_("Reminders go out 24 and 3 hours before the new end.")),
        Said(
            _("Nobody's goods are handed on before the window is over: who has paid waits longer."),
            "warn",
        ),
        Said(_unpaid_then(campaign)),
    ]


def _means_for_one(found: Join, campaign: Campaign) -> list[Said]:
    due = found.due
    return [
        Said(
            _(
                "They owe %(amount)s and get a mail with the new end.",
                amount=amount(due.amount if due else 0),
            )
        ),
        Said(_("For everybody else the window ends as before.")),
        Said(
            _("Nobody's goods are handed on before the last of them has paid or is dealt with."),
            "warn",
        ),
        Said(_unpaid_then(campaign)),
    ]


def _unpaid_then(campaign: Campaign) -> str:
    """What was fixed at publish, which no extension changes."""
    return {
        BalanceUnpaid.FORFEIT: _("Who has not paid by then loses the 定金."),
        BalanceUnpaid.REFUND: _("Who has not paid by then gets the deposit back."),
        BalanceUnpaid.EXTEND: _(
            "Who has not paid by then gets the same time once more, then the deposit back."
        ),
    }[BalanceUnpaid(campaign.balance_unpaid)]


def _choices(ends_at: datetime | None) -> list[Choice]:
    if ends_at is None:
        return []
    now = clock.now()
    ends = [Choice(days, ends_at + timedelta(days=days)) for days in CHOICES]
    return [each for each in ends if allows(each.until, ends_at=ends_at, now=now)]


def _chosen() -> datetime | None:
    """The new end: so many days after the end that the page showed."""
    days = request.form.get("days", "")
    try:
        ends_at = datetime.fromisoformat(request.form.get("ends_at", "")).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if days not in {str(each) for each in CHOICES}:
        return None
    return ends_at + timedelta(days=int(days))


def _unchosen() -> Invalid:
    return Invalid({"days": _("Please choose how much time to give.")})


def _done(campaign_id: int, until: datetime) -> BaseResponse:
    here = url_for("admin_presales.show_balances", campaign_id=campaign_id)
    return frame.done(here, _("There is time until %(moment)s now.", moment=when(until)))

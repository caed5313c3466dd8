"""The page of one campaign: where it stands, what it sells, what happened, what is being done."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Response

from app.admin import frame
from app.admin.presales import words
from app.admin.presales.blueprint import bp
from app.admin.presales.head import head, is_unpublished, may_close_early, may_give_up
from app.admin.presales.history import moments
from app.admin.queries.presales.campaign import campaign_sheet
from app.admin.queries.presales.figures import figures, history, works
from app.admin.queries.presales.listing import next_deadline
from app.admin.words import deadline
from app.community.rules.commission import Terms
from app.community.words import commission_terms
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import DomainError, Invalid
from app.platform.money import Money
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.models import CampaignState
from app.presale.rules import threshold
from app.presale.rules.stage import is_given_up


@bp.get("/<row:campaign_id>")
@requires("presales.view")
def show(campaign_id: int) -> Response:
    """The part that lives looks again by itself; when nothing changed the answer is small."""
    return frame.unless_unchanged(overview(campaign_id))


def overview(
    campaign_id: int,
    *,
    failure: DomainError | None = None,
    typed: Mapping[str, str] | None = None,
) -> Response:
    """The whole page, or the part that lives; what could not be done is said on it."""
    actor, now = current_actor(), clock.now()
    sheet = campaign_sheet(campaign_id, actor)
    campaign = sheet.campaign
    due_at = next_deadline(campaign)
    return page(
        "admin/presales/overview.html",
        fragment="live",
        status=failure.status if failure else 200,
        head=head(campaign, actor),
        sheet=sheet,
        missing=threshold.missing(
            quantity=sheet.units, tolerance=sheet.tolerance, threshold=campaign.threshold
        ),
        figures=figures(campaign_id),
        works=works(campaign_id),
        task_name=words.task_name,
        moments=moments(history(campaign_id)),
        due_at=due_at,
        deadline=deadline(due_at, now) if due_at else "",
        money=lambda minor: Money(minor, settings().currency),
        policies=words.POLICIES,
        commission=commission_terms(
            Terms(campaign.commission_bp, campaign.commission_cap), settings().currency
        ),
        is_unpublished=is_unpublished(campaign),
        is_given_up=is_given_up(CampaignState(campaign.state)),
        may_close_early=may_close_early(campaign),
        may_give_up=may_give_up(campaign),
        failure=failure,
        errors=failure.errors if isinstance(failure, Invalid) else {},
        typed=typed or {},
    )

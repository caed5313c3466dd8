"""One link: how it stands, who came through it, who still owes, and ending it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import Response, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.groups.blueprint import bp
from app.admin.groups.forms import QuotaForm
from app.admin.presales.words import COMMITMENTS, STATES
from app.community.commands import links, reach
from app.community.errors import GoalStands
from app.community.models import ReachCounts
from app.community.queries import links as queries
from app.community.queries.buyers import buyers, owing
from app.community.queries.links import LinkView
from app.community.queries.reach import goal_of
from app.community.queries.standings import figures, hours, slices
from app.community.rules.codes import spaced
from app.community.words import commission_terms
from app.marketing.queries import promotions
from app.platform import clock, numbers
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.errors import DomainError, Invalid
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.money import Money
from app.platform.rendering import public_url
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.errors import CapTooLow, NotNow
from app.presale.models import CampaignState
from app.presale.queries import pages
from app.presale.queries.pages import CampaignView

SHOWN_HOURS = 48
NOTHING_TYPED: tuple[dict[str, str], Mapping[str, str]] = ({}, {})


@bp.get("/g/<code>")
@requires("groups.view")
def show(code: str) -> Response:
    """`?after=` pages through the joins."""
    return _standing(code)


@bp.post("/g/<code>/slices")
@requires("presales.edit")
def update_slices(code: str) -> BaseResponse:
    """Keep units for the link; all of them or none."""
    actor, now = current_actor(), clock.now()
    shared = queries.link(code, actor)
    view = pages.by_id(shared.campaign_id, now=now)
    form = QuotaForm.read(request.form, [sku.id for sku in view.skus])
    if form.errors:
        return _standing(code, form=form, status=422)
    try:
        links.keep_units(code, form.quotas, actor=actor, now=now)
    except (CapTooLow, NotNow) as failure:
        return _standing(code, form=form, failure=failure, status=failure.status)
    return frame.done(url_for("admin_groups.show", code=code), _("Saved."))


@bp.post("/g/<code>/goal")
@requires("promotions.edit")
def create_goal(code: str) -> BaseResponse:
    """What the link is to reach, and what opens for everybody then."""
    typed = {name: frame.typed(name, 20) for name in ("promotion", "counts", "target")}
    goal = reach.NewGoal(
        numbers.whole(typed["promotion"]) or 0,
        ReachCounts.JOINS if typed["counts"] == ReachCounts.JOINS else ReachCounts.VISITORS,
        numbers.whole(typed["target"]) or 0,
    )
    try:
        reach.set_goal(code, goal, actor=current_actor(), now=clock.now())
    except Invalid as failure:
        return _standing(code, goal_form=(typed, failure.errors), status=failure.status)
    except GoalStands as failure:
        return _standing(code, failure=failure, status=failure.status)
    return frame.done(url_for("admin_groups.show", code=code), _("Saved."))


@bp.post("/g/<code>/goal/removal")
@requires("promotions.edit")
def delete_goal(code: str) -> BaseResponse:
    try:
        reach.withdraw_goal(code, actor=current_actor(), now=clock.now())
    except GoalStands as failure:
        return _standing(code, failure=failure, status=failure.status)
    return frame.done(url_for("admin_groups.show", code=code), _("The goal is taken back."))


@bp.post("/g/<code>/revocation")
@requires("groups.share")
def create_revocation(code: str) -> BaseResponse:
    links.revoke(code, actor=current_actor(), now=clock.now())
    said = _("The link has ended. It leads to the presale without your group.")
    return frame.done(url_for("admin_groups.show", code=code), said)


def _standing(
    code: str,
    *,
    form: QuotaForm | None = None,
    goal_form: tuple[dict[str, str], Mapping[str, str]] = NOTHING_TYPED,
    failure: DomainError | None = None,
    status: int = 200,
) -> Response:
    actor, now = current_actor(), clock.now()
    shared = queries.link(code, actor)
    view = pages.by_id(shared.campaign_id, now=now)
    beside = queries.links_of_campaign(shared.campaign_id, actor)
    numbers = figures((each.id for each in beside), now=now)
    kept = {part.sku_id: part for part in slices(shared.id)}
    response = page(
        "admin/groups/link.html",
        fragment="live",
        status=status,
        link=shared,
        commission=commission_terms(shared.terms, settings().currency),
        code=spaced(shared.code),
        state=STATES[_state(view)],
        view=view,
        own=numbers[shared.id],
        hours=hours(shared.id, since=_since(shared, now), now=now),
        found=buyers(shared, after=frame.cursor()),
        owing=owing(shared),
        pay_link=lambda token: public_url(f"/b/{token}"),
        labels=_labels(view),
        states=COMMITMENTS,
        beside=beside,
        figures=numbers,
        kept=kept,
        form=form or QuotaForm({f"quota-{sku.id}": "" for sku in view.skus}),
        failure=failure,
        goal=goal_of(shared.id, now=now),
        goal_typed=goal_form[0],
        goal_errors=goal_form[1],
        openable=_openable(actor, now),
        after=frame.cursor(),
        money=lambda minor: Money(minor, settings().currency),
    )
    return frame.unless_unchanged(response)


def _openable(actor: Actor, now: datetime) -> list[tuple[int, str]]:
    """The promotions that a goal may open: they need a code and count for presales."""
    if not actor.may("promotions.edit"):
        return []
    return [
        (row.id, pick(row.name))
        for row in promotions(actor)
        if row.needs_code
        and row.with_presales
        and row.stopped_at is None
        and (row.ends_at is None or row.ends_at > now)
    ]


def _since(shared: LinkView, now: datetime) -> datetime:
    """The last two days, or since the link was made."""
    return max(shared.created_at, now - timedelta(hours=SHOWN_HOURS - 1))


def _labels(view: CampaignView) -> Mapping[int, str]:
    return {sku.id: sku.label for sku in view.skus}


def _state(view: CampaignView) -> CampaignState:
    return CampaignState(view.campaign.state)

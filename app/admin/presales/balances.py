"""Balances: ask everybody for the rest, see who owes, give it up for somebody."""

from __future__ import annotations

from flask import Response, url_for
from werkzeug.wrappers import Response as BaseResponse

from app.admin import frame
from app.admin.presales.blueprint import bp
from app.admin.presales.head import head, may_ask_balances
from app.admin.presales.people import names_of
from app.admin.queries.presales.balances import standing
from app.admin.queries.presales.campaign import own_campaign
from app.admin.queries.presales.joins import JoinView, join_of, joins
from app.platform import clock
from app.platform.configuration import settings
from app.platform.errors import Conflict, DomainError
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.web import page
from app.platform.web.actor import current_actor, requires
from app.presale.commands import balances


@bp.get("/<row:campaign_id>/balances")
@requires("presales.view")
def show_balances(campaign_id: int) -> Response:
    return _balances(campaign_id)


@bp.post("/<row:campaign_id>/balances")
@requires("presales.decide")
def open_balances(campaign_id: int) -> BaseResponse:
    """Ask everybody for the rest, in one window for all."""
    own_campaign(campaign_id, current_actor())
    try:
        balances.open_balance(campaign_id, actor=current_actor(), now=clock.now())
    except Conflict as failure:
        return _balances(campaign_id, failure=failure)
    return _done(campaign_id, _("Everybody is asked for the balance."))


@bp.post("/joins/<row:participation_id>/waiver")
@requires("presales.decide")
def create_waiver(participation_id: int) -> BaseResponse:
    """Let somebody have the goods without paying the rest."""
    campaign_id = join_of(participation_id, current_actor()).participation.campaign_id
    try:
        balances.waive(participation_id, actor=current_actor(), now=clock.now())
    except Conflict as failure:
        return _balances(campaign_id, failure=failure)
    return _done(campaign_id, _("The balance is given up."))


def _done(campaign_id: int, said: str) -> BaseResponse:
    return frame.done(url_for("admin_presales.show_balances", campaign_id=campaign_id), said)


def _balances(campaign_id: int, *, failure: DomainError | None = None) -> Response:
    actor = current_actor()
    campaign = own_campaign(campaign_id, actor)
    return page(
        "admin/presales/balances.html",
        status=failure.status if failure else 200,
        head=head(campaign, actor),
        standing=standing(campaign),
        owing=joins(campaign, JoinView.OWING, actor, after=frame.cursor()),
        after=frame.cursor(),
        may_ask=may_ask_balances(campaign),
        shown_name=names_of(campaign_id),
        money=lambda minor: Money(minor, settings().currency),
        failure=failure,
    )

"""What stands on top of every page of a campaign: its state, its pages, and the next step."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from app.admin.presales import words
from app.platform.actor import Actor
from app.platform.i18n import LazyText, lazy_gettext
from app.presale.models import (
    OFF_THE_SHELF,
    Campaign,
    CampaignState,
    PaymentMode,
    SupplyMode,
)
from app.presale.rules.moves import CAMPAIGN_MOVES, RUNNING

UNPUBLISHED = frozenset({CampaignState.DRAFT, CampaignState.PREVIEW})
MADE = frozenset(
    {
        CampaignState.SUCCEEDED,
        CampaignState.IN_PRODUCTION,
        CampaignState.ARRIVING,
        CampaignState.BALANCE_OPEN,
        CampaignState.BALANCE_CLOSED,
        CampaignState.FULFILLING,
        CampaignState.COMPLETED,
    }
)
"""States in which there is something to be produced, or was."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done next: a page, or a form that is sent at once (`posts`)."""

    label: LazyText
    href: str
    posts: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """What `admin/presales/_head.html` needs; `state` is words and tone."""

    campaign: Campaign
    state: tuple[str, str]
    tabs: list[dict[str, object]]
    step: Step | None
    here: str


def head(campaign: Campaign, actor: Actor) -> Head:
    """The top of a page of this campaign for this reader."""
    return Head(
        campaign=campaign,
        state=words.state_of(campaign),
        tabs=tabs(campaign, actor),
        step=next_step(campaign, actor),
        here=f"/admin/presales/{campaign.id}",
    )


def tabs(campaign: Campaign, actor: Actor) -> list[dict[str, object]]:
    """The campaign's pages that have something to say in its state."""
    pages = [
        (lazy_gettext("Overview"), "admin_presales.show", True),
        (lazy_gettext("Who joined"), "admin_presales.joins_of", not is_unpublished(campaign)),
        (lazy_gettext("Production"), "admin_presales.show_production", campaign.state in MADE),
        (lazy_gettext("Balances"), "admin_presales.show_balances", _has_balances(campaign)),
        (lazy_gettext("Promise"), "admin_presales.show_promise", not is_unpublished(campaign)),
        (lazy_gettext("News"), "admin_presales.show_news", not is_unpublished(campaign)),
        (
            lazy_gettext("Sheets"),
            "admin_presales.show_sheets",
            actor.may("presales.produce") and not is_unpublished(campaign),
        ),
        (lazy_gettext("Rehearsal"), "admin_presales.rehearsal_of", actor.may("presales.edit")),
    ]
    known = [
        (label, url_for(endpoint, campaign_id=campaign.id))
        for label, endpoint, is_there in pages
        if is_there
    ]
    return [
        {"label": label, "href": href, "on": request.path == href, "count": None}
        for label, href in known
    ]


def next_step(campaign: Campaign, actor: Actor) -> Step | None:
    """The one thing to do next that this person may do."""
    state = CampaignState(campaign.state)
    here = f"/admin/presales/{campaign.id}"
    if state in UNPUBLISHED:
        return _if(actor, "presales.edit", lazy_gettext("Go on writing"), f"{here}/edit")
    if state is CampaignState.CLOSING and campaign.decide_by is not None:
        return _if(actor, "presales.decide", lazy_gettext("Decide"), f"{here}/decision")
    if state is CampaignState.BALANCE_OPEN:
        return _if(actor, "presales.view", lazy_gettext("See who owes"), f"{here}/balances")
    return _of_production(campaign, state, actor, here)


def is_unpublished(campaign: Campaign) -> bool:
    return campaign.state in UNPUBLISHED


def may_give_up(campaign: Campaign) -> bool:
    return CampaignState.CANCELLED in CAMPAIGN_MOVES[CampaignState(campaign.state)]


def may_close_early(campaign: Campaign) -> bool:
    return campaign.state in RUNNING


def may_ask_balances(campaign: Campaign) -> bool:
    """Whether balances can be asked for now: the goods are there, or always were."""
    if campaign.payment_mode != PaymentMode.DEPOSIT:
        return False
    is_there = campaign.supply_mode in OFF_THE_SHELF
    return campaign.state == CampaignState.ARRIVING or (
        campaign.state == CampaignState.SUCCEEDED and is_there
    )


def may_start_sending(campaign: Campaign) -> bool:
    """Whether goods can be handed on now: they are there, and all balances are settled."""
    state, deposit = CampaignState(campaign.state), campaign.payment_mode == PaymentMode.DEPOSIT
    if state is CampaignState.BALANCE_CLOSED:
        return True
    if deposit:
        return False
    is_there = campaign.supply_mode in OFF_THE_SHELF
    return state is CampaignState.ARRIVING or (state is CampaignState.SUCCEEDED and is_there)


def _of_production(
    campaign: Campaign, state: CampaignState, actor: Actor, here: str
) -> Step | None:
    if may_ask_balances(campaign):
        return _if(
            actor, "presales.decide", lazy_gettext("Ask for the balances"), f"{here}/balances"
        )
    if may_start_sending(campaign):
        return _if(
            actor, "presales.produce", lazy_gettext("Hand the goods on"), f"{here}/production"
        )
    to_make = state is CampaignState.SUCCEEDED and campaign.supply_mode != SupplyMode.SINGLE
    if to_make:
        return _if(
            actor, "presales.produce", lazy_gettext("Start production"), f"{here}/production"
        )
    if state in {CampaignState.IN_PRODUCTION, CampaignState.ARRIVING}:
        return _if(actor, "presales.produce", lazy_gettext("Count what came"), f"{here}/production")
    return None


def _if(actor: Actor, permission: str, label: LazyText, href: str) -> Step | None:
    return Step(label, href) if actor.may(permission) else None


def _has_balances(campaign: Campaign) -> bool:
    return campaign.payment_mode == PaymentMode.DEPOSIT and campaign.state in MADE

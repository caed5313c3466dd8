"""The list of campaigns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, func, or_, select

from app.admin.queries.presales.campaign import total_cap
from app.catalog.models import Variant
from app.catalog.queries.pictures import Picture, of_products
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.rbac import visible
from app.presale.models import (
    Campaign,
    CampaignSku,
    CampaignState,
    Commitment,
    Participation,
)
from app.presale.queries.counting import COUNTING
from app.presale.rules.stage import is_given_up

PAGE = 30


class View(StrEnum):
    """What the chips above the list ask for."""

    RUNNING = "running"
    TO_DECIDE = "to_decide"
    IN_PRODUCTION = "in_production"
    BALANCES = "balances"
    DRAFTS = "drafts"
    DONE = "done"
    ALL = "all"


_STATES: Mapping[View, tuple[CampaignState, ...]] = {
    View.IN_PRODUCTION: (
        CampaignState.SUCCEEDED,
        CampaignState.IN_PRODUCTION,
        CampaignState.ARRIVING,
        CampaignState.BALANCE_CLOSED,
        CampaignState.FULFILLING,
    ),
    View.BALANCES: (CampaignState.BALANCE_OPEN,),
    View.DRAFTS: (CampaignState.DRAFT, CampaignState.PREVIEW),
    View.DONE: (
        CampaignState.COMPLETED,
        CampaignState.FAILED,
        CampaignState.REFUNDING,
        CampaignState.REFUNDED,
        CampaignState.CANCELLED,
    ),
}
_OPEN = (
    CampaignState.SCHEDULED,
    CampaignState.OPEN,
    CampaignState.SOLD_OUT,
    CampaignState.EXTENDED,
)


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One row of the list. `goal` is the threshold, `cap` all SKUs' caps together where all have
    one; `units` are confirmed.
    """

    campaign: Campaign
    joined: int
    units: int
    goal: int | None
    cap: int | None
    picture: Picture | None

    @property
    def is_given_up(self) -> bool:
        return is_given_up(CampaignState(self.campaign.state))


@dataclass(frozen=True, slots=True)
class CampaignPage:
    """`after` is what to ask the next page with, None on the last."""

    rows: tuple[CampaignRow, ...]
    after: int | None


def listed(
    actor: Actor, view: View, *, text: str = "", after: int | None = None, limit: int = PAGE
) -> CampaignPage:
    """The newest first; what has a deadline before what has none, the nearest on top."""
    statement = select(Campaign).where(visible(actor, Campaign), *_of(view), *_matching(text))
    if after is not None:
        statement = statement.where(Campaign.id < after)
    campaigns = db.session.scalars(statement.order_by(Campaign.id.desc()).limit(limit + 1)).all()
    rows = _rows(campaigns[:limit])
    last = campaigns[limit - 1].id if len(campaigns) > limit else None
    return CampaignPage(tuple(sorted(rows, key=lambda row: _urgency(row.campaign))), last)


def counts(actor: Actor) -> dict[View, int]:
    """How many campaigns there are under each view."""
    statement = select(
        *(func.count(Campaign.id).filter(*_of(view)).label(view.value) for view in View)
    ).where(visible(actor, Campaign))
    row = db.session.execute(statement).one()
    return {view: int(number) for view, number in zip(View, row, strict=True)}


def next_deadline(campaign: Campaign) -> datetime | None:
    """The instant that is to be kept next, None where nothing is."""
    state = CampaignState(campaign.state)
    if state is CampaignState.SCHEDULED:
        return campaign.opens_at
    if state in _OPEN:
        return campaign.closes_at
    if state is CampaignState.CLOSING:
        return campaign.decide_by
    if state is CampaignState.BALANCE_OPEN:
        return campaign.balance_closes_at
    in_production = state in _STATES[View.IN_PRODUCTION]
    return day_ends(campaign.promise_latest) if in_production else None


def day_ends(day: date) -> datetime:
    """When a day is over by the shop's clock."""
    after = day + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=settings().zone)


def _urgency(campaign: Campaign) -> tuple[bool, datetime, int]:
    due_at = next_deadline(campaign)
    return due_at is None, due_at or campaign.created_at, -campaign.id


def _of(view: View) -> list[ColumnElement[bool]]:
    if view is View.ALL:
        return []
    closing = Campaign.state == CampaignState.CLOSING
    if view is View.TO_DECIDE:
        return [closing, Campaign.decide_by.is_not(None)]
    if view is View.RUNNING:
        return [or_(Campaign.state.in_(_OPEN), and_(closing, Campaign.decide_by.is_(None)))]
    return [Campaign.state.in_(_STATES[view])]


def _matching(text: str) -> list[ColumnElement[bool]]:
    """Every word in a title of either language."""
    return [
        Campaign.title["en"].as_string().icontains(word, autoescape=True)
        | Campaign.title["zh-Hans"].as_string().icontains(word, autoescape=True)
        for word in text.split()[:5]
    ]


def _rows(campaigns: Sequence[Campaign]) -> tuple[CampaignRow, ...]:
    ids = [campaign.id for campaign in campaigns]
    joined = _joined(ids)
    units = _units(ids)
    caps, products = _sold(ids)
    pictures = of_products(set(products.values()), first_only=True)
    return tuple(
        CampaignRow(
            campaign=campaign,
            joined=joined.get(campaign.id, 0),
            units=units.get(campaign.id, 0),
            goal=campaign.threshold,
            cap=total_cap(caps.get(campaign.id, ())),
            picture=next(iter(pictures.get(products.get(campaign.id, 0), [])), None),
        )
        for campaign in campaigns
    )


def _joined(ids: Sequence[int]) -> dict[int, int]:
    statement = (
        select(Participation.campaign_id, func.count())
        .where(
            Participation.campaign_id.in_(ids),
            Participation.number.is_not(None),
            Participation.left_at.is_(None),
        )
        .group_by(Participation.campaign_id)
    )
    return {campaign_id: int(number) for campaign_id, number in db.session.execute(statement)}


def _units(ids: Sequence[int]) -> dict[int, int]:
    statement = (
        select(Commitment.campaign_id, func.sum(Commitment.quantity))
        .where(Commitment.campaign_id.in_(ids), Commitment.state.in_(COUNTING))
        .group_by(Commitment.campaign_id)
    )
    return {campaign_id: int(number) for campaign_id, number in db.session.execute(statement)}


def _sold(ids: Sequence[int]) -> tuple[dict[int, list[int | None]], dict[int, int]]:
    """Caps of each campaign, and the product whose photograph stands for it."""
    rows = db.session.execute(
        select(CampaignSku.campaign_id, CampaignSku.cap, Variant.product_id)
        .join(Variant, Variant.id == CampaignSku.variant_id)
        .where(CampaignSku.campaign_id.in_(ids))
        .order_by(CampaignSku.position, CampaignSku.id)
    )
    caps: dict[int, list[int | None]] = {}
    products: dict[int, int] = {}
    for campaign_id, cap, product_id in rows:
        caps.setdefault(campaign_id, []).append(cap)
        products.setdefault(campaign_id, product_id)
    return caps, products

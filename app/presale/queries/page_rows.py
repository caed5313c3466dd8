"""The rows behind a campaign's page: one query however many SKUs and however many joined.

What costs more the more have joined is counted only in the states that show it.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Row, ScalarSelect, case, func, select

from app.catalog.models import Product, Variant
from app.platform.db import db
from app.presale.models import (
    BuyerQuestion,
    Campaign,
    CampaignHold,
    CampaignSku,
    CampaignState,
    Commitment,
    HoldState,
    QuestionKind,
    WaitingEntry,
    WaitingState,
)
from app.presale.queries.counting import COUNTING
from app.presale.rules.moves import SENT

_COUNTED_AS_SENT = (CampaignState.FULFILLING, CampaignState.COMPLETED)

Found = Row[Campaign, CampaignSku, Variant, Product, int, datetime | None, int, int, int, int]


def rows(*where: ColumnElement[bool], now: datetime) -> list[Found]:
    """A row for each SKU in the order they are shown, with what is counted on each."""
    statement = (
        select(
            Campaign,
            CampaignSku,
            Variant,
            Product,
            _given_back_by(now).label("spare"),
            _next_given_back(now).label("next_spare_at"),
            _tolerance().label("tolerance"),
            _sent().label("sent"),
            _questions().label("questions"),
            _waiting().label("waiting"),
        )
        .join(CampaignSku, CampaignSku.campaign_id == Campaign.id)
        .join(Variant, Variant.id == CampaignSku.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .where(*where)
        .order_by(CampaignSku.position, CampaignSku.id)
    )
    return list(db.session.execute(statement))


def _given_back_by(now: datetime) -> ScalarSelect[int]:
    """Units of holds whose time is over: the next who joins may have them."""
    return (
        select(func.coalesce(func.sum(CampaignHold.quantity), 0))
        .where(*_is_held(), CampaignHold.expires_at <= now)
        .correlate(CampaignSku)
        .scalar_subquery()
    )


def _next_given_back(now: datetime) -> ScalarSelect[datetime]:
    """When the time of the next of them is over."""
    return (
        select(func.min(CampaignHold.expires_at))
        .where(*_is_held(), CampaignHold.expires_at > now)
        .correlate(CampaignSku)
        .scalar_subquery()
    )


def _is_held() -> tuple[ColumnElement[bool], ...]:
    return (
        CampaignHold.sku_id == CampaignSku.id,
        CampaignHold.state == HoldState.LIVE,
        CampaignHold.slice_id.is_(None),
    )


def _tolerance() -> ColumnElement[int]:
    """Asked for only where goods come in packs, so that other pages cost the same however many
    have joined.
    """
    counted = (
        select(func.coalesce(func.sum(Commitment.tolerance), 0))
        .where(Commitment.sku_id == CampaignSku.id, Commitment.state.in_(COUNTING))
        .correlate(CampaignSku)
        .scalar_subquery()
    )
    return case((CampaignSku.pack_size > 1, counted), else_=0)


def _sent() -> ColumnElement[int]:
    units = Commitment.quantity + Commitment.tolerance - Commitment.cut
    counted = (
        select(func.coalesce(func.sum(units), 0))
        .where(Commitment.sku_id == CampaignSku.id, Commitment.state.in_(sorted(SENT)))
        .correlate(CampaignSku)
        .scalar_subquery()
    )
    return case((Campaign.state.in_(_COUNTED_AS_SENT), counted), else_=0)


def _questions() -> ColumnElement[int]:
    """Whether the buyers are being asked if it should go ahead: above nothing while they are."""
    asked = (
        select(func.count())
        .where(
            BuyerQuestion.campaign_id == Campaign.id,
            BuyerQuestion.kind == QuestionKind.THRESHOLD,
            BuyerQuestion.closed_at.is_(None),
        )
        .correlate(Campaign)
        .scalar_subquery()
    )
    return case((Campaign.state == CampaignState.CLOSING, asked), else_=0)


def _waiting() -> ScalarSelect[int]:
    """How many wait for a SKU: they come before anybody new, and are who takes part in a draw."""
    return (
        select(func.count())
        .where(WaitingEntry.sku_id == CampaignSku.id, WaitingEntry.state == WaitingState.WAITING)
        .correlate(CampaignSku)
        .scalar_subquery()
    )

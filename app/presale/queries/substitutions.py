"""What is offered instead of what came too few: for one buyer, and for the shop."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.orm import aliased

from app.catalog.models import Product, Variant
from app.catalog.queries.variants import option_label
from app.platform.db import db
from app.platform.i18n import pick
from app.presale.models import CampaignSku, Commitment, Substitution, SubstitutionAnswer
from app.presale.rules.substitution import EXCHANGEABLE


@dataclass(frozen=True, slots=True)
class Offered:
    """One buyer's own offer; `said` is what they answered so far, None for nothing."""

    id: int
    units: int
    has: str
    instead: str
    answer_until: datetime
    said: bool | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How far an offer has come; `accepted` units have been exchanged."""

    sku_id: int
    instead_id: int
    answer_until: datetime
    accepted: int
    yes: int
    no: int

    def is_open(self, now: datetime) -> bool:
        return now < self.answer_until


def offered_to(participation_id: int, *, now: datetime) -> list[Offered]:
    """What a buyer may still take instead."""
    had, instead = aliased(Variant), aliased(Variant)
    had_sku, other_sku = aliased(CampaignSku), aliased(CampaignSku)
    said = and_(
        SubstitutionAnswer.substitution_id == Substitution.id,
        SubstitutionAnswer.participation_id == participation_id,
    )
    rows = db.session.execute(
        select(Substitution, Commitment, had, instead, SubstitutionAnswer.is_accepted)
        .join(Commitment, Commitment.sku_id == Substitution.sku_id)
        .join(had_sku, had_sku.id == Substitution.sku_id)
        .join(other_sku, other_sku.id == Substitution.instead_id)
        .join(had, had.id == had_sku.variant_id)
        .join(instead, instead.id == other_sku.variant_id)
        .outerjoin(SubstitutionAnswer, said)
        .where(
            Commitment.participation_id == participation_id,
            Commitment.state.in_(sorted(EXCHANGEABLE)),
            Substitution.answer_until > now,
        )
        .order_by(Substitution.id)
    )
    return [
        Offered(
            id=row.id,
            units=commitment.quantity + commitment.tolerance - commitment.cut,
            has=_name(before),
            instead=_name(after),
            answer_until=row.answer_until,
            said=answer,
        )
        for row, commitment, before, after, answer in rows
    ]


def offers_of(campaign_id: int) -> list[Standing]:
    """Every offer a campaign made, the newest first."""
    rows = db.session.execute(
        select(
            Substitution,
            func.coalesce(func.sum(SubstitutionAnswer.units), 0),
            func.count().filter(SubstitutionAnswer.is_accepted),
            func.count().filter(SubstitutionAnswer.is_accepted.is_(False)),
        )
        .outerjoin(SubstitutionAnswer, SubstitutionAnswer.substitution_id == Substitution.id)
        .where(Substitution.campaign_id == campaign_id)
        .group_by(Substitution.id)
        .order_by(Substitution.id.desc())
    )
    return [
        Standing(row.sku_id, row.instead_id, row.answer_until, int(units), int(yes), int(no))
        for row, units, yes, no in rows
    ]


def _name(variant: Variant) -> str:
    """“M · Indigo”, and what it is of where that says nothing."""
    label = option_label(variant.options)
    return label or pick(db.session.get_one(Product, variant.product_id).title)

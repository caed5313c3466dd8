"""Who would get how much if what passed were shared out now, and what goes back for the rest."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.admin.queries.presales.campaign import SkuSheet
from app.orders.ledger import refunded_by_line
from app.orders.models import OrderLine
from app.orders.rules import line_refundable, share_of_line
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.money import Money
from app.presale.commands.cutting import skus_being_cut, wishes_of
from app.presale.models import Campaign, Commitment, ShortagePolicy, ShortageSplit
from app.presale.rules.shortage import split


@dataclass(frozen=True, slots=True)
class Share:
    """What one number gets of what it ordered, and what is paid back on the rest."""

    number: int
    wanted: int
    given: int
    refund: Money


@dataclass(frozen=True, slots=True)
class Shortage:
    sku: SkuSheet
    available: int
    wanted: int
    shares: tuple[Share, ...]

    @property
    def missing(self) -> int:
        return self.wanted - self.available

    @property
    def refund(self) -> Money:
        return Money.total((share.refund for share in self.shares), settings().currency)


def shortages(campaign: Campaign, skus: tuple[SkuSheet, ...]) -> list[Shortage]:
    """One for each SKU of which less passed than is owed; the same shares a split would write."""
    under_way = skus_being_cut(campaign.id)
    looked_at = [_shortage(campaign, sheet) for sheet in skus if sheet.sku.id not in under_way]
    return [found for found in looked_at if found is not None]


def _shortage(campaign: Campaign, sheet: SkuSheet) -> Shortage | None:
    wishes = wishes_of(sheet.sku, whole=True)
    wanted = sum(wish.quantity for wish in wishes)
    if sheet.sku.passed >= wanted:
        return None
    seed = f"{campaign.seed}:{sheet.sku.id}:{_next_round(sheet.sku.id)}"
    policy = ShortagePolicy(campaign.shortage_policy)
    given = split(policy, wishes, sheet.sku.passed, seed=seed)
    lines = _lines([wish.id for wish in wishes])
    shares = tuple(
        Share(
            number=wish.number,
            wanted=wish.quantity,
            given=given[wish.id],
            refund=_refund(lines.get(wish.id), wish.quantity - given[wish.id]),
        )
        for wish in wishes
    )
    return Shortage(sheet, sheet.sku.passed, wanted, shares)


def _lines(commitment_ids: list[int]) -> dict[int, OrderLine]:
    statement = (
        select(Commitment.id, OrderLine)
        .join(OrderLine, OrderLine.id == Commitment.line_id)
        .where(Commitment.id.in_(commitment_ids))
    )
    return dict(db.session.execute(statement).all())


def _next_round(sku_id: int) -> int:
    before = select(func.count()).where(ShortageSplit.sku_id == sku_id)
    return (db.session.scalar(before) or 0) + 1


def _refund(line: OrderLine | None, missing: int) -> Money:
    if line is None or missing <= 0:
        return Money.zero(settings().currency)
    already = refunded_by_line(line.order_id).get(line.id, 0) if line.cancelled else 0
    amount = share_of_line(
        total=line.asked, quantity=line.quantity, units=missing, before=line.cancelled
    )
    return Money(
        min(amount, line_refundable(total=line.asked, already=already)), settings().currency
    )

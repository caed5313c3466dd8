"""Rows of a campaign's sheets: one query however many joined."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Row, and_, func, select, true

from app.admin.queries.presales.campaign import SkuSheet, options_label
from app.catalog.models import Product, Variant
from app.community.models import ChatGroup, ShareLink
from app.community.sheets.rows import PackedRow, ProducedRow
from app.orders.models import Order, OrderDelivery, OrderLine, OrderRefundLine
from app.orders.rules import balance_left
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.i18n import pick
from app.platform.masking import masked_name, masked_phone
from app.platform.money import Money
from app.presale.models import Campaign, CampaignSku, Commitment, Participation
from app.presale.rules.moves import GONE
from app.shop.models import Location, Staff

PLACED_BY = ("building", "room")
"""Keys of questions whose answers say where something goes."""


def packed_rows(
    campaign: Campaign,
    *,
    shows_people: bool,
    state: Callable[[str], str],
    link_ids: Collection[int] | None = None,
) -> list[PackedRow]:
    """Everybody with a number, SKU by SKU; names and phones masked unless the reader may see them.

    `state` puts a commitment's state into the reader's words; `link_ids` leaves only who came
    through one of these group links.
    """
    which = Participation.link_id.in_(link_ids) if link_ids is not None else true()
    refunded = (
        select(OrderRefundLine.line_id, func.sum(OrderRefundLine.amount).label("amount"))
        .group_by(OrderRefundLine.line_id)
        .subquery()
    )
    same_delivery = and_(
        OrderDelivery.order_id == Order.id, OrderDelivery.merchant_id == campaign.merchant_id
    )
    statement = (
        select(
            Participation, Commitment, Variant, Product.title, Order, OrderLine, Location.name,
            Staff.name, ChatGroup.name, func.coalesce(refunded.c.amount, 0),
        )
        .join(Commitment, Commitment.participation_id == Participation.id)
        .join(CampaignSku, CampaignSku.id == Commitment.sku_id)
        .join(Variant, Variant.id == CampaignSku.variant_id)
        .join(Product, Product.id == Variant.product_id)
        .outerjoin(Order, Order.id == Participation.order_id)
        .outerjoin(OrderLine, OrderLine.id == Commitment.line_id)
        .outerjoin(OrderDelivery, same_delivery)
        .outerjoin(Location, Location.id == OrderDelivery.location_id)
        .outerjoin(ShareLink, ShareLink.id == Participation.link_id)
        .outerjoin(Staff, Staff.id == ShareLink.leader_id)
        .outerjoin(ChatGroup, ChatGroup.id == ShareLink.group_id)
        .outerjoin(refunded, refunded.c.line_id == OrderLine.id)
        .where(Participation.campaign_id == campaign.id, Participation.number.is_not(None), which)
        .order_by(Participation.number, Commitment.id)
    )  # fmt: skip
    rows = db.session.execute(statement).all()
    return [_row(row, shows_people=shows_people, state=state) for row in rows]


def produced_rows(skus: tuple[SkuSheet, ...]) -> list[ProducedRow]:
    return [
        ProducedRow(
            sku=each.code,
            title=each.title,
            options=each.options,
            ordered=each.sku.ordered,
            received=each.sku.received,
            passed=each.sku.passed,
            packed=each.sku.packed,
        )
        for each in skus
    ]


def _row(
    found: Row[*tuple[Any, ...]], *, shows_people: bool, state: Callable[[str], str]
) -> PackedRow:
    person: Participation
    commitment: Commitment
    variant: Variant
    order: Order | None
    line: OrderLine | None
    person, commitment, variant, title, order, line, point, leader, group, refunded = found
    wanted = commitment.quantity + commitment.tolerance
    phone = order.phone if order else ""
    return PackedRow(
        number=person.number or 0,
        name=person.name if shows_people else masked_name(person.name),
        phone=phone if shows_people else masked_phone(phone),
        sku=variant.sku,
        title=pick(title),
        options=options_label(variant.options),
        ordered=wanted,
        quantity=wanted - commitment.cut,
        amount=_money(line.total if line else 0),
        paid=_money(line.total - line.balance + line.balance_paid if line else 0),
        refunded=_money(int(refunded)),
        balance=_money(_open(line)),
        state=state(commitment.state),
        is_cancelled=commitment.state in GONE,
        leader=str(leader or ""),
        group=str(group or ""),
        point=pick(point),
        building=str(person.answers.get("building", "")),
        room=str(person.answers.get("room", "")),
        buyer=str(person.answers.get("chat_name", "")) if shows_people else "",
        buyer_note=order.buyer_note if order and shows_people else "",
        visible_note=person.visible_note,
        address=_address(order.address if order and shows_people else None),
        paid_at=order.paid_at if order else None,
        code=order.code if order else "",
    )


def _open(line: OrderLine | None) -> int:
    if line is None:
        return 0
    left = balance_left(balance=line.balance, quantity=line.quantity, cancelled=line.cancelled)
    return max(left - line.balance_paid, 0)


def _address(address: Mapping[str, object] | None) -> str:
    if not address:
        return ""
    return " ".join(str(address[part]) for part in ("region", "street") if address.get(part))


def _money(minor: int) -> Money:
    return Money(minor, settings().currency)

"""Reads of promotions: those that meet a bag, and those a merchant works with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from app.catalog.queries.memberships import memberships
from app.marketing.codes import NOBODY, Person
from app.marketing.models import Promotion, PromotionCode, PromotionKind, PromotionUse
from app.marketing.rules import Offer, Terms
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import found, visible

MOST_AT_ONCE = 40
"""How many offers of all merchants together are looked at for one bag; the newest count."""


def offers(
    merchant_ids: Iterable[int], *, code: str = "", person: Person = NOBODY, now: datetime
) -> list[Offer]:
    """What applies by itself now, and what the code opens, in whatever state that is."""
    ids = list(dict.fromkeys(merchant_ids))
    if not ids and not code:
        return []
    running = db.session.scalars(
        select(Promotion)
        .where(
            Promotion.merchant_id.in_(ids),
            Promotion.needs_code.is_(False),
            Promotion.stopped_at.is_(None),
            Promotion.starts_at <= now,
            or_(Promotion.ends_at.is_(None), Promotion.ends_at > now),
        )
        .order_by(Promotion.id.desc())
        .limit(MOST_AT_ONCE)
    ).all()
    found_ = [_offer(promotion) for promotion in running]
    opened = _opened_by(code)
    if opened is not None:
        found_.append(opened)
    return _with_person(found_, person)


def is_known(code: str) -> bool:
    """Whether a code opens anything at all, now or at another time."""
    return _opened_by(code) is not None


def collections_of(product_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """The collections each product is in."""
    membership = memberships(list(product_ids))
    rows = db.session.execute(select(membership.c.product_id, membership.c.collection_id))
    gathered: dict[int, set[int]] = {}
    for product_id, collection_id in rows:
        gathered.setdefault(product_id, set()).add(collection_id)
    return {product_id: frozenset(ids) for product_id, ids in gathered.items()}


def promotions(actor: Actor) -> list[Promotion]:
    """The actor's promotions: those that run or will, newest first, then the ended."""
    statement = (
        select(Promotion)
        .where(visible(actor, Promotion))
        .order_by(Promotion.stopped_at.is_not(None), Promotion.id.desc())
        .limit(200)
    )
    return list(db.session.scalars(statement))


def promotion(promotion_id: int, actor: Actor) -> Promotion:
    """Raises NotFound for another merchant's."""
    return found(
        db.session.scalar(
            select(Promotion).where(Promotion.id == promotion_id, visible(actor, Promotion))
        )
    )


def codes_of(promotion_id: int, *, most: int | None = None) -> list[PromotionCode]:
    """Its codes, oldest first."""
    statement = select(PromotionCode).where(*_open_codes(promotion_id))
    return list(db.session.scalars(statement.order_by(PromotionCode.id).limit(most)))


def code_count(promotion_id: int) -> int:
    statement = select(func.count()).where(*_open_codes(promotion_id))
    return int(db.session.scalar(statement) or 0)


def _open_codes(promotion_id: int) -> tuple[ColumnElement[bool], ...]:
    """What a link's goal has not opened yet is nobody's to see."""
    return (PromotionCode.promotion_id == promotion_id, PromotionCode.is_closed.is_(False))


def _opened_by(code: str) -> Offer | None:
    if not code:
        return None
    row = db.session.execute(
        select(Promotion, PromotionCode)
        .join(PromotionCode, PromotionCode.promotion_id == Promotion.id)
        .where(PromotionCode.code == code, PromotionCode.is_closed.is_(False))
    ).first()
    if row is None:
        return None
    opened, by = row
    used_up = by.max_uses is not None and by.used >= by.max_uses
    offer = _offer(opened)
    return replace(offer, code=by.code, code_id=by.id, is_used_up=offer.is_used_up or used_up)


def _offer(promotion: Promotion) -> Offer:
    left = None if promotion.budget is None else promotion.budget - promotion.spent
    used_up = promotion.max_uses is not None and promotion.used >= promotion.max_uses
    return Offer(
        id=promotion.id,
        merchant_id=promotion.merchant_id,
        name=promotion.name,
        kind=PromotionKind(promotion.kind),
        terms=Terms.read(promotion.terms),
        starts_at=promotion.starts_at,
        ends_at=promotion.ends_at,
        stopped_at=promotion.stopped_at,
        min_spend=promotion.min_spend,
        collections=frozenset(promotion.collections.get("ids", ())),
        combines=promotion.combines,
        with_presales=promotion.with_presales,
        is_used_up=used_up or left == 0,
        left=left,
        max_per_person=promotion.max_per_person,
    )


def _with_person(offers: list[Offer], person: Person) -> list[Offer]:
    """The same, each saying whether this person has had their share of it."""
    limited = {offer.id: offer.max_per_person for offer in offers if offer.max_per_person}
    if not limited or person == NOBODY:
        return offers
    rows = db.session.execute(
        select(PromotionUse.promotion_id, func.count())
        .where(PromotionUse.promotion_id.in_(limited), *had_by(person))
        .group_by(PromotionUse.promotion_id)
    )
    used = {promotion_id: int(times) for promotion_id, times in rows}
    return [
        replace(offer, was_used_by_you=used.get(offer.id, 0) >= (limited.get(offer.id) or 1))
        if offer.id in limited
        else offer
        for offer in offers
    ]


def had_by(person: Person) -> tuple[ColumnElement[bool], ...]:
    """The conditions that find the standing uses of a person, known by either digest."""
    same = [
        column == digest
        for column, digest in (
            (PromotionUse.email_digest, person.email),
            (PromotionUse.phone_digest, person.phone),
        )
        if digest
    ]
    return (PromotionUse.released_at.is_(None), or_(*same))

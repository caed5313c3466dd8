"""Verbs of checkout: begin (goods are held from here on), keep what was typed, order."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.cart import commands as cart
from app.cart.queries import BagItem, bag
from app.catalog.commands import stock
from app.catalog.errors import OutOfStock
from app.checkout.errors import NothingToBuy, PriceChanged, SomethingGone
from app.checkout.models import Checkout
from app.checkout.queries import by_key, holder_of, price
from app.checkout.rules import PICKUP, Details, hold_for
from app.orders.commands import pay
from app.orders.commands.place import (
    PAY_BY_TRANSFER_WITHIN,
    PAY_ONLINE_WITHIN,
    Contact,
    NewDelivery,
    NewLine,
    NewOrder,
    place,
)
from app.orders.pricing import Quote, QuotedLine
from app.orders.supply import STOCK
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.rbac import found
from app.platform.transaction import command
from app.presale.commands import holding
from app.presale.commands.holding import Wanted
from app.presale.commands.joining import Joining, join
from app.presale.models import SUPPLY


@dataclass(frozen=True, slots=True)
class Ordered:
    """The order that came of a checkout; no `payment_id` when it was made before."""

    order_id: int
    payment_id: int | None


@dataclass(frozen=True, slots=True)
class Submitted:
    """A checkout's form as it was sent; `fingerprint` is that of the price it showed."""

    checkout_key: str
    bag_key: str
    details: Details
    fingerprint: str
    locale: str


@command
def begin(bag_key: str, *, now: datetime, name: str = "") -> Checkout:
    """Hold what is in the bag and return its checkout; beginning again extends the hold.

    `name` stands in the form until its owner has written something there. Raises SomethingGone,
    with nothing held, or NothingToBuy.
    """
    own_bag = cart.lock(bag_key)
    if own_bag is None:
        raise NothingToBuy
    checkout = _open(own_bag.id)
    if checkout is None:
        checkout = Checkout(
            key=secrets.token_urlsafe(24),
            bag_id=own_bag.id,
            typed={"name": name} if name else {},
            started_at=now,
            held_until=now,
        )
        db.session.add(checkout)
        db.session.flush()
    holder = holder_of(checkout.id)
    items = bag(bag_key, now=now, sparing=holder).items
    if not items:
        raise NothingToBuy
    gone = frozenset(item.item.variant_id for item in items if not item.can_be_bought)
    if gone:
        raise SomethingGone(gone)
    until = now + hold_for(
        any_piece=any(item.item.is_piece for item in items),
        campaign_minutes=(item.offer.hold_minutes for item in items if item.offer),
    )
    _hold(holder, items, until=until, now=now)
    checkout.held_until = until
    return checkout


@command
def keep_typed(checkout_id: int, typed: dict[str, str]) -> None:
    """Keep the form as it was left, for this browser."""
    checkout = db.session.get(Checkout, checkout_id, populate_existing=True)
    if checkout is not None and checkout.order_id is None:
        checkout.typed = dict(typed)


@command
def order(submitted: Submitted, *, actor: Actor, now: datetime) -> Ordered:
    """Turn a checkout into its one order. A second submit returns the same order.

    Raises SomethingGone, PriceChanged (when the fingerprint is not that of today's price),
    NothingToBuy, NotOpen or LimitReached.
    """
    checkout = _locked(submitted.checkout_key, submitted.bag_key)
    if checkout.order_id is not None:
        return Ordered(checkout.order_id, None)
    details = submitted.details
    items = bag(submitted.bag_key, now=now, sparing=holder_of(checkout.id)).items
    if not items:
        raise NothingToBuy
    gone = frozenset(item.item.variant_id for item in items if not item.can_be_bought)
    if gone:
        raise SomethingGone(gone)
    quoted = price(
        items,
        region_code=details.region_code,
        pickup=details.method == PICKUP,
        as_ready=details.as_ready,
    )
    if quoted.fingerprint != submitted.fingerprint or not quoted.can_be_paid:
        raise PriceChanged(quoted)
    new = _new_order(checkout, items, quoted, submitted, actor=actor, now=now)
    try:
        order_id = place(new, actor=actor, now=now)
    except OutOfStock as error:
        raise SomethingGone(frozenset({int(str(error.facts["variant_id"]))})) from error
    join(order_id, _joining(items, details), now=now)
    checkout.order_id = order_id
    checkout.typed = {}
    cart.empty(checkout.bag_id, [item.item.variant_id for item in items])
    payment_id = pay.open_attempt(order_id, details.gateway, actor=actor, now=now)
    return Ordered(order_id, payment_id)


def _hold(holder: str, items: tuple[BagItem, ...], *, until: datetime, now: datetime) -> None:
    wanted = [
        stock.Wanted(item.item.variant_id, item.quantity) for item in items if item.offer is None
    ]
    joined = [
        Wanted(item.offer.sku_id, item.units, item.link_id, item.waiting_id)
        for item in items
        if item.offer is not None
    ]
    try:
        stock.reserve(holder, wanted, until=until, now=now)
        holding.reserve(holder, joined, until=until, now=now)
    except OutOfStock as error:
        raise SomethingGone(frozenset({int(str(error.facts["variant_id"]))})) from error


def _joining(items: tuple[BagItem, ...], details: Details) -> Joining:
    """What the presales in the bag are told beyond the order."""
    offers = [(item, item.offer) for item in items if item.offer is not None]
    return Joining(
        tolerance={offer.sku_id: item.tolerance for item, offer in offers if item.tolerance},
        links={offer.campaign_id: item.link_id for item, offer in offers if item.link_id},
        listed={offer.campaign_id: item.listed_id for item, offer in offers if item.listed_id},
        answers=details.answers,
        offered=frozenset(offer.campaign_id for item, offer in offers if item.waiting_id),
        is_anonymous=details.is_anonymous,
    )


def _new_order(
    checkout: Checkout,
    items: tuple[BagItem, ...],
    quoted: Quote,
    submitted: Submitted,
    *,
    actor: Actor,
    now: datetime,
) -> NewOrder:
    details = submitted.details
    by_variant = {item.item.variant_id: item for item in items}
    transfer = details.gateway == pay.TRANSFER
    return NewOrder(
        idempotency_key=checkout.key,
        holder=holder_of(checkout.id),
        contact=Contact(
            email=details.email,
            name=details.name,
            phone=details.phone,
            locale=submitted.locale,
            address=details.address,
            note=details.note,
        ),
        currency=settings().currency,
        lines=tuple(
            _line(by_variant[line.line.variant_id], line, details, now) for line in quoted.lines
        ),
        deliveries=tuple(
            NewDelivery(
                merchant_id,
                details.method,
                quoted.fee_of(merchant_id).minor,
                details.location_id,
            )
            for merchant_id in dict.fromkeys(parcel.merchant_id for parcel in quoted.shipping)
        ),
        fingerprint=quoted.fingerprint,
        terms=_terms(items, now),
        ship_together=not details.as_ready and len({line.line.part for line in quoted.lines}) > 1,
        customer_id=actor.id if actor.kind == "customer" else None,
        pay_within=PAY_BY_TRANSFER_WITHIN if transfer else PAY_ONLINE_WITHIN,
    )


def _terms(items: tuple[BagItem, ...], now: datetime) -> dict[str, object]:
    """What was accepted: the law's days for returns, and each presale's frozen terms (R18)."""
    return {
        "returns_days": 7,
        "accepted_at": now.isoformat(),
        "presales": {
            str(item.offer.campaign_id): {
                "hash": item.offer.terms_hash,
                "promise": [
                    item.offer.promise_earliest.isoformat(),
                    item.offer.promise_latest.isoformat(),
                ],
                "deposit_kind": item.offer.deposit_kind,
            }
            for item in items
            if item.offer is not None
        },
    }


def _line(item: BagItem, quoted: QuotedLine, details: Details, now: datetime) -> NewLine:
    goods = item.item
    consent = None
    if goods.faults and goods.variant_id in details.consents:
        consent = {"faults": [dict(fault) for fault in goods.faults], "at": now.isoformat()}
    return NewLine(
        merchant_id=goods.merchant_id,
        product_id=goods.product_id,
        variant_id=goods.variant_id,
        number=goods.number,
        title=goods.titles,
        options=goods.options,
        sku=goods.sku,
        product={
            "grade": goods.grade,
            "faults": [dict(fault) for fault in goods.faults],
            "path": item.offer.path if item.offer else goods.path,
            "picture": goods.picture.fallback if goods.picture else "",
        },
        unit_price=item.price.minor,
        quantity=item.units,
        discount=quoted.discount.minor,
        total=quoted.total.minor,
        weight_g=goods.weight_g,
        fault_consent=consent,
        supply=SUPPLY if item.offer else STOCK,
        source_id=item.offer.sku_id if item.offer else None,
        subject=item.offer.subject if item.offer else "",
        balance=quoted.balance.minor,
    )


def _open(bag_id: int) -> Checkout | None:
    return db.session.scalar(
        select(Checkout)
        .where(Checkout.bag_id == bag_id, Checkout.order_id.is_(None))
        .order_by(Checkout.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


def _locked(checkout_key: str, bag_key: str) -> Checkout:
    """The checkout, locked, so that two submits queue up."""
    known = found(by_key(checkout_key, bag_key))
    return db.session.get_one(Checkout, known.id, with_for_update=True, populate_existing=True)

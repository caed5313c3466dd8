"""What a checkout's form and bag come to: the order that is placed, and what presales and
promotions are told of it. Reads nothing and changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.cart.promotions import Priced
from app.cart.queries import BagItem
from app.checkout.models import Checkout
from app.checkout.queries import holder_of
from app.checkout.rules import Details
from app.marketing.commands.redeeming import Taken
from app.orders.commands import pay
from app.orders.commands.place import (
    PAY_BY_TRANSFER_WITHIN,
    PAY_ONLINE_WITHIN,
    Contact,
    NewDelivery,
    NewLine,
    NewOrder,
)
from app.orders.pricing import QuotedLine
from app.orders.supply import STOCK
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.presale.commands.joining import Joining
from app.presale.models import SUPPLY


@dataclass(frozen=True, slots=True)
class Submitted:
    """A checkout's form as it was sent; `fingerprint` is that of the price it showed."""

    checkout_key: str
    bag_key: str
    details: Details
    fingerprint: str
    locale: str


def joining_of(items: tuple[BagItem, ...], details: Details) -> Joining:
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


def taken_of(priced: Priced) -> list[Taken]:
    """The offers of a price, as they are counted."""
    return [
        Taken(each.offer.id, each.offer.code_id, each.amount.minor)
        for each in priced.applied
        if each.amount
    ]


def new_order(
    checkout: Checkout,
    items: tuple[BagItem, ...],
    priced: Priced,
    submitted: Submitted,
    *,
    actor: Actor,
    now: datetime,
) -> NewOrder:
    details, quoted = submitted.details, priced.quote
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
                quoted.fee_tax_of(merchant_id),
            )
            for merchant_id in dict.fromkeys(parcel.merchant_id for parcel in quoted.shipping)
        ),
        fingerprint=quoted.fingerprint,
        terms=_terms(items, priced, now),
        ship_together=not details.as_ready and len({line.line.part for line in quoted.lines}) > 1,
        customer_id=actor.id if actor.kind == "customer" else None,
        pay_within=PAY_BY_TRANSFER_WITHIN if transfer else PAY_ONLINE_WITHIN,
    )


def _terms(items: tuple[BagItem, ...], priced: Priced, now: datetime) -> dict[str, object]:
    """What was accepted: the law's days for returns, the offers that were taken off, and each
    presale's frozen terms (R18).
    """
    return {
        "returns_days": 7,
        "accepted_at": now.isoformat(),
        "promotions": [
            {
                "name": dict(each.offer.name),
                "code": each.offer.code,
                "amount": each.amount.minor,
                "on_shipping": each.on_shipping,
            }
            for each in priced.applied
            if each.amount
        ],
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
        tax=quoted.tax,
    )

"""Reads of a checkout: its bag, its price, and where it can be collected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Select, func, select, union_all

from app.cart.delivery import discounts_of, lines_of, sent_to
from app.cart.models import Bag
from app.cart.promotions import Priced, priced
from app.cart.queries import EMPTY, BagItem, BagView, bag
from app.catalog.models import Hold, HoldState, Stock
from app.checkout.models import Checkout
from app.customers.models import Customer, CustomerAddress
from app.marketing.codes import Person
from app.orders.models import Headline, Order
from app.orders.pricing import Basket
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.rbac import visible
from app.presale import models as presale
from app.shop import facts
from app.shop.facts import Terms, selling_terms
from app.shop.places import Place
from app.shop.zones import usual_zone, zone_of

MOST_ORDERS = 50


@dataclass(frozen=True, slots=True)
class Store:
    """A place to collect; `available` when everything in the bag lies there."""

    location: facts.Store
    available: bool


def open_checkout(bag_key: str | None) -> Checkout | None:
    """The latest checkout of this bag that has not become an order."""
    if not bag_key:
        return None
    return db.session.scalar(
        select(Checkout)
        .join(Bag, Bag.id == Checkout.bag_id)
        .where(Bag.key == bag_key, Checkout.order_id.is_(None))
        .order_by(Checkout.id.desc())
        .limit(1)
    )


def unpaid_order(bag_key: str | None, *, now: datetime) -> int | None:
    """The order that this bag became last, while it still waits to be paid."""
    if not bag_key:
        return None
    return db.session.scalar(
        select(Order.id)
        .join(Checkout, Checkout.order_id == Order.id)
        .join(Bag, Bag.id == Checkout.bag_id)
        .where(Bag.key == bag_key)
        .where(Order.headline == Headline.AWAITING_PAYMENT, Order.pay_until > now)
        .order_by(Order.id.desc())
        .limit(1)
    )


def by_key(key: str, bag_key: str | None) -> Checkout | None:
    """A checkout by its own key, if it belongs to the bag in this browser."""
    return db.session.scalar(with_key(key, bag_key))


def with_key(key: str, bag_key: str | None) -> Select[Checkout]:
    """The statement that finds it."""
    return (
        select(Checkout)
        .join(Bag, Bag.id == Checkout.bag_id)
        .where(Checkout.key == key, Bag.key == (bag_key or ""))
    )


def to_lock(key: str, bag_key: str | None) -> Select[Checkout]:
    """The statement that finds it and locks first its bag, then itself."""
    return with_key(key, bag_key).with_for_update(of=(Bag, Checkout))


def holder_of(checkout_id: int) -> str:
    """Who holds the stock of a checkout."""
    return f"checkout:{checkout_id}"


def holder_for(bag_key: str | None) -> str:
    """Who holds goods for this bag: its open checkout; empty when there is none."""
    checkout = open_checkout(bag_key)
    return holder_of(checkout.id) if checkout is not None else ""


def is_held(checkout: Checkout, items: Iterable[BagItem], *, now: datetime) -> bool:
    """Whether a checkout holds all of these at this moment: what was put into the bag since it was
    begun is not held, nor what was taken out and put back.
    """
    if checkout.held_until <= now:
        return False
    holder = holder_of(checkout.id)
    of_shelves = (
        select(Stock.variant_id, Hold.quantity)
        .join(Hold, Hold.stock_id == Stock.id)
        .where(Hold.owner == holder, Hold.state == HoldState.LIVE)
    )
    of_campaigns = (
        select(presale.CampaignSku.variant_id, presale.CampaignHold.quantity)
        .join(presale.CampaignHold, presale.CampaignHold.sku_id == presale.CampaignSku.id)
        .where(presale.CampaignHold.owner == holder)
        .where(presale.CampaignHold.state == presale.HoldState.LIVE)
    )
    held: Counter[int] = Counter()
    for variant_id, units in db.session.execute(union_all(of_shelves, of_campaigns)):
        held[variant_id] += units
    return all(held[item.item.variant_id] >= item.units for item in items)


def bag_of(bag_key: str | None, checkout: Checkout | None, *, now: datetime) -> BagView:
    """The bag, in which what this checkout holds counts as free."""
    if not bag_key:
        return EMPTY
    return bag(bag_key, now=now, sparing=holder_of(checkout.id) if checkout else "")


@dataclass(frozen=True, slots=True)
class Way:
    """How goods reach the buyer: delivered to a region or collected; `as_ready` in several parcels,
    each when its goods are there.
    """

    region_code: str = ""
    pickup: bool = False
    as_ready: bool = False


def price(
    items: tuple[BagItem, ...],
    way: Way,
    *,
    code: str,
    person: Person,
    now: datetime,
    terms: Terms | None = None,
) -> Priced:
    """What these would cost, with the offers this person gets on them; `terms` as they were read
    already.
    """
    currency = settings().currency
    lines = lines_of(items)
    merchants = frozenset(line.merchant_id for line in lines)
    basket = Basket(
        currency=currency,
        lines=lines,
        pickup=merchants if way.pickup else frozenset(),
        discounts=discounts_of(items),
        as_ready=way.as_ready,
    )
    return priced(
        items, _sent(basket, way, terms or selling_terms()), code=code, person=person, now=now
    )


def _sent(basket: Basket, way: Way, known: Terms) -> Basket:
    """On its way to the address, or to where most parcels go while that is not known."""
    is_known = bool(way.region_code) and not way.pickup
    place = Place(region_code=way.region_code) if is_known else Place()
    zone = zone_of(known.zones, place) if is_known else usual_zone(known.zones)
    sent = sent_to(basket, zone, place, known)
    return sent if is_known else replace(sent, zone=None)


def person(email: str, phone: str) -> Person:
    """Who orders, as promotions know them again."""
    return Person.of(settings().person_key, email, phone)


def known_of(actor: Actor) -> dict[str, str]:
    """What the account of a signed-in shopper already knows, by form field; empty for a guest."""
    if actor.kind != "customer":
        return {}
    customer = db.session.scalar(select(Customer).where(visible(actor, Customer)))
    if customer is None:
        return {}
    kept = db.session.scalar(
        select(CustomerAddress)
        .where(visible(actor, CustomerAddress))
        .order_by(CustomerAddress.is_default.desc(), CustomerAddress.id.desc())
        .limit(1)
    )
    typed = {"email": customer.email, "name": customer.name, "phone": customer.phone}
    if kept is not None:
        typed |= {
            "name": kept.recipient,
            "phone": kept.phone,
            "region": str(kept.address.get("region", "")),
            "street": str(kept.address.get("street", "")),
        }
    return typed


def stores(items: tuple[BagItem, ...], places: Sequence[facts.Store]) -> list[Store]:
    """Every place that hands over, and whether all of these lie there or will be brought there."""
    wanted = {item.item.variant_id: item.quantity for item in items if item.offer is None}
    there = _units_at(wanted) if places and wanted else {}
    merchants = {item.item.merchant_id for item in items}
    return [
        Store(
            place,
            merchants == {place.merchant_id}
            and all(there.get((place.id, v), 0) >= units for v, units in wanted.items()),
        )
        for place in places
    ]


def _units_at(variant_ids: Iterable[int]) -> dict[tuple[int, int], int]:
    """What is on hand, by location and variant."""
    rows = db.session.execute(
        select(Stock.location_id, Stock.variant_id, func.sum(Stock.on_hand))
        .where(Stock.variant_id.in_(variant_ids))
        .group_by(Stock.location_id, Stock.variant_id)
    )
    return {(location, variant): int(units) for location, variant, units in rows}


def orders_of(bag_key: str | None) -> list[int]:
    """The orders that were made out of the bag in this browser, newest first."""
    if not bag_key:
        return []
    statement = (
        select(Checkout.order_id)
        .join(Bag, Bag.id == Checkout.bag_id)
        .where(Bag.key == bag_key, Checkout.order_id.is_not(None))
        .order_by(Checkout.id.desc())
        .limit(MOST_ORDERS)
    )
    return [order_id for order_id in db.session.scalars(statement) if order_id is not None]

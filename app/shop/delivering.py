"""The verbs that set where parcels go, what that costs, and which stores hand over."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import delete, select

from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db, insert_rows
from app.platform.facts import publish
from app.platform.rbac import ensure, visible
from app.platform.transaction import command
from app.shop.events import ShippingRatesReplaced
from app.shop.facts import selling_terms
from app.shop.models import DeliveryZone, Location, LocationKind, Merchant, ShippingRate
from app.shop.rules import Rate
from app.shop.zones import Zone, fit_zones


@command
def replace_zones(
    zones: Sequence[Zone], rates: Sequence[Rate], *, actor: Actor, now: datetime
) -> None:
    """Set all zones and their rates; orders already placed keep what they were charged. Raises
    Invalid.
    """
    ensure(actor, "settings.edit")
    fit_zones(zones, rates)
    db.session.execute(select(Merchant.id).where(Merchant.is_house).with_for_update())
    known = selling_terms()
    before = {"zones": _noted(known.zones), "rates": list(map(asdict, known.rates))}
    db.session.execute(delete(ShippingRate))
    db.session.execute(delete(DeliveryZone))
    db.session.add_all(
        DeliveryZone(
            key=zone.key, name=dict(zone.name), places={"patterns": list(zone.places)},
            basis=zone.basis, free_over=zone.free_over, position=position,
        )
        for position, zone in enumerate(zones)
    )  # fmt: skip
    insert_rows(
        ShippingRate,
        [
            {"region_group": rate.zone, "max_weight_g": rate.up_to, "fee": rate.fee}
            for rate in rates
        ],
    )
    db.session.flush()
    record(
        actor, "zones.replace", "delivery_zone", None, now=now, before=before,
        after={"zones": _noted(zones), "rates": list(map(asdict, rates))},
    )  # fmt: skip
    publish(ShippingRatesReplaced(at=now))


@command
def offer_pickup(location_ids: Collection[int], *, actor: Actor, now: datetime) -> None:
    """Let exactly these of the merchant's stores hand parcels over."""
    ensure(actor, "settings.edit")
    stores = db.session.scalars(
        select(Location)
        .where(visible(actor, Location), Location.kind == LocationKind.STORE)
        .order_by(Location.id)
        .with_for_update()
    ).all()
    for store in stores:
        offers = store.id in location_ids
        if store.offers_pickup != offers:
            store.offers_pickup = offers
            record(
                actor, "location.change", "location", store.id, now=now,
                before={"offers_pickup": not offers}, after={"offers_pickup": offers},
            )  # fmt: skip


def _noted(zones: Sequence[Zone]) -> list[dict[str, object]]:
    return [
        {"key": zone.key, "places": ", ".join(zone.places), "basis": zone.basis.value,
         "free_over": zone.free_over}
        for zone in zones
    ]  # fmt: skip

"""What fulfilment does when something has happened."""

from __future__ import annotations

from app.fulfilment.commands import callbacks
from app.fulfilment.events import (
    CarrierCallbackReceived,
    ParcelDelivered,
    ParcelOutForDelivery,
    ParcelShipped,
)
from app.fulfilment.queries import view_of
from app.orders import mails
from app.platform import clock
from app.platform.facts import on


def apply_callback(fact: CarrierCallbackReceived) -> None:
    callbacks.apply(fact.event_id, now=clock.now())


def write_shipped(fact: ParcelShipped) -> None:
    _write("shipped", fact)


def write_out_for_delivery(fact: ParcelOutForDelivery) -> None:
    _write("out_for_delivery", fact)


def write_delivered(fact: ParcelDelivered) -> None:
    _write("delivered", fact)


def _write(kind: str, fact: ParcelShipped | ParcelOutForDelivery | ParcelDelivered) -> None:
    event = f"fulfilment.{kind}:{fact.parcel_id}"
    mails.write(kind, event, fact.order_id, parcel=view_of(fact.parcel_id))


SUBSCRIPTIONS = (
    on(CarrierCallbackReceived, apply_callback),
    on(ParcelShipped, write_shipped),
    on(ParcelOutForDelivery, write_out_for_delivery),
    on(ParcelDelivered, write_delivered),
)

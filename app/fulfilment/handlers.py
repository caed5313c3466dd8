"""What fulfilment does when something has happened."""

from __future__ import annotations

from app.fulfilment.commands import callbacks
from app.fulfilment.events import CarrierCallbackReceived
from app.platform import clock
from app.platform.facts import on


def apply_callback(fact: CarrierCallbackReceived) -> None:
    callbacks.apply(fact.event_id, now=clock.now())


SUBSCRIPTIONS = (on(CarrierCallbackReceived, apply_callback),)

"""The end: goods handed on, packed, shipped or collected, delivered."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from app.fulfilment.carriers.base import TrackingEvent, TrackingStatus
from app.fulfilment.commands import parcels
from app.orders.commands import fulfil
from app.presale.commands import production
from app.presale.commands.production import Count
from app.presale.models import CampaignState
from app.presale.models import Stage as Made
from app.rehearsal.queries import people
from app.rehearsal.queries.sheets import Sheets, sheets
from app.rehearsal.stage import Stage

CARRIER = "shunfeng"
ON_ITS_WAY = (
    (timedelta(hours=20), TrackingStatus.IN_TRANSIT),
    (timedelta(hours=44), TrackingStatus.OUT_FOR_DELIVERY),
    (timedelta(hours=50), TrackingStatus.DELIVERED),
)
COLLECTED_AFTER = timedelta(hours=26)


def hand_on(stage: Stage) -> Sheets:
    """Play until the campaign is completed; returns the sheets as they were printed for it."""
    production.start_fulfilling(stage.campaign.id, actor=stage.merchant, now=stage.now)
    stage.work()
    stage.note("prints_sheets")
    printed = sheets(now=stage.now)
    stage.wait(hours=3)
    _pack(stage)
    _send(stage)
    stage.wait_until(lambda campaign: campaign.state == CampaignState.COMPLETED)
    return printed


def _pack(stage: Stage) -> None:
    for sku in people.skus():
        if sku.committed:
            stage.note("counts", sku=sku.id, stage=Made.PACKED.value, units=sku.committed)
            counted = Count(sku.id, Made.PACKED, sku.committed)
            production.record_production(
                sku.campaign_id, counted, actor=stage.merchant, now=stage.now
            )
    stage.work()


def _send(stage: Stage) -> None:
    for order_id, units in people.to_send().items():
        number = f"SF{order_id:012d}"
        new = parcels.NewParcel(units, CARRIER, number, f"rehearsal-{order_id}")
        parcels.ship(order_id, new, actor=stage.merchant, now=stage.now)
        for after, status in ON_ITS_WAY:
            stage.plan(stage.now + after, partial(_say, stage, number, status))
    for order_id in people.to_hand_over():
        fulfil.make_ready(order_id, actor=stage.merchant, now=stage.now)
        collect = partial(_hand_over, stage, order_id)
        stage.plan(stage.now + COLLECTED_AFTER, collect)


def _say(stage: Stage, number: str, status: TrackingStatus) -> None:
    event = TrackingEvent(CARRIER, number, stage.now, status, text="")
    parcels.take_in([event], inbound_event_id=None, now=stage.now)


def _hand_over(stage: Stage, order_id: int) -> None:
    fulfil.hand_over(order_id, actor=stage.merchant, now=stage.now)

"""Reads of parcels, for order pages and the admin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.fulfilment.carriers.base import TrackingStatus
from app.fulfilment.carriers.companies import company_name
from app.fulfilment.models import Parcel, ParcelEvent, ParcelLine
from app.fulfilment.tracking import LABELS
from app.platform.actor import Actor
from app.platform.db import db
from app.platform.rbac import visible


@dataclass(frozen=True, slots=True)
class ParcelView:
    """A parcel with what lies in it (units by order line) and what its carrier said, newest
    first.
    """

    parcel: Parcel
    units: dict[int, int]
    events: Sequence[ParcelEvent]

    @property
    def label(self) -> str:
        """Where it is, in words."""
        return str(LABELS[TrackingStatus(self.parcel.state)])

    @property
    def company(self) -> str:
        return company_name(self.parcel.carrier)


def of_order(order_id: int, actor: Actor) -> list[ParcelView]:
    """The order's parcels that the actor may see, in the order they left."""
    parcels = db.session.scalars(
        select(Parcel)
        .where(Parcel.order_id == order_id, visible(actor, Parcel))
        .order_by(Parcel.id)
    ).all()
    return [_view(parcel) for parcel in parcels]


def parcel(parcel_id: int) -> Parcel | None:
    return db.session.get(Parcel, parcel_id)


def view_of(parcel_id: int) -> ParcelView | None:
    row = parcel(parcel_id)
    return _view(row) if row else None


def _view(parcel: Parcel) -> ParcelView:
    lines = db.session.scalars(select(ParcelLine).where(ParcelLine.parcel_id == parcel.id))
    events = db.session.scalars(
        select(ParcelEvent)
        .where(
            ParcelEvent.carrier == parcel.carrier,
            ParcelEvent.tracking_number == parcel.tracking_number,
        )
        .order_by(ParcelEvent.occurred_at.desc(), ParcelEvent.id.desc())
    ).all()
    return ParcelView(parcel, {line.order_line_id: line.quantity for line in lines}, events)

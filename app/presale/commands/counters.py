"""The guards behind every unit of a campaign: conditional UPDATEs, decided by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, insert, or_, select, update

from app.platform.db import changed_rows, db
from app.platform.locks import lock_rows
from app.presale.errors import CampaignFull
from app.presale.models import (
    CampaignHold,
    CampaignSku,
    HoldState,
    QuotaSlice,
    WaitingEntry,
    WaitingState,
)


@dataclass(frozen=True, slots=True)
class EndedHold:
    """What a hold held."""

    sku_id: int
    slice_id: int | None
    quantity: int
    from_slice: int


def take_from_all(sku_id: int, quantity: int) -> bool:
    """Hold units nobody has; the one guard against overselling."""
    taken = changed_rows(
        update(CampaignSku)
        .where(CampaignSku.id == sku_id, has_free(quantity))
        .values(held=CampaignSku.held + quantity)
    )
    return taken == 1


def take_from_slice(sku_id: int, link_id: int | None, quantity: int) -> int | None:
    """Use units of a link's slice; returns the slice, None when it has not enough."""
    if link_id is None:
        return None
    return db.session.scalar(
        update(QuotaSlice)
        .where(
            QuotaSlice.sku_id == sku_id,
            QuotaSlice.link_id == link_id,
            QuotaSlice.returned_at.is_(None),
            QuotaSlice.used + quantity <= QuotaSlice.quota,
        )
        .values(used=QuotaSlice.used + quantity)
        .returning(QuotaSlice.id)
        .execution_options(synchronize_session=False)
    )


def somebody_waits(sku_id: int) -> bool:
    """Whether what becomes free belongs to the waiting list first."""
    waiting = exists().where(
        WaitingEntry.sku_id == sku_id, WaitingEntry.state == WaitingState.WAITING
    )
    return bool(db.session.scalar(select(waiting)))


def has_free(quantity: int) -> ColumnElement[bool]:
    """The condition under which so many units can be had."""
    return or_(
        CampaignSku.cap.is_(None),
        CampaignSku.committed + CampaignSku.held + quantity <= CampaignSku.cap,
    )


def insert_hold(
    owner: str, sku_id: int, quantity: int, slice_id: int | None, *, until: datetime, now: datetime
) -> None:
    """Note who holds units that were just taken."""
    db.session.execute(
        insert(CampaignHold).values(
            sku_id=sku_id, slice_id=slice_id, owner=owner, quantity=quantity,
            from_slice=quantity if slice_id else 0, state=HoldState.LIVE, created_at=now,
            expires_at=until,
        )
    )  # fmt: skip


def give_back(which: ColumnElement[bool]) -> None:
    """Release live holds and give their units back to whom they came from."""
    for hold in end_holds(which, HoldState.RELEASED):
        if hold.slice_id is not None and _back_to_slice(hold.slice_id, hold.from_slice):
            continue
        db.session.execute(
            update(CampaignSku)
            .where(CampaignSku.id == hold.sku_id)
            .values(held=CampaignSku.held - hold.quantity)
        )


def end_holds(which: ColumnElement[bool], state: HoldState) -> list[EndedHold]:
    """End live holds; who gets their rows back moves the counters."""
    rows = db.session.execute(
        update(CampaignHold)
        .where(which, CampaignHold.state == HoldState.LIVE)
        .values(state=state)
        .returning(
            CampaignHold.sku_id,
            CampaignHold.slice_id,
            CampaignHold.quantity,
            CampaignHold.from_slice,
        )
        .execution_options(synchronize_session=False)
    ).all()
    found = [EndedHold(row.sku_id, row.slice_id, row.quantity, row.from_slice) for row in rows]
    return sorted(found, key=lambda hold: hold.sku_id)


def lock_skus(sku_ids: Sequence[int]) -> list[CampaignSku]:
    """SKU rows locked in id order (a no-op on SQLite, where the whole database is)."""
    return lock_rows(CampaignSku, sku_ids)


def holds_of(owner: str) -> list[CampaignHold]:
    """An owner's live holds, fresh."""
    statement = select(CampaignHold).where(live(owner)).order_by(CampaignHold.sku_id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def live(owner: str) -> ColumnElement[bool]:
    return (CampaignHold.owner == owner) & (CampaignHold.state == HoldState.LIVE)


def free_of(sku: CampaignSku) -> int | None:
    """Units nobody has; None when there is no cap."""
    return None if sku.cap is None else max(sku.cap - sku.committed - sku.held, 0)


def full(sku_id: int) -> CampaignFull:
    """The error that says so, with how many are left."""
    sku = db.session.get_one(CampaignSku, sku_id, populate_existing=True)
    return CampaignFull(variant_id=sku.variant_id, free=free_of(sku) or 0)


def _back_to_slice(slice_id: int, quantity: int) -> bool:
    """Whether a slice took its units back; one that has returned to all keeps nothing."""
    kept = changed_rows(
        update(QuotaSlice)
        .where(QuotaSlice.id == slice_id, QuotaSlice.returned_at.is_(None))
        .values(used=QuotaSlice.used - quantity)
    )
    return kept == 1

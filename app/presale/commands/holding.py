"""Keep, hand over, release and sell units of a campaign: every change of its counters is here.

Order of locks (docs/locking.md): campaign SKUs by id, then slices by id, then holds. A slice's
whole quota counts as held on its SKU, so that one guard decides for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, insert, or_, select, update

from app.platform.db import changed_rows, db
from app.platform.transaction import command
from app.presale.errors import CampaignFull
from app.presale.models import CampaignHold, CampaignSku, HoldState, QuotaSlice


@dataclass(frozen=True, slots=True)
class Wanted:
    """Units of a SKU somebody wants, out of their link's slice as long as it has enough.

    `waiting_id` is the entry of the waiting list whose offer they take up.
    """

    sku_id: int
    quantity: int
    link_id: int | None = None
    waiting_id: int | None = None


@command
def reserve(owner: str, wanted: Sequence[Wanted], *, until: datetime, now: datetime) -> None:
    """Keep all that is wanted for `owner` until then; what the owner has already is kept.

    Raises CampaignFull, and keeps nothing then.
    """
    ordered = sorted(wanted, key=lambda line: line.sku_id)
    sku_ids = [line.sku_id for line in ordered]
    skus = {sku.id: sku for sku in _lock_skus(sku_ids)}
    _end(
        CampaignHold.sku_id.in_(sku_ids)
        & (CampaignHold.expires_at <= now)
        & (CampaignHold.owner != owner),
        HoldState.RELEASED,
    )
    mine = {hold.sku_id: hold for hold in _holds_of(owner)}
    for line in ordered:
        _keep(owner, line, skus[line.sku_id], mine.get(line.sku_id), until=until, now=now)


@command
def hand_over(owner: str, new_owner: str, *, until: datetime) -> None:
    """Give an owner's live holds to another, as a checkout does to the order that comes of it."""
    db.session.execute(
        update(CampaignHold).where(_live(owner)).values(owner=new_owner, expires_at=until)
    )


@command
def extend(owner: str, *, until: datetime) -> None:
    """Keep an owner's live holds until then."""
    db.session.execute(update(CampaignHold).where(_live(owner)).values(expires_at=until))


@command
def release(owner: str) -> list[int]:
    """Let an owner's live holds go; returns the SKUs that have free units by it."""
    sku_ids = db.session.scalars(select(CampaignHold.sku_id).where(_live(owner))).all()
    if not sku_ids:
        return []
    _lock_skus(sku_ids)
    _end(_live(owner), HoldState.RELEASED)
    return list(sku_ids)


@command
def sell(owner: str) -> list[int]:
    """Turn an owner's live holds into committed units; returns their SKUs, none if done before."""
    sku_ids = sorted({hold.sku_id for hold in _holds_of(owner)})
    if not sku_ids:
        return []
    _lock_skus(sku_ids)
    for hold in _ended(_live(owner), HoldState.TAKEN):
        db.session.execute(
            update(CampaignSku)
            .where(CampaignSku.id == hold.sku_id)
            .values(
                held=CampaignSku.held - hold.quantity,
                committed=CampaignSku.committed + hold.quantity,
            )
        )
    return sku_ids


@command
def commit_directly(sku_id: int, quantity: int) -> None:
    """Count units nobody pays for, as registered interest. Raises CampaignFull."""
    _lock_skus([sku_id])
    taken = changed_rows(
        update(CampaignSku)
        .where(CampaignSku.id == sku_id, _has_free(quantity))
        .values(committed=CampaignSku.committed + quantity)
    )
    if not taken:
        raise _full(sku_id)


@command
def give_up(sku_id: int, quantity: int) -> None:
    """Take committed units back: they are free for others."""
    _lock_skus([sku_id])
    db.session.execute(
        update(CampaignSku)
        .where(CampaignSku.id == sku_id)
        .values(committed=CampaignSku.committed - quantity)
    )


@command
def release_expired(limit: int, *, now: datetime) -> list[int]:
    """Let holds go whose time is over, so that the waiting list need not wait for a buyer.

    Returns the SKUs that have free units by it.
    """
    due = db.session.execute(
        select(CampaignHold.id, CampaignHold.sku_id)
        .where(
            CampaignHold.state == HoldState.LIVE,
            CampaignHold.expires_at <= now,
        )
        .order_by(CampaignHold.expires_at)
        .limit(limit)
    ).all()
    if not due:
        return []
    sku_ids = sorted({row.sku_id for row in due})
    _lock_skus(sku_ids)
    _end(CampaignHold.id.in_([row.id for row in due]), HoldState.RELEASED)
    return sku_ids


def free_of(sku: CampaignSku) -> int | None:
    """Units nobody has; None when there is no cap."""
    return None if sku.cap is None else max(sku.cap - sku.committed - sku.held, 0)


def _keep(
    owner: str,
    line: Wanted,
    sku: CampaignSku,
    mine: CampaignHold | None,
    *,
    until: datetime,
    now: datetime,
) -> None:
    if mine is not None and mine.quantity == line.quantity:
        db.session.execute(
            update(CampaignHold).where(CampaignHold.id == mine.id).values(expires_at=until)
        )
        return
    if mine is not None:
        _end(CampaignHold.id == mine.id, HoldState.RELEASED)
    slice_id = _take_from_slice(line)
    if slice_id is None and not _take_from_all(line):
        raise _full(sku.id)
    db.session.execute(
        insert(CampaignHold).values(
            sku_id=sku.id, slice_id=slice_id, owner=owner, quantity=line.quantity,
            from_slice=line.quantity if slice_id else 0, state=HoldState.LIVE, created_at=now,
            expires_at=until,
        )
    )  # fmt: skip


def _take_from_all(line: Wanted) -> bool:
    """The one guard against overselling: a conditional UPDATE, decided by the database."""
    taken = changed_rows(
        update(CampaignSku)
        .where(CampaignSku.id == line.sku_id, _has_free(line.quantity))
        .values(held=CampaignSku.held + line.quantity)
    )
    return taken == 1


def _take_from_slice(line: Wanted) -> int | None:
    if line.link_id is None:
        return None
    return db.session.scalar(
        update(QuotaSlice)
        .where(
            QuotaSlice.sku_id == line.sku_id,
            QuotaSlice.link_id == line.link_id,
            QuotaSlice.returned_at.is_(None),
            QuotaSlice.used + line.quantity <= QuotaSlice.quota,
        )
        .values(used=QuotaSlice.used + line.quantity)
        .returning(QuotaSlice.id)
        .execution_options(synchronize_session=False)
    )


def _has_free(quantity: int) -> ColumnElement[bool]:
    return or_(
        CampaignSku.cap.is_(None),
        CampaignSku.committed + CampaignSku.held + quantity <= CampaignSku.cap,
    )


def _end(which: ColumnElement[bool], state: HoldState) -> None:
    """End live holds and give their units back to whom they came from."""
    for hold in _ended(which, state):
        if hold.slice_id is not None and _back_to_slice(hold.slice_id, hold.from_slice):
            continue
        db.session.execute(
            update(CampaignSku)
            .where(CampaignSku.id == hold.sku_id)
            .values(held=CampaignSku.held - hold.quantity)
        )


def _back_to_slice(slice_id: int, quantity: int) -> bool:
    """Whether a slice took its units back; one that has returned to all keeps nothing."""
    kept = changed_rows(
        update(QuotaSlice)
        .where(QuotaSlice.id == slice_id, QuotaSlice.returned_at.is_(None))
        .values(used=QuotaSlice.used - quantity)
    )
    return kept == 1


@dataclass(frozen=True, slots=True)
class _EndedHold:
    sku_id: int
    slice_id: int | None
    quantity: int
    from_slice: int


def _ended(which: ColumnElement[bool], state: HoldState) -> list[_EndedHold]:
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
    found = [_EndedHold(row.sku_id, row.slice_id, row.quantity, row.from_slice) for row in rows]
    return sorted(found, key=lambda hold: hold.sku_id)


def _lock_skus(sku_ids: Sequence[int]) -> list[CampaignSku]:
    """SKU rows locked in id order (a no-op on SQLite, where the whole database is)."""
    statement = (
        select(CampaignSku)
        .where(CampaignSku.id.in_(sku_ids))
        .order_by(CampaignSku.id)
        .with_for_update()
    )
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def _holds_of(owner: str) -> list[CampaignHold]:
    statement = select(CampaignHold).where(_live(owner)).order_by(CampaignHold.sku_id)
    return list(db.session.scalars(statement.execution_options(populate_existing=True)))


def _live(owner: str) -> ColumnElement[bool]:
    return (CampaignHold.owner == owner) & (CampaignHold.state == HoldState.LIVE)


def _full(sku_id: int) -> CampaignFull:
    sku = db.session.get_one(CampaignSku, sku_id, populate_existing=True)
    return CampaignFull(variant_id=sku.variant_id, free=free_of(sku) or 0)

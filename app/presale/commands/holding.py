"""Keep, hand over, release and sell units of a campaign.

Order of locks (docs/locking.md): campaign SKUs by id, then slices by id, then holds. A slice's
whole quota counts as held on its SKU, so that one guard decides for everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from app.platform.db import changed_rows, db
from app.platform.rbac import found
from app.platform.transaction import command
from app.presale.commands import counters
from app.presale.commands.counters import live
from app.presale.models import (
    CampaignHold,
    CampaignSku,
    HoldState,
    WaitingEntry,
    WaitingState,
)


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

    Raises CampaignFull, and keeps nothing then. While somebody waits for a SKU, what is free of it
    is theirs.
    """
    ordered = sorted(wanted, key=lambda line: line.sku_id)
    sku_ids = [line.sku_id for line in ordered]
    counters.lock_skus(sku_ids)
    counters.give_back(
        CampaignHold.sku_id.in_(sku_ids)
        & (CampaignHold.expires_at <= now)
        & (CampaignHold.owner != owner)
    )
    for line in ordered:
        _take_up_offer(owner, line, until=until, now=now)
    mine = {hold.sku_id: hold for hold in counters.holds_of(owner)}
    for line in ordered:
        _keep(owner, line, mine.get(line.sku_id), until=until, now=now)


@command
def hand_over(owner: str, new_owner: str, sku_ids: Sequence[int], *, until: datetime) -> None:
    """Give an owner's live holds of these to another, as a checkout does to the order that comes of
    it.
    """
    of_these = live(owner) & CampaignHold.sku_id.in_(sku_ids)
    db.session.execute(
        update(CampaignHold).where(of_these).values(owner=new_owner, expires_at=until)
    )


@command
def extend(owner: str, *, until: datetime) -> None:
    """Keep an owner's live holds until then."""
    db.session.execute(update(CampaignHold).where(live(owner)).values(expires_at=until))


@command
def release(owner: str, of_skus: Sequence[int] | None = None) -> list[int]:
    """Let an owner's live holds go, all or those of these SKUs; returns the SKUs that have free
    units by it.
    """
    which = live(owner)
    if of_skus is not None:
        which &= CampaignHold.sku_id.in_(of_skus)
    sku_ids = db.session.scalars(select(CampaignHold.sku_id).where(which)).all()
    if not sku_ids:
        return []
    counters.lock_skus(sku_ids)
    counters.give_back(which)
    return list(sku_ids)


@command
def sell(owner: str) -> list[int]:
    """Turn an owner's live holds into committed units; returns their SKUs, none if done before."""
    sku_ids = sorted({hold.sku_id for hold in counters.holds_of(owner)})
    if not sku_ids:
        return []
    counters.lock_skus(sku_ids)
    for hold in counters.end_holds(live(owner), HoldState.TAKEN):
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
    counters.lock_skus([sku_id])
    taken = changed_rows(
        update(CampaignSku)
        .where(CampaignSku.id == sku_id, counters.has_free(quantity))
        .values(committed=CampaignSku.committed + quantity)
    )
    if not taken:
        raise counters.full(sku_id)


@command
def give_up(sku_id: int, quantity: int) -> None:
    """Take committed units back: they are free for others."""
    counters.lock_skus([sku_id])
    db.session.execute(
        update(CampaignSku)
        .where(CampaignSku.id == sku_id)
        .values(committed=CampaignSku.committed - quantity)
    )


@command
def write_off(sku_id: int, quantity: int) -> None:
    """Take committed units back that nobody can have: there are fewer of them from now on."""
    counters.lock_skus([sku_id])
    db.session.execute(
        update(CampaignSku)
        .where(CampaignSku.id == sku_id)
        .values(committed=CampaignSku.committed - quantity, cap=CampaignSku.cap - quantity)
    )


@command
def release_expired(limit: int, *, now: datetime) -> int:
    """Let holds go whose time is over, so that the waiting list need not wait for a buyer."""
    due = db.session.execute(
        select(CampaignHold.id, CampaignHold.sku_id)
        .where(
            CampaignHold.state == HoldState.LIVE,
            CampaignHold.expires_at <= now,
            CampaignHold.owner.not_like("waiting:%"),
        )
        .order_by(CampaignHold.expires_at)
        .limit(limit)
    ).all()
    if due:
        counters.lock_skus(sorted({row.sku_id for row in due}))
        counters.give_back(CampaignHold.id.in_([row.id for row in due]))
    return len(due)


def lock_sku(sku_id: int) -> CampaignSku:
    """One SKU, locked and fresh; raises NotFound."""
    return found(next(iter(counters.lock_skus([sku_id])), None))


def waiting_owner(entry_id: int) -> str:
    """Who holds what is offered to an entry of the waiting list."""
    return f"waiting:{entry_id}"


def keep_for_waiting(entry: WaitingEntry, *, until: datetime, now: datetime) -> None:
    """Hold what is offered; the caller has locked the SKU and seen that it is free."""
    if not counters.take_from_all(entry.sku_id, entry.quantity):
        raise counters.full(entry.sku_id)
    owner = waiting_owner(entry.id)
    counters.insert_hold(owner, entry.sku_id, entry.quantity, None, until=until, now=now)


def _keep(
    owner: str, line: Wanted, mine: CampaignHold | None, *, until: datetime, now: datetime
) -> None:
    if mine is not None and mine.quantity == line.quantity:
        db.session.execute(
            update(CampaignHold).where(CampaignHold.id == mine.id).values(expires_at=until)
        )
        return
    if mine is not None:
        counters.give_back(CampaignHold.id == mine.id)
    slice_id = counters.take_from_slice(line.sku_id, line.link_id, line.quantity)
    if slice_id is None:
        had = mine.quantity if mine is not None else 0
        if line.quantity > had and counters.somebody_waits(line.sku_id):
            raise counters.full(line.sku_id)
        if not counters.take_from_all(line.sku_id, line.quantity):
            raise counters.full(line.sku_id)
    counters.insert_hold(owner, line.sku_id, line.quantity, slice_id, until=until, now=now)


def _take_up_offer(owner: str, line: Wanted, *, until: datetime, now: datetime) -> None:
    """What was offered becomes the owner's, if the offer still stands; once."""
    if line.waiting_id is None:
        return
    taken = changed_rows(
        update(WaitingEntry)
        .where(
            WaitingEntry.id == line.waiting_id,
            WaitingEntry.sku_id == line.sku_id,
            WaitingEntry.state == WaitingState.OFFERED,
            WaitingEntry.offered_until > now,
        )
        .values(state=WaitingState.ACCEPTED, answered_at=now)
        .execution_options(synchronize_session=False)
    )
    if taken:
        # What they hold already is part of what they take up, not beside it.
        counters.give_back(live(owner) & (CampaignHold.sku_id == line.sku_id))
        hand_over(waiting_owner(line.waiting_id), owner, [line.sku_id], until=until)

"""The waiting list: wishes in order, places offered one after another, offers that pass on (R15).

Whoever waits is served before anybody new: while somebody waits for a SKU, nobody else can take
what becomes free of it (`holding.reserve`).
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select, update

from app.platform import clock
from app.platform.actor import Actor
from app.platform.db import changed_rows, db, insert_if_new
from app.platform.due import each
from app.platform.facts import publish
from app.platform.ids import spoken_code
from app.platform.rbac import found
from app.platform.transaction import command
from app.presale.commands import holding
from app.presale.commands.counters import free_of
from app.presale.commands.joining import person_key
from app.presale.errors import LimitReached, NotOpen, OfferGone
from app.presale.events import PlaceLost, PlaceOffered, StandingChanged, WishMade
from app.presale.locks import campaign_now
from app.presale.models import (
    Campaign,
    CampaignSku,
    PaymentMode,
    WaitingEntry,
    WaitingState,
)
from app.presale.rules.waiting import WISHING, made, offered_until

FIRST = -1
"""The rank of those whose payment came too late: before everybody else."""


@dataclass(frozen=True, slots=True)
class NewWish:
    """Somebody who would take a place if one became free, or who takes part in a draw."""

    sku_id: int
    quantity: int
    email: str
    locale: str
    name: str = ""
    link_id: int | None = None
    listed_id: int | None = None


@command
def wish(campaign_id: int, new: NewWish, *, actor: Actor, now: datetime) -> int:
    """Put a wish on the list; the same person's wish for the same SKU stays where it is.

    Returns the entry. Raises NotOpen, or LimitReached above what one person may have.
    """
    campaign = found(db.session.get(Campaign, campaign_id, populate_existing=True))
    sku = found(db.session.get(CampaignSku, new.sku_id))
    is_open = campaign.opens_at <= now < campaign.closes_at and campaign.state in WISHING
    if not is_open or sku.campaign_id != campaign.id or sku.cap is None:
        raise NotOpen
    if campaign.payment_mode == PaymentMode.INTEREST:
        raise NotOpen
    if campaign.per_person_limit is not None and new.quantity > campaign.per_person_limit:
        raise LimitReached(limit=campaign.per_person_limit)
    entry, is_new = _entry_of(sku, new, rank=int(now.timestamp()), now=now)
    if not is_new and entry.state in {WaitingState.WAITING, WaitingState.OFFERED}:
        publish(WishMade(entry.id, now))
        return entry.id
    entry.state, entry.rank = WaitingState.WAITING, int(now.timestamp())
    entry.draw_place = None
    entry.quantity, entry.link_id, entry.listed_id = new.quantity, new.link_id, new.listed_id
    entry.name, entry.locale = new.name, new.locale
    entry.customer_id = actor.id if actor.kind == "customer" else None
    db.session.flush()
    publish(WishMade(entry.id, now))
    if not campaign.is_draw:
        serve([sku.id], now=now)
    publish(StandingChanged(campaign.id, now))
    return entry.id


@command
def put_first(sku_id: int, new: NewWish, *, now: datetime) -> int:
    """Head of the list for somebody who paid and found no place left (R3); returns the entry.

    Who has an offer in hand keeps it, and a repeat changes nothing that happened since `now`.
    """
    sku = found(db.session.get(CampaignSku, sku_id))
    entry, _is_new = _entry_of(sku, new, rank=FIRST, now=now)
    has_gone_on = entry.answered_at is not None and entry.answered_at > now
    if entry.state != WaitingState.OFFERED and not has_gone_on:
        entry.state, entry.rank, entry.quantity = WaitingState.WAITING, FIRST, new.quantity
    db.session.flush()
    return entry.id


@command
def decline(token: str, *, now: datetime) -> None:
    """Turn an offer down: it passes on at once. Other wishes of the person stay as they are."""
    entry = _locked(WaitingEntry.token == token)
    if entry.state != WaitingState.OFFERED:
        raise OfferGone
    _end(entry, WaitingState.DECLINED, now=now)


@command
def withdraw(token: str, *, now: datetime) -> None:
    """Take a wish back; doing it again changes nothing."""
    entry = _locked(WaitingEntry.token == token)
    if entry.state == WaitingState.OFFERED:
        _end(entry, WaitingState.LEFT, now=now)
    elif entry.state == WaitingState.WAITING:
        entry.state, entry.answered_at = WaitingState.LEFT, now
        publish(StandingChanged(entry.campaign_id, now))


@command
def expire(entry_id: int, *, now: datetime) -> bool:
    """End an offer nobody took up in time; the place passes on in the same transaction."""
    entry = _locked(WaitingEntry.id == entry_id)
    until = entry.offered_until
    if entry.state != WaitingState.OFFERED or until is None or until > now:
        return False
    _end(entry, WaitingState.EXPIRED, now=now)
    publish(PlaceLost(entry.id, now))
    return True


@command
def serve(sku_ids: Iterable[int], *, now: datetime) -> int:
    """Offer what is free of these SKUs to who waits longest; returns how many offers were made.

    A wish for more than is free is offered what there is.
    """
    offers = 0
    for sku_id in sorted(set(sku_ids)):
        sku = holding.lock_sku(sku_id)
        campaign = campaign_now(sku.campaign_id)
        until = offered_until(campaign, now=now)
        while until is not None and (entry := _next(sku_id)) is not None:
            free = _free_to_offer(campaign, holding.lock_sku(sku_id))
            if free == 0:
                break
            entry.quantity = min(entry.quantity, free or entry.quantity)
            holding.keep_for_waiting(entry, until=until, now=now)
            entry.state, entry.offered_at, entry.offered_until = WaitingState.OFFERED, now, until
            db.session.flush()
            publish(PlaceOffered(entry.id, now))
            offers += 1
    return offers


def serve_all(limit: int = 50) -> int:
    """Offer whatever has become free by itself, as a hold that ran out does."""
    now = clock.now()
    waiting = db.session.scalars(
        select(WaitingEntry.sku_id)
        .join(CampaignSku, CampaignSku.id == WaitingEntry.sku_id)
        .where(
            WaitingEntry.state == WaitingState.WAITING,
            CampaignSku.committed + CampaignSku.held < CampaignSku.cap,
        )
        .distinct()
        .limit(limit)
    ).all()
    db.session.rollback()
    return serve(list(waiting), now=now) if waiting else 0


def expire_due(limit: int = 50) -> int:
    """End offers whose time is over; returns how many."""
    now = clock.now()
    due = db.session.scalars(
        select(WaitingEntry.id)
        .where(WaitingEntry.state == WaitingState.OFFERED, WaitingEntry.offered_until <= now)
        .order_by(WaitingEntry.offered_until)
        .limit(limit)
    ).all()
    db.session.rollback()
    return each(due, lambda entry_id: expire(entry_id, now=now))


def _end(entry: WaitingEntry, state: WaitingState, *, now: datetime) -> None:
    ended = changed_rows(
        update(WaitingEntry)
        .where(WaitingEntry.id == entry.id, WaitingEntry.state == WaitingState.OFFERED)
        .values(state=state, answered_at=now)
        .execution_options(synchronize_session=False)
    )
    if not ended:
        raise OfferGone
    db.session.refresh(entry)
    holding.release(holding.waiting_owner(entry.id))
    serve([entry.sku_id], now=now)
    publish(StandingChanged(entry.campaign_id, now))


def _free_to_offer(campaign: Campaign, sku: CampaignSku) -> int | None:
    free, units = free_of(sku), made(campaign, sku)
    if free is None or units is None:
        return free
    return min(free, max(units - sku.committed - sku.held, 0))


def _next(sku_id: int) -> WaitingEntry | None:
    return db.session.scalar(
        select(WaitingEntry)
        .where(WaitingEntry.sku_id == sku_id, WaitingEntry.state == WaitingState.WAITING)
        .order_by(WaitingEntry.rank, WaitingEntry.id)
        .limit(1)
        .execution_options(populate_existing=True)
    )


def _entry_of(
    sku: CampaignSku, new: NewWish, *, rank: int, now: datetime
) -> tuple[WaitingEntry, bool]:
    """A person's one entry for a SKU, locked, and whether it was made just now. Two taps at once
    make one.
    """
    holding.lock_sku(sku.id)
    person = person_key(sku.campaign_id, new.email)
    is_new = insert_if_new(
        WaitingEntry, campaign_id=sku.campaign_id, sku_id=sku.id, code=spoken_code(10),
        token=secrets.token_urlsafe(24), state=WaitingState.WAITING, rank=rank, person=person,
        quantity=new.quantity, name=new.name, email=new.email, locale=new.locale, created_at=now,
        link_id=new.link_id, listed_id=new.listed_id,
    )  # fmt: skip
    mine = (WaitingEntry.sku_id == sku.id) & (WaitingEntry.person == person)
    return _locked(mine), is_new


def _locked(which: ColumnElement[bool]) -> WaitingEntry:
    """One entry, its SKU locked before it; raises NotFound."""
    holding.lock_sku(found(db.session.scalar(select(WaitingEntry.sku_id).where(which))))
    statement = select(WaitingEntry).where(which).with_for_update()
    return found(db.session.scalar(statement.execution_options(populate_existing=True)))

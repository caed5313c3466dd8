"""Join a campaign: with an order, or by saying that one is interested.

`join` runs inside the transaction that places the order, `confirm` inside the one that takes its
payment, so that a payment and its place in the sequence are one.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.orders.commands.balance import ask_balance
from app.orders.models import Order, OrderLine
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import changed_rows, db, insert_if_new
from app.platform.facts import publish
from app.platform.transaction import command
from app.presale.commands import holding
from app.presale.commands.standing import follow_order, recount_places
from app.presale.errors import LimitReached, NotOpen
from app.presale.events import JoinConfirmed, StandingChanged
from app.presale.models import (
    Campaign,
    CampaignSku,
    CampaignState,
    Commitment,
    CommitmentState,
    Participation,
    PaymentMode,
    PersonQuota,
)
from app.presale.queries.orders import lines_to_join, order_of
from app.presale.rules.money import terms_at
from app.presale.rules.moves import JOINABLE
from app.presale.rules.waiting import OFFERING


@dataclass(frozen=True, slots=True)
class Joining:
    """What a checkout knows beyond the order: by SKU how much more may be added, by campaign the
    link somebody came through, the entry of its chat list they are, and their answers; `offered`
    are the campaigns joined by an offer of the waiting list, which has a time of its own.
    """

    tolerance: Mapping[int, int] = field(default_factory=dict)
    links: Mapping[int, int] = field(default_factory=dict)
    listed: Mapping[int, int] = field(default_factory=dict)
    answers: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    offered: frozenset[int] = frozenset()
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Interest:
    """Somebody who would buy; nothing is paid."""

    sku_id: int
    quantity: int
    name: str
    email: str
    locale: str
    link_id: int | None = None
    is_anonymous: bool = False
    listed_id: int | None = None


@command
def join(order_id: int, joining: Joining, *, now: datetime) -> None:
    """Note an order's presale lines as commitments that wait for their first payment.

    Raises NotOpen outside the window and LimitReached above what one person may have.
    """
    order = order_of(order_id)
    for campaign_id, wanted in lines_to_join(order_id).items():
        campaign = db.session.get_one(Campaign, campaign_id, populate_existing=True)
        if campaign_id not in joining.offered or campaign.state not in OFFERING:
            ensure_open(campaign, now=now)
        participation = _participation(campaign, order, joining, now=now)
        units = sum(line.quantity for line, _sku in wanted)
        count_person(campaign, participation.person.split(), units)
        db.session.add(participation)
        db.session.flush()
        for line, sku in wanted:
            _commit(campaign, participation.id, line, sku, joining, now=now)
    db.session.flush()


@command
def confirm(order_id: int, *, now: datetime) -> None:
    """Give every participation of a paid order its number; again changes nothing."""
    campaigns = follow_order(order_id, now=now)
    waiting = db.session.scalars(
        select(Participation)
        .where(Participation.order_id == order_id, Participation.confirmed_at.is_(None))
        .order_by(Participation.campaign_id)
    ).all()
    for participation in waiting:
        participation.number = next_number(participation.campaign_id)
        participation.confirmed_at = now
        db.session.flush()
        publish(JoinConfirmed(participation.id, now))
        publish(StandingChanged(participation.campaign_id, now))
        _ask_late_joiner(participation, now=now)
    for campaign_id in campaigns:
        recount_places(campaign_id, now=now)


def _ask_late_joiner(participation: Participation, *, now: datetime) -> None:
    """Who takes up an offer while balances are asked for owes theirs in the same window."""
    campaign = db.session.get_one(Campaign, participation.campaign_id)
    closes_at = campaign.balance_closes_at
    if campaign.state == CampaignState.BALANCE_OPEN and closes_at and participation.order_id:
        ask_balance(
            participation.order_id, campaign.subject, opens_at=now,
            closes_at=closes_at + timedelta(days=campaign.balance_grace_days), now=now,
        )  # fmt: skip


@command
def express_interest(campaign_id: int, interest: Interest, *, actor: Actor, now: datetime) -> int:
    """Register somebody who would buy; returns the participation, the same for the same person.

    Raises NotOpen, CampaignFull and LimitReached.
    """
    campaign = db.session.get_one(Campaign, campaign_id, populate_existing=True)
    ensure_open(campaign, now=now)
    if campaign.payment_mode != PaymentMode.INTEREST:
        raise NotOpen
    person = person_key(campaign.id, interest.email)
    sku = holding.lock_sku(interest.sku_id)  # two taps at once queue up here
    again = _interest_of(campaign.id, person)
    if again is not None:
        return again
    if sku.campaign_id != campaign.id:
        raise NotOpen
    holding.commit_directly(interest.sku_id, interest.quantity)
    count_person(campaign, [person], interest.quantity)
    number = next_number(campaign.id)
    db.session.refresh(campaign)
    ensure_open(campaign, now=now)  # it may have closed while we waited for its row
    participation = Participation(
        campaign_id=campaign.id, merchant_id=campaign.merchant_id, order_id=None,
        customer_id=actor.id if actor.kind == "customer" else None, link_id=interest.link_id,
        name=interest.name, email=interest.email, locale=interest.locale, person=person,
        is_anonymous=interest.is_anonymous, answers={}, joined_at=now, confirmed_at=now,
        number=number, listed_id=interest.listed_id,
    )  # fmt: skip
    db.session.add(participation)
    db.session.flush()
    db.session.add(
        Commitment(
            participation_id=participation.id, campaign_id=campaign.id, sku_id=sku.id,
            line_id=None, state=CommitmentState.COMMITTED, quantity=interest.quantity,
            unit_price=sku.price, made_at=now,
        )
    )  # fmt: skip
    db.session.flush()
    publish(JoinConfirmed(participation.id, now))
    publish(StandingChanged(campaign.id, now))
    recount_places(campaign.id, now=now)
    return participation.id


@command
def forget_link(participation_id: int) -> None:
    """Let a participation have come through no link; whose the link is decides on that."""
    participation = db.session.get_one(Participation, participation_id, populate_existing=True)
    participation.link_id = None
    db.session.flush()


def _interest_of(campaign_id: int, person: str) -> int | None:
    """The interest somebody has registered and not taken back."""
    return db.session.scalar(
        select(Participation.id).where(
            Participation.campaign_id == campaign_id,
            Participation.person == person,
            Participation.left_at.is_(None),
        )
    )


def ensure_open(campaign: Campaign, *, now: datetime) -> None:
    """Raise NotOpen unless the campaign can be joined at this instant: [opens_at, closes_at).

    A draw is not joined but entered (`waiting.wish`); whoever is drawn has an offer.
    """
    is_open = campaign.opens_at <= now < campaign.closes_at
    if campaign.state not in JOINABLE or not is_open or campaign.is_draw:
        raise NotOpen


def next_number(campaign_id: int) -> int:
    """The next place in a campaign's sequence: dense, and never given twice (R13)."""
    number = db.session.scalar(
        update(Campaign)
        .where(Campaign.id == campaign_id)
        .values(last_number=Campaign.last_number + 1)
        .returning(Campaign.last_number)
        .execution_options(synchronize_session=False)
    )
    if number is None:
        raise AssertionError("a campaign is never deleted")
    return number


def person_key(campaign_id: int, contact: str) -> str:
    """A person in one campaign, by e-mail or phone, unreadable and unlike in any other campaign."""
    message = f"person\n{campaign_id}\n{contact.strip().lower()}".encode()
    return hmac.new(settings().person_key.encode(), message, hashlib.sha256).hexdigest()[:32]


def count_person(campaign: Campaign, persons: list[str], units: int) -> None:
    """Count units for one person under each name they are known by; raises LimitReached.

    The conditional UPDATE is the guard: two orders of one person at the same instant queue up.
    """
    for person in sorted(persons):
        insert_if_new(PersonQuota, campaign_id=campaign.id, person=person, units=0)
        statement = update(PersonQuota).where(
            PersonQuota.campaign_id == campaign.id, PersonQuota.person == person
        )
        if campaign.per_person_limit is not None:
            statement = statement.where(PersonQuota.units + units <= campaign.per_person_limit)
        if not changed_rows(statement.values(units=PersonQuota.units + units)):
            raise LimitReached(limit=campaign.per_person_limit)


def _participation(
    campaign: Campaign, order: Order, joining: Joining, *, now: datetime
) -> Participation:
    contacts = {contact for contact in (order.email, order.phone) if contact.strip()}
    persons = {person_key(campaign.id, contact) for contact in contacts}
    return Participation(
        campaign_id=campaign.id, merchant_id=campaign.merchant_id, order_id=order.id,
        customer_id=order.customer_id, link_id=joining.links.get(campaign.id), name=order.name,
        email=order.email, locale=order.locale, person=" ".join(sorted(persons)),
        is_anonymous=joining.is_anonymous, answers=dict(joining.answers.get(campaign.id, {})),
        joined_at=now, listed_id=joining.listed.get(campaign.id),
    )  # fmt: skip


def _commit(
    campaign: Campaign,
    participation_id: int,
    line: OrderLine,
    sku: CampaignSku,
    joining: Joining,
    *,
    now: datetime,
) -> None:
    tolerance = min(joining.tolerance.get(sku.id, 0), line.quantity - 1)
    terms = terms_at(campaign, sku, now)
    db.session.add(
        Commitment(
            participation_id=participation_id, campaign_id=campaign.id, sku_id=sku.id,
            line_id=line.id, state=CommitmentState.HOLD, quantity=line.quantity - tolerance,
            tolerance=tolerance, unit_price=terms.price, deposit=terms.deposit,
            counts_for=terms.counts_for, made_at=now,
        )
    )  # fmt: skip

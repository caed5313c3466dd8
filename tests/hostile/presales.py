"""Presales of the hostile world: one of each kind that shows its own forms, shared in a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update

from app.community.commands import groups, lists
from app.community.models import ListEntry, ShareLink
from app.orders.commands import balance
from app.orders.models import OrderDue
from app.orders.queries import balance_token, token_by_id
from app.platform.actor import GUEST, Actor
from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import editing, leaving, promises, reminding, waiting
from app.presale.commands.waiting import NewWish
from app.presale.models import (
    Campaign,
    CampaignReminder,
    CampaignState,
    Commitment,
    Compensation,
    CompensationState,
    DepositKind,
    Participation,
    PaymentMode,
    SupplyMode,
    WaitingEntry,
)
from app.presale.rules.promise import Promise
from app.presale.rules.stage import Stage
from app.shop.sign_in import actor_of
from tests.cast import House
from tests.community import cast as community
from tests.customers.people import ADA
from tests.hostile import workshop
from tests.hostile.rehearsed import rehearse
from tests.hostile.values import MARKUP
from tests.presale import cast

TEXTS = {"en": MARKUP, "zh-Hans": MARKUP}


@dataclass(frozen=True)
class Presales:
    """`parts` are genuine values for parts of addresses; `pages` those in other states; `answers`
    pages and what is typed there.
    """

    parts: dict[str, str]
    pages: tuple[str, ...]
    answers: tuple[tuple[str, dict[str, str]], ...]


def build(owner: House, now: datetime) -> Presales:
    """An open one, one with a list of who waits, one to register for, one to decide about."""
    open_one = _campaign(owner, now)
    sku = cast.skus(open_one.id)[0]
    joined = cast.confirmed(owner, {sku.id: 1}, now, name=MARKUP, email=ADA)
    leader = community.leader(owner)
    link = community.link(leader, open_one.id, now, name=MARKUP[:40])
    cast.confirmed(owner, {sku.id: 1}, now, name=MARKUP, joining=community.through(link))
    entry_id = community.listed(link, now, name=MARKUP[:40])
    _withdraw(link, now)
    put_away = _put_away(leader, now)
    full = _campaign(owner, now, sku={"cap": 1}, supply_mode=SupplyMode.MADE_TO_ORDER)
    offered, waits = _line(owner, full, now)
    interest = _campaign(owner, now, payment_mode=PaymentMode.INTEREST)
    short = _campaign(owner, now)
    _put(short.id, state=CampaignState.CLOSING, decide_by=now + timedelta(days=2))
    unpublished = editing.create(
        cast.draft(cast.shirt(owner, now), now, title=TEXTS), actor=owner.staff(), now=now
    )
    questioned = _asked_about_a_delay(owner, now)
    due = _balance(joined, open_one, now)
    _wants_to_leave(owner, now)
    _compensation(questioned, now)
    rehearse(owner, open_one.id, now)
    parts = {
        "campaign_id": str(open_one.id),
        "code": link.code,
        "compensation_id": "1",
        "due_id": str(due.id),
        "ending": "xlsx",
        "entry_id": str(entry_id),
        "file": "xlsx",
        "heard": link.code,
        "kind": "xlsx",
        "link_id": str(link.id),
        "month": f"{now:%Y-%m}",
        "name": "packing",
        "participation_id": str(cast.participation(joined)),
        "presales.slug": open_one.slug,
        "reminders.slug": full.slug,
        "reminders.token": _reminded(full, now),
        "sheet": "packing",
        "sku_id": str(sku.id),
        "waiting.slug": full.slug,
        "waiting.token": offered,
    }
    pages = (
        f"/again/{parts['reminders.token']}",
        f"/o/{token_by_id(questioned)}",
        f"/b/{balance_token(cast.order(joined), due)}",
        f"/admin/presales/{unpublished}/edit",
        f"/pre/{full.slug}",
        f"/g/{link.code}?e={db.session.get_one(ListEntry, entry_id).code}",
        f"/pre/{interest.slug}",
        f"/w/{waits}",
        f"/admin/presales/{short.id}",
        f"/admin/presales/{short.id}/decision",
        f"/admin/groups/{put_away}",
        *workshop.pages(owner, now),
    )
    answers = (("/admin/lists", {"link": link.code, "text": f"1. {MARKUP[:20]} M×1"}),)
    return Presales(parts, pages, answers)


def _campaign(owner: House, now: datetime, **facts: object) -> Campaign:
    words = {"title": TEXTS, "story": TEXTS, "risks": TEXTS, "variants": cast.shirt(owner, now)}
    return cast.campaign(owner, now, **(words | facts))


def _withdraw(link: ShareLink, now: datetime) -> None:
    """Somebody who was written on the list no longer wants to be."""
    entry_id, leader = community.listed(link, now, name=MARKUP[:38]), community.staff_of(link)
    lists.withdraw(link.code, entry_id, actor=actor_of(leader), now=now)


def _put_away(leader: Actor, now: datetime) -> int:
    """A group in which nothing new is shared."""
    group_id = community.group(leader, now, name=MARKUP[:39])
    groups.archive(group_id, actor=leader, now=now)
    return group_id


def _line(owner: House, full: Campaign, now: datetime) -> tuple[str, str]:
    """All places are taken; one of two who wait is offered one. Their tokens, that one's first."""
    for sku in cast.skus(full.id):
        cast.confirmed(owner, {sku.id: 1}, now)
    sku = cast.skus(full.id)[0]
    tokens = []
    for email in ("first@example.org", "second@example.org"):
        new = NewWish(sku.id, 1, email, "en", MARKUP)
        entry_id = waiting.wish(full.id, new, actor=GUEST, now=now)
        tokens.append(db.session.scalars(_token_of(entry_id)).one())
        db.session.rollback()
    with transaction():
        db.session.execute(
            update(WaitingEntry)
            .where(WaitingEntry.token == tokens[0])
            .values(state="offered", offered_at=now, offered_until=full.closes_at)
        )
    return tokens[0], tokens[1]


def _asked_about_a_delay(owner: House, now: datetime) -> int:
    """An order whose buyer may say whether to wait longer, or leave."""
    late = _campaign(owner, now, threshold=1)
    order_id = cast.confirmed(owner, {cast.skus(late.id)[0].id: 1}, now)
    days = Promise((now + timedelta(days=60)).date(), (now + timedelta(days=70)).date())
    promises.change(late.id, days, reason=TEXTS, actor=owner.staff(), now=now)
    return order_id


def _wants_to_leave(owner: House, now: datetime) -> None:
    """Somebody asks to be let go of an earnest deposit."""
    campaign = _campaign(
        owner,
        now,
        deposit_kind=DepositKind.EARNEST,
        supply_mode=SupplyMode.MADE_TO_ORDER,
        sku={"cap": 10, "deposit": 5000},
    )
    order_id = cast.confirmed(owner, {cast.skus(campaign.id)[0].id: 1}, now, name=MARKUP)
    leaving.leave(cast.participation(order_id), now=now)


def _balance(order_id: int, campaign: Campaign, now: datetime) -> OrderDue:
    """The rest of a price, to be paid within a week."""
    balance.ask_balance(
        order_id, campaign.subject, opens_at=now, closes_at=now + timedelta(days=7), now=now
    )
    return cast.balance_of(order_id)


def _compensation(order_id: int, now: datetime) -> None:
    """One to be agreed to, one to be paid."""
    taken = select(Commitment).join(Participation).where(Participation.order_id == order_id)
    first = db.session.scalars(taken).one()
    other = db.session.scalars(select(Commitment).where(Commitment.id != first.id)).first()
    assert other is not None
    rows = [
        Compensation(
            campaign_id=first.campaign_id,
            commitment_id=commitment_id,
            order_id=order_id,
            amount=5000,
            currency="CNY",
            state=state,
            created_at=now,
        )
        for commitment_id, state in (
            (first.id, CompensationState.PROPOSED),
            (other.id, CompensationState.APPROVED),
        )
    ]
    with transaction():
        db.session.add_all(rows)


def _reminded(full: Campaign, now: datetime) -> str:
    """Somebody wants to know when it is offered again; what opens their page."""
    email = "third@example.org"
    reminding.ask(full.id, email, "en", stage=Stage.FULL, actor=GUEST, now=now)
    token = select(CampaignReminder.token).where(CampaignReminder.campaign_id == full.id)
    found = db.session.scalars(token).one()
    db.session.rollback()
    return found


def _token_of(entry_id: int):
    return select(WaitingEntry.token).where(WaitingEntry.id == entry_id)


def _put(campaign_id: int, **values: object) -> None:
    with transaction():
        db.session.execute(update(Campaign).where(Campaign.id == campaign_id).values(**values))

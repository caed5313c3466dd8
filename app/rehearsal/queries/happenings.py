"""What has happened on the copy since somebody last looked: campaign, orders, mails."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.notifications.models import Message
from app.orders.models import Order, OrderEvent
from app.platform.db import db
from app.presale.models import CampaignEvent

Line = dict[str, Any]


@dataclass
class Seen:
    """The last row of each kind that was looked at."""

    campaign: int = 0
    order: int = 0
    mail: int = 0


def since(seen: Seen) -> Iterator[Line]:
    """New lines in the order of cause and effect; moves `seen` on."""
    yield from _of_campaign(seen)
    yield from _of_orders(seen)
    yield from _mails(seen)


def _of_campaign(seen: Seen) -> Iterator[Line]:
    events = select(CampaignEvent).where(CampaignEvent.id > seen.campaign)
    for event in db.session.scalars(events.order_by(CampaignEvent.id)):
        seen.campaign = event.id
        yield _line("campaign", event.at, event.kind, event.facts)


def _of_orders(seen: Seen) -> Iterator[Line]:
    events = (
        select(OrderEvent, Order.name, Order.code)
        .join(Order, Order.id == OrderEvent.order_id)
        .where(OrderEvent.id > seen.order, OrderEvent.kind != "payment_started")
    )
    for event, name, code in db.session.execute(events.order_by(OrderEvent.id)):
        seen.order = event.id
        yield _line("order", event.at, event.kind, event.facts) | {"name": name, "code": code}


def _mails(seen: Seen) -> Iterator[Line]:
    mails = select(Message).where(Message.id > seen.mail)
    for mail in db.session.scalars(mails.order_by(Message.id)):
        seen.mail = mail.id
        facts = {"subject": mail.subject, "mail": mail.id}
        yield _line("mail", mail.queued_at, mail.kind, facts) | {"name": mail.recipient}


def _line(of: str, at: datetime, word: str, facts: Mapping[str, Any]) -> Line:
    return {"of": of, "at": at.isoformat(), "word": word, "facts": dict(facts)}

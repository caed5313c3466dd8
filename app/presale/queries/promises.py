"""How a merchant has kept their word: what was promised first against what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from app.platform.configuration import settings
from app.platform.db import db
from app.presale.models import (
    Campaign,
    CampaignEvent,
    CampaignState,
    PaymentMode,
    PromiseVersion,
)
from app.presale.rules.promise import kept

ALL_SENT = "all_sent"
"""The kind of event written when the last of a campaign's goods has left."""
ENOUGH = 3
"""From how many promises on a rate says something."""

_PROMISING = [
    CampaignState.IN_PRODUCTION,
    CampaignState.ARRIVING,
    CampaignState.BALANCE_OPEN,
    CampaignState.BALANCE_CLOSED,
    CampaignState.FULFILLING,
    CampaignState.COMPLETED,
]


@dataclass(frozen=True, slots=True)
class Record:
    """Of `total` promises that have come due, `kept` were kept."""

    kept: int
    total: int

    @property
    def is_telling(self) -> bool:
        return self.total >= ENOUGH

    @property
    def percent(self) -> int:
        return 100 * self.kept // self.total if self.total else 0


def record_of(merchant_id: int, *, today: date) -> Record:
    """A merchant's record, in one query.

    A promise counts once its goods are sent or its last day is over; the first promise counts,
    whatever was promised later. Registered interest promises nothing.
    """
    sent = (
        select(CampaignEvent.campaign_id, func.min(CampaignEvent.at).label("at"))
        .where(CampaignEvent.kind == ALL_SENT)
        .group_by(CampaignEvent.campaign_id)
        .subquery()
    )
    rows = db.session.execute(
        select(PromiseVersion.latest, sent.c.at, Campaign.completed_at)
        .join(
            Campaign,
            and_(Campaign.id == PromiseVersion.campaign_id, PromiseVersion.version == 1),
        )
        .outerjoin(sent, sent.c.campaign_id == Campaign.id)
        .where(
            Campaign.merchant_id == merchant_id,
            Campaign.state.in_([state.value for state in _PROMISING]),
            Campaign.payment_mode != PaymentMode.INTEREST,
        )
    )
    zone = settings().zone
    verdicts = []
    for latest, sent_at, completed_at in rows:
        left_at = sent_at or completed_at
        sent_on = left_at.astimezone(zone).date() if left_at is not None else None
        verdicts.append(kept(latest, sent_on, today=today))
    return Record(
        sum(verdict is True for verdict in verdicts),
        sum(verdict is not None for verdict in verdicts),
    )

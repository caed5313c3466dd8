"""What a leader's links earned in a month, entry by entry, as the statement shows it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from app.community.models import ChatGroup, CommissionEntry, ShareLink
from app.community.queries.commission import received_at
from app.community.rules.commission import Terms, free_at
from app.community.sheets.rows import StatementRow
from app.community.words import commission_terms
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.platform.masking import masked_name
from app.platform.money import Money
from app.platform.rbac import visible
from app.presale.models import Campaign, Commitment, Participation

_LONGEST_MONTH = timedelta(days=31)


def statement(first: date, actor: Actor, *, now: datetime) -> list[StatementRow]:
    """Entries booked in the month that begins on `first`, in the shop's time, of own links."""
    begins, ends = _bounds(first)
    rows = db.session.execute(
        select(
            CommissionEntry,
            ShareLink,
            Campaign,
            ChatGroup.name,
            Participation,
            received_at().label("at"),
        )
        .join(ShareLink, ShareLink.id == CommissionEntry.link_id)
        .join(ChatGroup, ChatGroup.id == ShareLink.group_id)
        .join(Commitment, Commitment.id == CommissionEntry.commitment_id)
        .join(Participation, Participation.id == Commitment.participation_id)
        .join(Campaign, Campaign.id == Commitment.campaign_id)
        .where(
            visible(actor, ShareLink),
            CommissionEntry.booked_at >= begins,
            CommissionEntry.booked_at < ends,
        )
        .order_by(CommissionEntry.id)
    ).all()
    return [_row(*row, now=now) for row in rows]


def _row(
    entry: CommissionEntry,
    link: ShareLink,
    campaign: Campaign,
    *rest: *tuple[str, Participation, datetime | None],
    now: datetime,
) -> StatementRow:
    group, person, received = rest
    free = free_at(received, campaign.after_sales_days)
    is_certain = free is not None and free <= now
    nothing = Money.zero(entry.currency)
    base = Money(entry.base, entry.currency)
    return StatementRow(
        at=entry.booked_at,
        campaign=pick(campaign.title),
        group=group,
        number=person.number or 0,
        buyer=masked_name(person.name),
        paid=base if entry.base > 0 else nothing,
        refunded=-base if entry.base < 0 else nothing,
        commission=Money(entry.amount, entry.currency),
        terms=commission_terms(Terms(link.commission_bp, link.commission_cap), entry.currency),
        is_confirmed=is_certain,
        state=_("certain") if is_certain else _("pending"),
    )


def _bounds(first: date) -> tuple[datetime, datetime]:
    after = (first + _LONGEST_MONTH).replace(day=1)
    zone = settings().zone
    begins = datetime(first.year, first.month, 1, tzinfo=zone)
    return begins, datetime(after.year, after.month, 1, tzinfo=zone)

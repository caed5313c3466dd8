"""Who wants to know when a campaign opens, is offered again, or is about to close."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint

from app.platform.db import Id, Mapped, Model, mapped_column, one_of


class ReminderOccasion(StrEnum):
    """`opening`: when the campaign, or a copy of it, can be joined; `closing`: a day before it no
    longer can.
    """

    OPENING = "opening"
    CLOSING = "closing"


class CampaignReminder(Model):
    """One address, asked for once and written to once.

    Nothing is sent to it but the mail that asks whether it was meant, before `confirmed_at`;
    `told_at` ends it. Whoever has `token` confirms it or takes it back.
    """

    __tablename__ = "campaign_reminder"
    __table_args__ = (
        one_of("occasion", ReminderOccasion),
        UniqueConstraint("campaign_id", "email"),
        Index("ix_campaign_reminder_untold", "told_at", "confirmed_at", "id"),
    )

    id: Mapped[Id]
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customer.id"), index=True)
    email: Mapped[str]
    locale: Mapped[str]
    occasion: Mapped[str] = mapped_column(default=ReminderOccasion.OPENING)
    token: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    told_of_id: Mapped[int | None] = mapped_column(ForeignKey("campaign.id"))

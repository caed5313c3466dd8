"""The form of a presale nobody has written yet."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app.admin.presales.form.campaign import CampaignForm
from app.platform.configuration import settings
from app.presale.drafts import CampaignDraft
from app.presale.models import PaymentMode, SupplyMode

CLOSES_AT = time(20)
RUNS_FOR = timedelta(days=7)
MADE_WITHIN = timedelta(days=28), timedelta(days=42)


def blank(now: datetime, key: str) -> CampaignForm:
    """A week from the next full hour on, closing at eight in the evening by the shop's clock."""
    zone = settings().zone
    opens = (now.astimezone(zone) + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    last_day = (opens + RUNS_FOR).date()
    form = CampaignForm.of(
        CampaignDraft(
            title={},
            payment_mode=PaymentMode.DEPOSIT,
            supply_mode=SupplyMode.THRESHOLD,
            opens_at=opens,
            closes_at=datetime.combine(last_day, CLOSES_AT, tzinfo=zone),
            promise_earliest=last_day + MADE_WITHIN[0],
            promise_latest=last_day + MADE_WITHIN[1],
            skus=(),
        )
    )
    form.typed["key"] = key
    return form

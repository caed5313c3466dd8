"""Messages ready to be pasted into a group, in both languages."""

from __future__ import annotations

from datetime import datetime

from app.admin.queries.presales.campaign import CampaignSheet
from app.platform.configuration import settings
from app.platform.i18n import LANGUAGES, pick, speaking
from app.platform.i18n import gettext as _
from app.platform.web.formats import day, full_moment
from app.presale.models import Campaign, Decision


def drafted(
    decision: Decision, sheet: CampaignSheet, *, missing: int, until: datetime
) -> dict[str, str]:
    """By language; `until` is the new close, or when answers are counted."""
    texts = {}
    for language in LANGUAGES:
        with speaking(language):
            texts[language] = _text(decision, sheet, missing=missing, until=until)
    return texts


def link_to(campaign: Campaign) -> str:
    return f"{settings().public_url.rstrip('/')}/pre/{campaign.slug}"


def _text(decision: Decision, sheet: CampaignSheet, *, missing: int, until: datetime) -> str:
    campaign = sheet.campaign
    facts = {
        "title": pick(campaign.title),
        "units": sheet.units,
        "goal": campaign.threshold or 0,
        "missing": missing,
        "moment": full_moment(until),
        "latest": day(campaign.promise_latest),
        "link": link_to(campaign),
    }
    if decision is Decision.EXTEND:
        return _(
            "“%(title)s”: %(units)s of %(goal)s so far, %(missing)s to go. We keep it open until "
            "%(moment)s. Whoever has joined need do nothing; leaving stays free. %(link)s",
            **facts,
        )
    if decision is Decision.RUN:
        return _(
            "“%(title)s” takes place with %(units)s, fewer than we hoped for. Price and dates "
            "stay: sent by %(latest)s. %(link)s",
            **facts,
        )
    if decision is Decision.REFUND:
        return _(
            "“%(title)s” does not take place: %(units)s of %(goal)s joined. Everything is paid "
            "back the way it was paid, within 1 to 3 working days. Thank you for joining. %(link)s",
            **facts,
        )
    return _(
        "“%(title)s” has %(units)s of %(goal)s. Would you rather keep your place or have your "
        "money back? One tap on your order's page until %(moment)s; without an answer we pay you "
        "back. %(link)s",
        **facts,
    )

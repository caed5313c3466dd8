"""Phrases that several mails about presales share."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_datetime

from app.orders.queries import OrderView
from app.platform.configuration import settings
from app.platform.i18n import current_locale
from app.platform.i18n import gettext as _
from app.platform.money import format_money
from app.presale.models import Campaign
from app.presale.queries.participations import Joined


def silence(one: Joined) -> tuple[str, ...]:
    """What no answer counts as, where something is asked."""
    if one.question is None:
        return ()
    until = moment(one.question.answer_until)
    if one.question.silence == "keep":
        return (_("No answer by %(moment)s counts as waiting.", moment=until),)
    return (_("No answer by %(moment)s counts as money back.", moment=until),)


def sent_between(campaign: Campaign) -> str:
    """The promise as it stands."""
    return _(
        "Sent between %(first)s and %(last)s.",
        first=day(campaign.promise_earliest),
        last=day(campaign.promise_latest),
    )


def amount_of(view: OrderView, minor: int) -> str:
    """An amount of the order's currency."""
    return format_money(view.money(minor), current_locale().replace("-", "_"))


def day(value: date) -> str:
    """A day, for whoever reads."""
    pattern = "y年M月d日" if current_locale() == "zh-Hans" else "d MMM y"
    return format_date(value, pattern, locale=current_locale().replace("-", "_"))


def moment(instant: datetime) -> str:
    """An instant in the shop's zone, with its weekday."""
    pattern = "y年M月d日 EEE HH:mm" if current_locale() == "zh-Hans" else "EEE d MMM y, HH:mm"
    local = instant.astimezone(settings().zone)
    return format_datetime(local, pattern, locale=current_locale().replace("-", "_"))

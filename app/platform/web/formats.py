"""Jinja filters that print values for people: days, moments, texts in two languages."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date, format_datetime
from flask import Flask
from markupsafe import Markup, escape

from app.platform.configuration import settings
from app.platform.i18n import current_locale, pick, sentences
from app.platform.money import Money, format_money

_PATTERNS = {
    "en": {
        "day": "d MMM y",
        "moment": "d MMM, HH:mm",
        "hour": "HH:mm",
        "full": "EEE d MMM y, HH:mm",
    },
    "zh-Hans": {
        "day": "y年M月d日",
        "moment": "M月d日 HH:mm",
        "hour": "HH:mm",
        "full": "y年M月d日 EEE HH:mm",
    },
}


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(
        money=money,
        day=day,
        moment=moment,
        hour=hour,
        full_moment=full_moment,
        pick=pick,
        time_tag=time_tag,
    )
    app.jinja_env.globals.update(sentences=sentences)


def money(amount: Money, *, full: bool = False) -> str:
    return format_money(amount, babel_locale(), full=full)


def day(value: datetime | date) -> str:
    if isinstance(value, datetime):
        value = value.astimezone(settings().zone).date()
    return format_date(value, _PATTERNS[current_locale()]["day"], locale=babel_locale())


def moment(value: datetime) -> str:
    return _moment(value, "moment")


def hour(value: datetime) -> str:
    """`20:15`, for what is over within the day."""
    return _moment(value, "hour")


def full_moment(value: datetime) -> str:
    return _moment(value, "full")


def time_tag(value: datetime, style: str = "moment") -> Markup:
    """`<time datetime="…">` with the shop's local time in words."""
    local = value.astimezone(settings().zone)
    return Markup('<time datetime="{}">{}</time>').format(
        local.isoformat(timespec="seconds"), escape(_moment(value, style))
    )


def babel_locale() -> str:
    return current_locale().replace("-", "_")


def _moment(value: datetime, style: str) -> str:
    local = value.astimezone(settings().zone)
    return format_datetime(local, _PATTERNS[current_locale()][style], locale=babel_locale())

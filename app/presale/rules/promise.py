"""What a shop may promise, and what a later promise asks of the buyers (R9, R10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.presale.models import Answer

LONGEST = timedelta(days=330)
SILENCE_CONSENTS_UP_TO = timedelta(days=30)
ANSWER_WITHIN = timedelta(days=7)
FILED_FROM = timedelta(days=15)
"""Longer promises have to be filed with WeChat by shops that are paid through it."""


@dataclass(frozen=True, slots=True)
class Promise:
    """The range of days in which goods are to be sent."""

    earliest: date
    latest: date


def fits(promise: Promise, *, today: date) -> bool:
    """Whether it is a range that ends within 330 days and has not passed."""
    return today <= promise.latest <= today + LONGEST and promise.earliest <= promise.latest


def silence(history: Sequence[Promise], new: Promise) -> Answer | None:
    """What no answer counts as when a promise changes to `new`; None when nobody need be asked.

    The first delay of at most thirty days is kept by silence; a longer or a second one needs an
    express "keep".
    """
    promised = history[0]
    current = history[-1]
    if new.latest <= current.latest:
        return None
    delayed_before = any(version.latest > promised.latest for version in history[1:])
    if delayed_before or new.latest - promised.latest > SILENCE_CONSENTS_UP_TO:
        return Answer.REFUND
    return Answer.KEEP


def kept(promised_latest: date, sent_on: date | None, *, today: date) -> bool | None:
    """Whether a promise was kept; None while it can still be."""
    if sent_on is not None:
        return sent_on <= promised_latest
    return None if today <= promised_latest else False


def answer_until(asked_at: datetime) -> datetime:
    """Until when buyers may answer."""
    return asked_at + ANSWER_WITHIN

"""What a leader sends to a group: texts made of how things stand, ready to be copied.

Each is offered only while it is true. None promises anything for passing it on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.community import words
from app.platform.i18n import LazyText, lazy_gettext, sentences
from app.platform.i18n import gettext as _
from app.platform.web.formats import money
from app.presale.queries.pages import CampaignView
from app.presale.rules.stage import BEFORE_CLOSE, GIVEN_UP, JOINABLE_STAGES, Stage

LAST_HOURS = timedelta(hours=3)
AGREED = frozenset(
    {Stage.AGREED, Stage.MAKING, Stage.ARRIVING, Stage.BALANCE, Stage.BALANCE_OVER, Stage.SENDING}
)


class Word(StrEnum):
    """The occasions, in the order in which they come."""

    OPENING = "opening"
    HALF = "half"
    MISSING = "missing"
    LAST_HOURS = "last_hours"
    MET = "met"
    BALANCE = "balance"
    SENDING = "sending"
    PICKUP = "pickup"
    FAILED = "failed"


NAMES: Mapping[Word, LazyText] = {
    Word.OPENING: lazy_gettext("Opening"),
    Word.HALF: lazy_gettext("Half-way"),
    Word.MISSING: lazy_gettext("Still needed"),
    Word.LAST_HOURS: lazy_gettext("Last 3 hours"),
    Word.MET: lazy_gettext("Going ahead"),
    Word.BALANCE: lazy_gettext("Balance"),
    Word.SENDING: lazy_gettext("Being sent"),
    Word.PICKUP: lazy_gettext("To be collected"),
    Word.FAILED: lazy_gettext("Not going ahead"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where goods are collected, in the language being spoken."""

    name: str
    address: str
    hours: str


@dataclass(frozen=True, slots=True)
class Occasion:
    """What a message is made of: the campaign, the link and its code, where goods are collected."""

    view: CampaignView
    link: str
    code: str
    places: tuple[Place, ...]
    now: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """A text to be copied; `is_true` says whether it is, as things stand."""

    word: Word
    name: str
    text: str
    is_true: bool


def messages(occasion: Occasion) -> list[Message]:
    """Every message, in the language being spoken, those that are true first."""
    found = [
        Message(word, str(NAMES[word]), _TEXTS[word](occasion), _TRUE[word](occasion))
        for word in Word
    ]
    return sorted(found, key=lambda message: not message.is_true)


def _opening(occasion: Occasion) -> str:
    view = occasion.view
    head = _("Presale: %(title)s", title=view.title)
    if view.stage is Stage.UPCOMING:
        opens = _("Opens %(moment)s.", moment=words.moment(view.campaign.opens_at))
        return _lines(head, opens, _price(view), words.refund(view), _here(occasion))
    return _lines(head, _price(view), _until(view), words.refund(view), _here(occasion))


def _half(occasion: Occasion) -> str:
    view = occasion.view
    return _lines(
        _(
            "%(title)s: %(joined)d of %(goal)d have joined, more than half. %(missing)d are still "
            "needed by %(moment)s.",
            title=view.title,
            joined=view.joined,
            goal=view.campaign.threshold or 0,
            missing=view.missing,
            moment=words.moment(view.campaign.closes_at),
        ),
        _here(occasion),
    )


def _missing(occasion: Occasion) -> str:
    view = occasion.view
    return _lines(
        _(
            "%(missing)d more are needed for %(title)s to go ahead, by %(moment)s.",
            missing=view.missing,
            title=view.title,
            moment=words.moment(view.campaign.closes_at),
        ),
        words.refund(view),
        _here(occasion),
    )


def _last_hours(occasion: Occasion) -> str:
    view = occasion.view
    moment = words.moment(view.campaign.closes_at)
    head = _("%(title)s closes %(moment)s.", title=view.title, moment=moment)
    missing = _("%(missing)d more are needed.", missing=view.missing) if view.missing else ""
    return _lines(head, missing, _here(occasion))


def _met(occasion: Occasion) -> str:
    view = occasion.view
    head = _("%(title)s goes ahead: %(joined)d have joined.", title=view.title, joined=view.joined)
    if view.stage not in JOINABLE_STAGES:
        return _lines(head, words.promised(view))
    still = _("You can still join until %(moment)s.", moment=words.moment(view.campaign.closes_at))
    return _lines(head, still, _here(occasion))


def _balance(occasion: Occasion) -> str:
    view = occasion.view
    until = view.campaign.balance_closes_at
    head = _("%(title)s is here. The balance can be paid now.", title=view.title)
    by = _("Please pay it by %(moment)s.", moment=words.moment(until)) if until else ""
    where = _("The link is in your mail and on your order's page. Ask me if you cannot find it.")
    return _lines(head, by, where)


def _sending(occasion: Occasion) -> str:
    return _lines(
        _("%(title)s is being sent.", title=occasion.view.title),
        _("Your order's page has the tracking number as soon as your parcel leaves."),
    )


def _pickup(occasion: Occasion) -> str:
    head = _("%(title)s can be collected.", title=occasion.view.title)
    places = [
        _("%(name)s: %(address)s, %(hours)s", name=place.name, address=place.address,
          hours=place.hours)
        for place in occasion.places
    ]  # fmt: skip
    return _lines(head, *places, _("Please bring the code from your order's page."))


def _failed(occasion: Occasion) -> str:
    view = occasion.view
    if view.was_cancelled:
        head = _("%(title)s had to be cancelled.", title=view.title)
    else:
        head = _(
            "%(title)s does not go ahead this time: %(joined)d of %(goal)d.",
            title=view.title,
            joined=view.joined,
            goal=view.campaign.threshold or 0,
        )
    back = _("Everybody gets all of it back, the way it was paid, in one to three working days.")
    return _lines(head, "" if view.is_interest else back)


def _price(view: CampaignView) -> str:
    """`Join with ¥100 deposit, + ¥298 when it arrives, ¥398 in all`."""
    if view.is_interest:
        return _("Nothing to pay now: say that you would buy.")
    terms = view.cheapest.terms
    if terms.deposit is None:
        return _("Price: %(price)s", price=words.price(view))
    total = money(view.money(terms.final_price))
    return _(
        "%(price)s, %(rest)s, %(total)s in all",
        price=words.price(view),
        rest=words.price_note(view),
        total=total,
    )


def _until(view: CampaignView) -> str:
    closes = _("Closes %(moment)s.", moment=words.moment(view.campaign.closes_at))
    return sentences(closes, words.promised(view))


def _here(occasion: Occasion) -> str:
    return _("Join here: %(link)s (code %(code)s)", link=occasion.link, code=occasion.code)


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


def _is_open(occasion: Occasion) -> bool:
    return occasion.view.stage in JOINABLE_STAGES


def _lacks(occasion: Occasion) -> bool:
    return _is_open(occasion) and occasion.view.missing > 0


def _is_half(occasion: Occasion) -> bool:
    goal = occasion.view.campaign.threshold or 0
    return _lacks(occasion) and occasion.view.joined * 2 >= goal


def _is_late(occasion: Occasion) -> bool:
    closes_at = occasion.view.campaign.closes_at
    return _is_open(occasion) and closes_at - occasion.now <= LAST_HOURS


_TEXTS: Mapping[Word, Callable[[Occasion], str]] = {
    Word.OPENING: _opening,
    Word.HALF: _half,
    Word.MISSING: _missing,
    Word.LAST_HOURS: _last_hours,
    Word.MET: _met,
    Word.BALANCE: _balance,
    Word.SENDING: _sending,
    Word.PICKUP: _pickup,
    Word.FAILED: _failed,
}
_TRUE: Mapping[Word, Callable[[Occasion], bool]] = {
    Word.OPENING: lambda occasion: occasion.view.stage in BEFORE_CLOSE - {Stage.FULL},
    Word.HALF: _is_half,
    Word.MISSING: _lacks,
    Word.LAST_HOURS: _is_late,
    Word.MET: lambda occasion: occasion.view.stage in AGREED | {Stage.MET},
    Word.BALANCE: lambda occasion: occasion.view.stage is Stage.BALANCE,
    Word.SENDING: lambda occasion: occasion.view.stage in {Stage.SENDING, Stage.DONE},
    Word.PICKUP: lambda occasion: occasion.view.stage is Stage.SENDING and bool(occasion.places),
    Word.FAILED: lambda occasion: occasion.view.stage in GIVEN_UP,
}

"""A place on a waiting list in words: how it stands and what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.platform.configuration import settings
from app.platform.i18n import gettext as _
from app.platform.money import Money
from app.platform.web.formats import full_moment, money
from app.presale.models import WaitingState
from app.presale.queries.waiting import Waiting
from app.presale.words import deposit_word
from app.storefront.presale_figures import Until, left

_NOT_TAKEN = frozenset({WaitingState.WAITING, WaitingState.OFFERED, WaitingState.EXPIRED})


@dataclass(frozen=True, slots=True)
class WaitingPage:
    waiting: Waiting
    title: str
    sentence: str
    until: Until | None
    can_accept: bool
    can_withdraw: bool
    button: str

    @classmethod
    def of(cls, waiting: Waiting, *, now: datetime) -> WaitingPage:
        offered = waiting.is_offered(now)
        state = WaitingState(waiting.entry.state)
        return cls(
            waiting=waiting,
            title=_title(waiting, offered=offered),
            sentence=_sentence(waiting, offered=offered),
            until=_until(waiting, now) if offered else None,
            can_accept=offered,
            can_withdraw=state is WaitingState.WAITING and not waiting.is_over,
            button=_button(waiting),
        )


def _title(waiting: Waiting, *, offered: bool) -> str:
    entry = waiting.entry
    if offered:
        return _("A place is yours")
    if waiting.is_given_up and entry.state in _NOT_TAKEN:
        return _("It does not take place")
    if waiting.is_over and entry.state == WaitingState.WAITING:
        return _("No place became free")
    if entry.state == WaitingState.WAITING:
        if waiting.campaign.is_draw and entry.draw_place is None:
            return _("You take part in the draw")
        return _("You are number %(position)d on the list", position=waiting.position)
    return {
        WaitingState.OFFERED: _("The offer has passed on"),
        WaitingState.ACCEPTED: _("You have taken the place"),
        WaitingState.EXPIRED: _("The offer has passed on"),
        WaitingState.DECLINED: _("You turned the place down"),
        WaitingState.LEFT: _("You wait no more"),
    }[WaitingState(entry.state)]


def _sentence(waiting: Waiting, *, offered: bool) -> str:
    entry = waiting.entry
    if offered and entry.offered_until is not None:
        return _(
            "Join until %(moment)s. Afterwards it goes to the next person.",
            moment=full_moment(entry.offered_until),
        )
    if waiting.is_over and entry.state != WaitingState.ACCEPTED:
        return _("You have paid nothing, and nothing is kept for you.")
    if entry.state == WaitingState.WAITING:
        return _waiting(waiting)
    if entry.state == WaitingState.ACCEPTED:
        return _("Your order has everything else; its link is in the mail.")
    return _("You may wait again, behind everybody who waits now.")


def _waiting(waiting: Waiting) -> str:
    if not waiting.campaign.is_draw:
        return _("When it is your turn, a mail tells you, and you have a day to join.")
    if waiting.entry.draw_place is not None:
        return _(
            "You were drawn in place %(place)d. When a place is free, a mail tells you.",
            place=waiting.entry.draw_place,
        )
    return _(
        "Places are drawn %(moment)s. If you have one, a mail tells you. Your code in the draw is "
        "%(code)s.",
        moment=full_moment(waiting.campaign.closes_at),
        code=waiting.entry.code,
    )


def _until(waiting: Waiting, now: datetime) -> Until | None:
    end = waiting.entry.offered_until
    if end is None:
        return None
    local = end.astimezone(settings().zone)
    return Until(_("Left:"), local.isoformat(timespec="seconds"), left(end - now))


def _button(waiting: Waiting) -> str:
    terms, units = waiting.terms, waiting.entry.quantity
    amount = money(Money(terms.now * units, settings().currency))
    if terms.deposit is None:
        return _("Join for %(amount)s", amount=amount)
    word = deposit_word(waiting.campaign.deposit_kind)
    return _("Join with %(amount)s %(deposit)s", amount=amount, deposit=word)

"""The presales of an order, as its page shows them: the place, the promise, what is asked, the way
out, and the terms that were accepted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.orders.queries import OrderView
from app.platform.i18n import LazyText, lazy_gettext, ngettext, pick, sentences
from app.platform.i18n import gettext as _
from app.platform.web.formats import day, full_moment
from app.presale.models import Answer, Commitment, CommitmentState, PaymentMode, QuestionKind
from app.presale.queries.pages import path_of
from app.presale.queries.participations import Joined
from app.presale.queries.substitutions import Offered, offered_to
from app.presale.words import deposit_word
from app.storefront.presale_rules import Rule, rules_of

K = CommitmentState
_STATES: Mapping[CommitmentState, tuple[LazyText, str]] = {
    K.HOLD: (lazy_gettext("Not paid yet"), "warn"),
    K.HOLD_EXPIRED: (lazy_gettext("Not paid in time"), "neutral"),
    K.COMMITTED: (lazy_gettext("Registered"), "info"),
    K.CONFIRMED: (lazy_gettext("You are in"), "ok"),
    K.BALANCE_DUE: (lazy_gettext("Balance due"), "warn"),
    K.BALANCE_PAID: (lazy_gettext("Balance paid"), "ok"),
    K.WAIVED: (lazy_gettext("The balance is waived"), "ok"),
    K.ALLOCATED: (lazy_gettext("Being packed"), "info"),
    K.PACKED: (lazy_gettext("Packed"), "info"),
    K.SHIPPED: (lazy_gettext("On its way"), "info"),
    K.READY_FOR_PICKUP: (lazy_gettext("Ready to collect"), "info"),
    K.DELIVERED: (lazy_gettext("Delivered"), "ok"),
    K.PICKED_UP: (lazy_gettext("Collected"), "ok"),
    K.CLOSED: (lazy_gettext("Delivered"), "ok"),
    K.CANCEL_REQUESTED: (lazy_gettext("You asked to leave"), "warn"),
    K.CANCELLED: (lazy_gettext("Goes back to you"), "neutral"),
    K.REFUNDED: (lazy_gettext("Paid back"), "neutral"),
    K.FORFEITED: (lazy_gettext("Lost: the balance was not paid in time"), "bad"),
    K.SHORT_SUPPLIED: (lazy_gettext("Fewer than you joined with"), "warn"),
    K.SUBSTITUTED: (lazy_gettext("Replaced, as you agreed"), "info"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """What the buyer is asked; `answer` is what they said so far."""

    id: int
    title: str
    sentence: str
    silence: str
    answer: Answer | None


@dataclass(frozen=True, slots=True)
class OwnPresale:
    """One campaign of an order. `leaving` is free, ask or never."""

    participation_id: int
    title: str
    path: str
    place: str
    promise: str
    note: str
    question: Question | None
    substitutes: list[Offered]
    leaving: str
    has_asked: bool
    terms: list[Rule]
    accepted: str
    fingerprint: str


def presales_of(view: OrderView, joined: Sequence[Joined], *, now: datetime) -> list[OwnPresale]:
    """What the order takes part in, in the order it joined."""
    accepted = view.order.terms.get("presales", {})
    return [
        _one(one, accepted.get(str(one.campaign.id), {}), now=now)
        for one in joined
        if one.participation.order_id == view.order.id
    ]


def line_words(commitment: Commitment, joined: Joined) -> tuple[tuple[str, str], str]:
    """(badge, note) of an order line that a campaign supplies."""
    label, tone = _STATES[CommitmentState(commitment.state)]
    notes = []
    if commitment.cut:
        notes.append(
            ngettext(
                "%(num)d could not be supplied and is paid back.",
                "%(num)d could not be supplied and are paid back.",
                commitment.cut,
            )
        )
    if commitment.state in _WAITING:
        notes.append(_sent_between(joined))
    return (str(label), tone), sentences(*notes)


_WAITING = {K.HOLD, K.CONFIRMED, K.BALANCE_DUE, K.BALANCE_PAID, K.WAIVED, K.SHORT_SUPPLIED}


def _one(joined: Joined, accepted: Mapping[str, Any], *, now: datetime) -> OwnPresale:
    campaign, person = joined.campaign, joined.participation
    return OwnPresale(
        participation_id=person.id,
        title=pick(campaign.title),
        path=path_of(campaign.slug),
        place=_place(joined),
        promise=_sent_between(joined) if person.left_at is None else "",
        note=person.visible_note,
        question=_question(joined, now=now),
        substitutes=offered_to(person.id, now=now),
        leaving=joined.leaving.value,
        has_asked=joined.has_asked_to_leave,
        terms=rules_of(campaign),
        accepted=_accepted(joined, accepted),
        fingerprint=str(accepted.get("hash", ""))[:16],
    )


def _place(joined: Joined) -> str:
    number = joined.participation.number
    if number is None:
        return _("Your number comes with the payment.")
    if joined.participation.left_at is not None:
        return _("Number %(number)d was yours; nobody else gets it.", number=number)
    return _("You are number %(number)d.", number=number)


def _sent_between(joined: Joined) -> str:
    campaign = joined.campaign
    return _(
        "Sent between %(first)s and %(last)s.",
        first=day(campaign.promise_earliest),
        last=day(campaign.promise_latest),
    )


def _accepted(joined: Joined, accepted: Mapping[str, Any]) -> str:
    """What was promised when it was joined, in words."""
    promise = accepted.get("promise")
    if not promise:
        return ""
    first, last = (day(date.fromisoformat(text)) for text in promise)
    said = _(
        "Promised when you joined: sent between %(first)s and %(last)s.", first=first, last=last
    )
    if joined.campaign.payment_mode != PaymentMode.DEPOSIT:
        return said
    word = deposit_word(str(accepted.get("deposit_kind", "")))
    return sentences(said, _("What you paid first is %(deposit)s.", deposit=word))


def _question(joined: Joined, *, now: datetime) -> Question | None:
    asked = joined.question
    if asked is None or now >= asked.answer_until or joined.participation.left_at is not None:
        return None
    until = full_moment(asked.answer_until)
    silence = (
        _("No answer by %(moment)s counts as waiting.", moment=until)
        if asked.silence == Answer.KEEP
        else _("No answer by %(moment)s counts as money back.", moment=until)
    )
    if asked.kind == QuestionKind.DELAY:
        title = _("The promised days have changed")
        sentence = _("Do you keep waiting, or do you want your money back?")
        return Question(
            asked.id, title, sentences(_sent_between(joined), sentence), silence, joined.answer
        )
    return Question(
        asked.id,
        _("Fewer have joined than were needed"),
        _("Shall we make it all the same, or do you want your money back?"),
        silence,
        joined.answer,
    )

"""The rules of a campaign in sentences, out of the terms that were frozen when it was published.

Whoever joins accepts exactly these; the page, checkout and the order say them from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext, sentences
from app.platform.web.formats import moment
from app.presale.models import (
    BalanceUnpaid,
    Campaign,
    Decision,
    DepositKind,
    PaymentMode,
    ShortagePolicy,
    SupplyMode,
)
from app.presale.rules.slicing import returns_at
from app.presale.words import deposit_rule, deposit_word

Rule = tuple[str, str]


def rules_of(campaign: Campaign) -> list[Rule]:
    """Questions and answers, the most asked first."""
    terms = {**_columns(campaign), **campaign.terms}
    if terms["payment_mode"] == PaymentMode.INTEREST:
        return [_interest(), *_limits(campaign)]
    found = [
        *_drop(campaign),
        *_draw(campaign),
        _paying(terms),
        *_threshold(campaign, terms),
        _leaving(campaign, terms),
    ]
    if terms["payment_mode"] == PaymentMode.DEPOSIT:
        found.append(_unpaid(terms))
    found += [_late(), _short(terms), *_limits(campaign)]
    return [*found, _returning()]


def _columns(campaign: Campaign) -> dict[str, Any]:
    """The terms as they stand before they are frozen, for a preview."""
    names = (
        "payment_mode", "deposit_kind", "threshold", "balance_hours", "balance_grace_days",
        "balance_unpaid", "shortage_policy",
    )  # fmt: skip
    return {name: getattr(campaign, name) for name in names}


def _interest() -> Rule:
    return (
        _("What does registering mean?"),
        _(
            "Nothing is paid and nothing is bought. We write to you when it goes on sale; "
            "you may take your name off at any time."
        ),
    )


def _paying(terms: Mapping[str, Any]) -> Rule:
    question = _("When do I pay?")
    if terms["payment_mode"] != PaymentMode.DEPOSIT:
        return question, _("All of it when you join, together with delivery.")
    hours = int(terms["balance_hours"])
    answer = ngettext(
        "The %(deposit)s and delivery when you join; the balance when the goods are here. "
        "You then have %(num)d hour, and are reminded before it ends.",
        "The %(deposit)s and delivery when you join; the balance when the goods are here. "
        "You then have %(num)d hours, and are reminded before they end.",
        hours,
        deposit=deposit_word(str(terms["deposit_kind"])),
    )
    return question, sentences(answer, deposit_rule(str(terms["deposit_kind"])))


def _threshold(campaign: Campaign, terms: Mapping[str, Any]) -> list[Rule]:
    if not terms["threshold"]:
        return []
    defaults = {
        Decision.REFUND: _("everybody is paid back"),
        Decision.RUN: _("it is made all the same"),
        Decision.EXTEND: _("it is extended once, or everybody is paid back"),
        Decision.ASK: _("everybody is asked"),
    }
    answer = ngettext(
        "Only what is paid for counts. Below the goal the shop has %(num)d hour to extend it once "
        "(by seven days at most, from three fifths on), to make it all the same, to ask you, or to "
        "pay everybody back. If it does not choose, %(default)s.",
        "Only what is paid for counts. Below the goal the shop has %(num)d hours to extend it once "
        "(by seven days at most, from three fifths on), to make it all the same, to ask you, or to "
        "pay everybody back. If it does not choose, %(default)s.",
        campaign.decide_within_hours,
        default=defaults[Decision(campaign.default_decision)],
    )
    return [(_("What if too few join?"), answer)]


def _leaving(campaign: Campaign, terms: Mapping[str, Any]) -> Rule:
    """What `app.presale.rules.leaving` decides, said beforehand."""
    is_earnest = (
        terms["payment_mode"] == PaymentMode.DEPOSIT
        and terms["deposit_kind"] == DepositKind.EARNEST
    )
    asking = _("Afterwards you ask there, and the shop decides.")
    if not is_earnest:
        free = _("Until it is being made, from your order's page, with everything paid back.")
        return _("Can I leave again?"), sentences(free, asking)
    if campaign.supply_mode == SupplyMode.THRESHOLD:
        free = _("Until the close, from your order's page, with everything paid back.")
        return _("Can I leave again?"), sentences(free, asking, _lost())
    asking = _("You ask from your order, and the shop decides.")
    return _("Can I leave again?"), sentences(asking, _lost())


def _lost() -> str:
    return _("Earnest money is not paid back for a change of mind.")


def _unpaid(terms: Mapping[str, Any]) -> Rule:
    days = int(terms["balance_grace_days"])
    grace = ngettext("%(num)d more day is allowed.", "%(num)d more days are allowed.", days)
    following = {
        BalanceUnpaid.FORFEIT: _("Then the place and the earnest money are lost."),
        BalanceUnpaid.REFUND: _("Then the place goes to somebody else and you are paid back."),
        BalanceUnpaid.EXTEND: _(
            "Then you get the same time once more; after that the place goes to somebody else and "
            "you are paid back."
        ),
    }[BalanceUnpaid(str(terms["balance_unpaid"]))]
    return _("What if I do not pay the balance in time?"), sentences(
        grace if days else "", following
    )


def _late() -> Rule:
    return (
        _("What if it comes late?"),
        _(
            "Every change of the promised days stands on this page. At the first delay of up to "
            "thirty days you may have your money back; at any longer or second one you get it "
            "back unless you say that you keep waiting."
        ),
    )


def _short(terms: Mapping[str, Any]) -> Rule:
    shared = {
        ShortagePolicy.FIRST_COME: _("who joined first is served first"),
        ShortagePolicy.PRO_RATA: _("everybody gets the same share of what they joined with"),
        ShortagePolicy.LOTTERY: _("lots are drawn with a seed that anybody can check"),
    }[ShortagePolicy(str(terms["shortage_policy"]))]
    return (
        _("What if fewer arrive than were joined?"),
        _("Then %(shared)s; what you do not get is paid back.", shared=shared),
    )


def _drop(campaign: Campaign) -> list[Rule]:
    """How a drop for groups is shared: what is kept for whom, and how long a place waits."""
    if not campaign.is_drop:
        return []
    kept = _(
        "A group's link may have places of its own; what is not used of them by %(moment)s is open "
        "to everybody.",
        moment=moment(returns_at(campaign.opens_at, campaign.closes_at)),
    )
    held = ngettext(
        "From checkout on a place is yours for %(num)d minute; if it is not paid by then, it goes "
        "to somebody else.",
        "From checkout on a place is yours for %(num)d minutes; if it is not paid by then, it goes "
        "to somebody else.",
        campaign.hold_minutes,
    )
    return [(_("How are the places shared?"), kept if campaign.is_draw else sentences(kept, held))]


def _draw(campaign: Campaign) -> list[Rule]:
    if not campaign.is_draw:
        return []
    return [
        (
            _("How is it drawn?"),
            _(
                "Whoever enters before the close has the same chance, however early. A secret "
                "number fixed at publishing decides; its seal is public now, the number itself "
                "after the draw, so that anybody can draw again."
            ),
        )
    ]


def _limits(campaign: Campaign) -> list[Rule]:
    limit = campaign.per_person_limit
    if limit is None:
        return []
    return [
        (
            _("How many may I have?"),
            ngettext("%(num)d for each person.", "%(num)d for each person.", limit),
        )
    ]


def _returning() -> Rule:
    return (
        _("May I return it?"),
        _("Within seven days of receiving it, as anything else bought here."),
    )

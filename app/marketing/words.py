"""Promotions in words: what one gives, and why one does not apply."""

from __future__ import annotations

from app.marketing.models import PromotionKind
from app.marketing.rules import Offer, Reason, Refusal, Terms
from app.platform.i18n import LazyText, current_locale, lazy_gettext, ngettext, pick
from app.platform.i18n import gettext as _
from app.platform.money import Money, format_money

KINDS: dict[PromotionKind, tuple[LazyText, LazyText]] = {
    PromotionKind.PERCENT: (
        lazy_gettext("Percentage"),
        lazy_gettext("So many per cent off the goods"),
    ),
    PromotionKind.FIXED: (
        lazy_gettext("Fixed amount"),
        lazy_gettext("So much off the goods together"),
    ),
    PromotionKind.SPEND_AND_SAVE: (
        lazy_gettext("Spend and save"),
        lazy_gettext("The more the goods come to, the more is taken off"),
    ),
    PromotionKind.BUY_AND_GET: (
        lazy_gettext("Buy and get"),
        lazy_gettext("Of so many, the cheapest for less"),
    ),
    PromotionKind.FREE_SHIPPING: (
        lazy_gettext("Free delivery"),
        lazy_gettext("Delivery of your goods is free"),
    ),
}


def name_of(offer: Offer) -> str:
    return pick(offer.name)


def gift(kind: PromotionKind, terms: Terms, currency: str) -> str:
    """`20 % off, at most ¥100`: what it gives, in one line."""

    def money(minor: int) -> str:
        return format_money(Money(minor, currency), current_locale())

    if kind is PromotionKind.PERCENT:
        percent = f"{terms.percent.normalize():f}"
        if terms.most is not None:
            most = money(terms.most)
            return _("%(percent)s %% off, at most %(most)s", percent=percent, most=most)
        return _("%(percent)s %% off", percent=percent)
    if kind is PromotionKind.FIXED:
        return _("%(amount)s off", amount=money(terms.amount))
    if kind is PromotionKind.SPEND_AND_SAVE:
        steps = (
            _("%(off)s off from %(reached)s", off=money(off), reached=money(reached))
            for reached, off in terms.tiers
        )
        return _("; ").join(steps)
    if kind is PromotionKind.BUY_AND_GET:
        return _buy_and_get(terms)
    return _("Free delivery")


def why_not(refusal: Refusal) -> str:
    """The reason an offer takes nothing off, as it is told to whoever entered its code."""
    if refusal.reason is Reason.TOO_LITTLE and refusal.missing is not None:
        return _(
            "Applies with %(missing)s more of the goods it is for.",
            missing=format_money(refusal.missing, current_locale()),
        )
    return str(_REASONS[refusal.reason])


def _buy_and_get(terms: Terms) -> str:
    together = terms.buy + terms.get
    if terms.percent == 100:  # noqa: PLR2004  (all of the price)
        return ngettext(
            "Of %(together)d, the cheapest is free",
            "Of %(together)d, the %(num)d cheapest are free",
            terms.get,
            together=together,
        )
    return ngettext(
        "Of %(together)d, the cheapest is %(percent)s %% cheaper",
        "Of %(together)d, the %(num)d cheapest are %(percent)s %% cheaper",
        terms.get,
        together=together,
        percent=f"{terms.percent.normalize():f}",
    )


_REASONS: dict[Reason, LazyText] = {
    Reason.NOT_YET: lazy_gettext("This offer has not begun yet."),
    Reason.OVER: lazy_gettext("This offer is over."),
    Reason.USED_UP: lazy_gettext("This offer is used up."),
    Reason.USED_BY_YOU: lazy_gettext("You have used this offer already."),
    Reason.NOT_THESE: lazy_gettext("This offer is not for what is in your bag."),
    Reason.TOO_LITTLE: lazy_gettext("What is in your bag is not enough for this offer yet."),
    Reason.TOO_FEW: lazy_gettext("What is in your bag is too little for this offer yet."),
    Reason.NOTHING_LEFT: lazy_gettext("Nothing is left to be taken off: it is free already."),
    Reason.OTHER_IS_BETTER: lazy_gettext(
        "Another offer takes more off, and the two do not combine. You have the better one."
    ),
}

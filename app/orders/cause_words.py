"""Why an order, or part of it, does not go on: one sentence for its page and for its mails."""

from __future__ import annotations

from collections.abc import Mapping

from app.platform.i18n import LazyText, lazy_gettext

CAUSES: Mapping[str, LazyText] = {
    "unpaid": lazy_gettext("It was not paid in time."),
    "buyer": lazy_gettext("You cancelled it."),
    "staff": lazy_gettext("The shop cancelled it."),
    "goods_gone": lazy_gettext(
        "The goods had gone to somebody else. Every payment goes back whole."
    ),
    "campaign_failed": lazy_gettext("Too few joined the presale, so it does not take place."),
    "campaign_cancelled": lazy_gettext("The shop has given the presale up."),
    "balance_unpaid": lazy_gettext("The balance was not paid in time."),
    "delay_refused": lazy_gettext("You did not want to wait for the later days."),
    "threshold_refused": lazy_gettext("You did not want it with fewer than were needed."),
    "short_supplied": lazy_gettext("Fewer arrived than were joined."),
}
"""By the word that the deciding command gave."""


def cause_sentence(cause: object) -> str:
    """The sentence for a cause; empty for one that has none."""
    known = CAUSES.get(str(cause))
    return str(known) if known is not None else ""

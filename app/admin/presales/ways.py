"""The four ways out of a missed threshold, each with what it does, ready to be chosen from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from app.admin.presales.messages import drafted
from app.admin.queries.presales.campaign import CampaignSheet
from app.admin.queries.presales.playbook import Effect
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.money import Money, format_money
from app.platform.web.formats import babel_locale, full_moment
from app.presale.models import Decision
from app.presale.rules import promise, threshold
from app.presale.rules.threshold import EXTEND_AT_LEAST, EXTEND_AT_MOST

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Facts:
    """What the ways are computed from. `until` is the latest close an extension may have."""

    sheet: CampaignSheet
    effect: Effect
    now: datetime

    @property
    def until(self) -> datetime:
        return self.sheet.campaign.closes_at + EXTEND_AT_MOST

    @property
    def missing(self) -> int:
        return threshold.missing(
            quantity=self.sheet.units,
            tolerance=self.sheet.tolerance,
            threshold=self.sheet.campaign.threshold,
        )

    @property
    def may_extend(self) -> bool:
        campaign = self.sheet.campaign
        return self.until > self.now and threshold.may_extend(
            quantity=self.sheet.units,
            threshold=campaign.threshold or 1,
            was_extended=campaign.extended_at is not None,
            closes_at=campaign.closes_at,
            until=self.until,
        )


@dataclass(frozen=True, slots=True)
class Way:
    """`sums` are rows of `ui.sums`, `refused` says why it cannot be chosen, `messages` are drafts
    by language.
    """

    decision: Decision
    title: str
    text: str
    sums: list[Row]
    button: str
    messages: dict[str, str]
    refused: str = ""


def ways(facts: Facts) -> list[Way]:
    """Extend, make it all the same, pay back, ask."""
    makers: dict[Decision, Callable[[Facts], Way]] = {
        Decision.EXTEND: _extend,
        Decision.RUN: _run,
        Decision.REFUND: _refund,
        Decision.ASK: _ask,
    }
    return [make(facts) for make in makers.values()]


def seen(facts: Facts) -> str:
    """What somebody saw when they chose; another value means that things have moved."""
    return f"{facts.sheet.units}-{facts.effect.people}-{facts.effect.refund.minor}"


def _extend(facts: Facts) -> Way:
    effect, nothing = facts.effect, Money.zero(facts.effect.goods.currency)
    refused = ""
    if facts.sheet.campaign.extended_at is not None:
        refused = _("It was extended already; that is possible once.")
    elif not facts.may_extend:
        refused = _(
            "Possible from %(share)s %% of the threshold on, within seven days of the close.",
            share=round(EXTEND_AT_LEAST * 100),
        )
    return Way(
        Decision.EXTEND,
        _("Extend it"),
        ngettext(
            "The window opens again for at most seven days; %(num)d unit is missing.",
            "The window opens again for at most seven days; %(num)d units are missing.",
            facts.missing,
        ),
        [
            _row(_("Stays with the shop"), effect.refund),
            _row(_("Paid back now"), nothing),
            _row(_("Commission"), effect.commission, _("stays frozen")),
            _row(_("Latest new close"), full_moment(facts.until)),
        ],
        _("Extend it"),
        drafted(Decision.EXTEND, facts.sheet, missing=facts.missing, until=facts.until),
        refused,
    )


def _run(facts: Facts) -> Way:
    effect = facts.effect
    units = ngettext("%(num)d unit", "%(num)d units", facts.sheet.units)
    return Way(
        Decision.RUN,
        _("Make it all the same"),
        _("You make %(units)s for those who joined, at the price they accepted.", units=units),
        [
            _row(_("Stays with the shop"), effect.refund),
            _row(_("Balances still to come"), effect.balances),
            _row(_("Paid back"), Money.zero(effect.goods.currency)),
            _row(_("Commission"), effect.commission, _("stays, and grows with the balances")),
            _row(_("In all"), effect.refund + effect.balances, total=True),
        ],
        _("Make %(units)s", units=units),
        drafted(Decision.RUN, facts.sheet, missing=facts.missing, until=facts.until),
    )


def _refund(facts: Facts) -> Way:
    effect = facts.effect
    people = ngettext("%(num)d person", "%(num)d people", effect.people)
    return Way(
        Decision.REFUND,
        _("Pay everybody back"),
        _("It does not take place. Everybody gets all of it back, the way they paid."),
        [
            _row(_("For goods"), -effect.goods),
            _row(_("Delivery"), -effect.delivery),
            _row(_("Commission taken back"), -effect.commission),
            _row(_("Paid back in all"), -effect.refund, people, total=True),
        ],
        _("Pay %(amount)s back to %(people)s", amount=_words(effect.refund), people=people),
        drafted(Decision.REFUND, facts.sheet, missing=facts.missing, until=facts.until),
    )


def _ask(facts: Facts) -> Way:
    effect, until = facts.effect, promise.answer_until(facts.now)
    people = ngettext("%(num)d person", "%(num)d people", effect.people)
    return Way(
        Decision.ASK,
        _("Ask the buyers"),
        _(
            "Each keeps their place or takes the money, with one tap until %(moment)s. Who does "
            "not answer is paid back; it is made for those who stay.",
            moment=full_moment(until),
        ),
        [
            _row(_("If all stay: stays with the shop"), effect.refund),
            _row(_("If all stay: balances still to come"), effect.balances),
            _row(_("If nobody answers: paid back"), -effect.refund),
            _row(_("If nobody answers: commission taken back"), -effect.commission),
        ],
        _("Ask %(people)s", people=people),
        drafted(Decision.ASK, facts.sheet, missing=facts.missing, until=until),
    )


def _row(label: str, amount: Money | str, note: str | None = None, *, total: bool = False) -> Row:
    return {"label": label, "amount": amount, "note": note, "total": total}


def _words(amount: Money) -> str:
    return format_money(amount, babel_locale())

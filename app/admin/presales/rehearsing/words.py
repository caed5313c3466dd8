"""What the ways a rehearsal can go, its progress and its people's doings are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from app.admin.presales.words import DECISIONS, STAGES
from app.catalog.queries.variants import option_label
from app.platform.i18n import LazyText, lazy_gettext, ngettext, pick
from app.platform.i18n import gettext as _
from app.presale.models import Answer, Decision, Stage
from app.rehearsal.rules import Outcome

Facts = Mapping[str, Any]

OUTCOMES: Mapping[Outcome, tuple[LazyText, LazyText]] = {
    Outcome.MET: (
        lazy_gettext("Enough join"),
        lazy_gettext("Played to the last parcel, with a delay, a shortage and an unpaid balance."),
    ),
    Outcome.DEFAULT: (
        lazy_gettext("Too few join, and nobody decides"),
        lazy_gettext("What was fixed for that case happens by itself."),
    ),
    Outcome.EXTEND: (
        lazy_gettext("Too few join, and you extend it"),
        lazy_gettext("A week longer, in which the others come."),
    ),
    Outcome.RUN: (
        lazy_gettext("Too few join, and you make it all the same"),
        lazy_gettext("It goes on as if enough had joined."),
    ),
    Outcome.REFUND: (
        lazy_gettext("Too few join, and you pay everybody back"),
        lazy_gettext("Ends with the last refund."),
    ),
    Outcome.ASK: (
        lazy_gettext("Too few join, and you ask the buyers"),
        lazy_gettext("One wants the money back, one does not answer, the rest stay."),
    ),
}
PROGRESS: Mapping[str, LazyText] = {
    "": lazy_gettext("Waiting for a worker"),
    "opening": lazy_gettext("Copying the presale"),
    "joining": lazy_gettext("Invented buyers join"),
    "closing": lazy_gettext("It closes"),
    "making": lazy_gettext("The goods are made"),
    "collecting": lazy_gettext("Balances are collected"),
    "handing_on": lazy_gettext("Parcels are packed and sent"),
    "writing_down": lazy_gettext("Writing everything down"),
}
ANSWERS: Mapping[Answer, LazyText] = {
    Answer.KEEP: lazy_gettext("I wait"),
    Answer.REFUND: lazy_gettext("I want my money back"),
}


def said(word: str, facts: Facts, skus: Mapping[str, Any]) -> tuple[str, str]:
    """(what somebody does, the details) of a note in the book of a rehearsal."""
    return _NOTES[word](facts, skus)


def _plain(
    say: Callable[[], str], detail: Callable[[Facts], str] = lambda _facts: ""
) -> Callable[[Facts, Mapping[str, Any]], tuple[str, str]]:
    return lambda facts, _skus: (say(), detail(facts))


def _units(facts: Facts) -> str:
    return ngettext("%(num)d unit", "%(num)d units", facts["units"])


def _counts(facts: Facts, skus: Mapping[str, Any]) -> tuple[str, str]:
    sku = skus[str(facts["sku"])]
    name = " ".join(filter(None, (sku["sku"], option_label(sku["options"]))))
    what = _("%(stage)s: %(name)s", stage=STAGES[Stage(facts["stage"])], name=name)
    return what, _units(facts)


_NOTES: Mapping[str, Callable[[Facts, Mapping[str, Any]], tuple[str, str]]] = {
    "lowers_threshold": _plain(
        lambda: _("Fewer are needed in the rehearsal"),
        lambda facts: _(
            "%(played)s instead of %(real)s, so that it is over within a minute.",
            played=facts["played"],
            real=facts["real"],
        ),
    ),
    "never_pays": _plain(lambda: _("Orders and never pays")),
    "pays_twice": _plain(
        lambda: _("Pays once more"), lambda _facts: _("The first payment was refused.")
    ),
    "pays_late": _plain(
        lambda: _("Pays two hours late"), lambda _facts: _("The order was closed long ago.")
    ),
    "waits": _plain(lambda: _("Finds no place and waits for one"), _units),
    "takes_offer": _plain(lambda: _("Is offered a place and takes it"), _units),
    "is_interested": _plain(lambda: _("Would buy"), _units),
    "leaves": _plain(lambda: _("Changes their mind and leaves")),
    "is_let_go": _plain(lambda: _("The shop lets them go")),
    "refused": _plain(lambda: _("Is refused"), lambda facts: pick(facts["said"])),
    "answers": _plain(lambda: _("Answers"), lambda facts: str(ANSWERS[Answer(facts["answer"])])),
    "owes": _plain(lambda: _("Will not pay the balance")),
    "decides": _plain(
        lambda: _("You decide"), lambda facts: str(DECISIONS[Decision(facts["decision"])])
    ),
    "is_late": _plain(
        lambda: _("You promise later days"),
        lambda facts: ngettext("%(num)d day later", "%(num)d days later", facts["days"]),
    ),
    "counts": _counts,
    "shares_out": _plain(lambda: _("You share out what there is")),
    "prints_sheets": _plain(lambda: _("You print the sheets")),
}

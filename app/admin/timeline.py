"""The timeline of an order in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.admin.words import gateway_name
from app.fulfilment.carriers.companies import company_name
from app.orders.models import OrderEvent
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.money import Money, format_money
from app.platform.web.formats import babel_locale

Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line; `tone` is past or failed, `kind` tells notes from what happened."""

    kind: str
    label: str
    detail: str
    who: str
    at: datetime
    tone: str
    is_public: bool


def moments(events: Sequence[OrderEvent], currency: str, *, shows_money: bool) -> list[Moment]:
    """Newest first."""
    return [_moment(each, currency, shows_money=shows_money) for each in reversed(events)]


def said(kind: str, facts: Facts, currency: str) -> tuple[str, str]:
    """(what happened, the details) of one line of a timeline."""
    write = _WORDS.get(kind)
    if write is None:
        return kind.replace("_", " ").capitalize(), ""
    return write({**facts, "currency": currency})


def has_failed(kind: str) -> bool:
    """Whether a line tells of something that went wrong."""
    return kind in _FAILED


def _moment(event: OrderEvent, currency: str, *, shows_money: bool) -> Moment:
    label, detail = said(event.kind, event.facts, currency)
    amount_is_of_all = event.kind == "paid" and not shows_money
    return Moment(
        kind=event.kind,
        label=label,
        detail="" if amount_is_of_all else detail,
        who=event.actor_name if event.actor_kind == "staff" else "",
        at=event.at,
        tone="failed" if has_failed(event.kind) else "past",
        is_public=event.public,
    )


def _amount(facts: Facts, name: str = "amount") -> str:
    minor = facts.get(name)
    if not isinstance(minor, int):
        return ""
    return format_money(Money(minor, str(facts["currency"])), babel_locale())


def _paid(facts: Facts) -> tuple[str, str]:
    return _("Paid"), " · ".join((_amount(facts), gateway_name(str(facts.get("gateway", "")))))


def _started(facts: Facts) -> tuple[str, str]:
    return _("Payment begun"), gateway_name(str(facts.get("gateway", "")))


def _questioned(facts: Facts) -> tuple[str, str]:
    detail = _(
        "%(received)s came, %(asked)s was asked for.",
        received=_amount(facts),
        asked=_amount(facts, "asked"),
    )
    return _("Payment in question"), detail


def _returned(facts: Facts) -> tuple[str, str]:
    why = {
        "late": _("it came too late"),
        "duplicate": _("it was paid already"),
        "wrong_amount": _("it was not the amount asked for"),
    }.get(str(facts.get("cause")), "")
    return _("Payment goes back"), " · ".join(filter(None, (_amount(facts), why)))


def _cancelled(facts: Facts) -> tuple[str, str]:
    why = {
        "unpaid": _("not paid in time"),
        "buyer": _("by the buyer"),
        "staff": _("by the shop"),
        "goods_gone": _("the goods were gone"),
        "balance_unpaid": _("the balance was not paid"),
        "campaign_failed": _("the presale does not take place"),
        "campaign_cancelled": _("the presale was given up"),
        "short_supplied": _("too few were made"),
    }
    return _("Cancelled"), why.get(str(facts.get("cause")), "")


def _balance_paid(facts: Facts) -> tuple[str, str]:
    return _("Balance paid"), " · ".join((_amount(facts), gateway_name(str(facts["gateway"]))))


def _forfeited(facts: Facts) -> tuple[str, str]:
    return _("Given up; what was paid stays with the shop"), _amount(facts)


def _refund_decided(facts: Facts) -> tuple[str, str]:
    units = facts.get("units")
    taken_off = (
        ngettext("%(num)d piece taken off", "%(num)d pieces taken off", units)
        if isinstance(units, int) and units
        else ""
    )
    parts = (_amount(facts), taken_off, str(facts.get("note") or ""))
    return _("Refund decided"), " · ".join(filter(None, parts))


def _shipped(facts: Facts) -> tuple[str, str]:
    return _("Shipped"), _parcel(facts)


def _parcel(facts: Facts) -> str:
    return f"{company_name(str(facts.get('carrier', '')))} {facts.get('number', '')}".strip()


def _plain(
    say: Callable[[], str], detail: Callable[[Facts], str]
) -> Callable[[Facts], tuple[str, str]]:
    return lambda facts: (say(), detail(facts))


def _nothing(_facts: Facts) -> str:
    return ""


def _text(facts: Facts) -> str:
    return str(facts.get("text", ""))


def _exchanged(facts: Facts) -> str:
    return f"{facts.get('before', '')} → {facts.get('after', '')}"


_FAILED = frozenset({"payment_failed", "payment_questioned", "refund_failed", "parcel_problem"})
_WORDS: dict[str, Callable[[Facts], tuple[str, str]]] = {
    "placed": _plain(lambda: _("Placed"), _nothing),
    "payment_started": _started,
    "paid": _paid,
    "payment_failed": _plain(lambda: _("Payment refused"), _nothing),
    "payment_closed": _plain(lambda: _("Payment closed unpaid"), _nothing),
    "payment_questioned": _questioned,
    "payment_returned": _returned,
    "proof_sent": _plain(lambda: _("Proof of the transfer sent"), _nothing),
    "reopened": _plain(lambda: _("Opened again: the money came late"), _nothing),
    "cancelled": _cancelled,
    "refund_decided": _refund_decided,
    "refunded": _plain(lambda: _("Paid back"), _amount),
    "refund_failed": _plain(lambda: _("Refund did not go through"), _amount),
    "refund_again": _plain(lambda: _("Refund sent again"), _amount),
    "balance_asked": _plain(lambda: _("Balance asked for"), _amount),
    "balance_extended": _plain(lambda: _("More time for the balance"), _nothing),
    "balance_paid": _balance_paid,
    "balance_waived": _plain(lambda: _("Balance waived"), _amount),
    "forfeited": _forfeited,
    "address_changed": _plain(lambda: _("The buyer changed the address"), _nothing),
    "exchanged": _plain(lambda: _("Exchanged for another variant"), _exchanged),
    "cancel_requested": _plain(lambda: _("Wants to leave the presale"), _nothing),
    "cancel_refused": _plain(lambda: _("Stays in the presale"), _nothing),
    "ready_for_pickup": _plain(lambda: _("Ready in the store"), _nothing),
    "picked_up": _plain(lambda: _("Collected"), _nothing),
    "shipped": _shipped,
    "out_for_delivery": _plain(lambda: _("Out for delivery"), _parcel),
    "delivered": _plain(lambda: _("Delivered"), _parcel),
    "parcel_problem": _plain(lambda: _("Trouble with a parcel"), _parcel),
    "link_sent": _plain(lambda: _("Link sent to the buyer"), _nothing),
    "note": _plain(lambda: _("Note of the team"), _text),
    "shop_note": _plain(lambda: _("Written to the buyer"), _text),
}

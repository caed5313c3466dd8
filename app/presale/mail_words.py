"""The words of each mail about a presale: one home for text and HTML alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select

from app.orders.mail_words import Words
from app.orders.queries import OrderView
from app.orders.supply import STOCK
from app.platform.db import db
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext, pick
from app.presale import substitute_words
from app.presale.mail_phrases import amount_of, moment, sent_between, silence
from app.presale.models import Campaign, CampaignEvent, Participation, PromiseVersion
from app.presale.queries.pages import CampaignView
from app.presale.queries.participations import Joined
from app.presale.queries.waiting import Waiting
from app.presale.rules.more_time import BY_RULE


def joined(view: OrderView, all_joined: Sequence[Joined]) -> Words:
    """Paid, in, with a number, and everything that is still to come."""
    said = [_("%(amount)s has arrived.", amount=amount_of(view, view.captured.minor))]
    for one in all_joined:
        said.append(_place(one))
        if one.campaign.threshold is not None:
            said.append(_below(one.campaign))
    if view.balance:
        said.append(
            _(
                "The balance of %(amount)s is asked for when the goods are here; we write to you "
                "then.",
                amount=amount_of(view, view.balance.minor),
            )
        )
    if any(line.supply == STOCK for line in view.lines):
        said.append(_("What is there already is sent as you chose."))
    numbers = _(", ").join(str(one.participation.number) for one in all_joined)
    return Words(
        _("You are in: number %(number)s (order %(code)s)", number=numbers, code=view.order.code),
        _("You are in"),
        tuple(said),
        _("See the order"),
    )


def registered(view: CampaignView, person: Participation) -> Words:
    return Words(
        _("Registered: %(title)s", title=view.title),
        _("You are number %(number)d.", number=person.number or 0),
        (_("We write to you when it goes on sale. Nothing is paid and nothing is bought."),),
        _("See the presale"),
    )


def balance(view: OrderView, one: Joined, kind: str) -> Words | None:
    """The balance can be paid, or has been; None when it is not owed any more."""
    title = pick(one.campaign.title)
    due = one.balance
    if due is None:
        return None
    amount = amount_of(view, due.amount)
    if kind == "balance_paid":
        return Words(
            _("The balance of order %(code)s is paid", code=view.order.code),
            _("Everything is paid"),
            (
                _("%(amount)s for “%(title)s” has arrived.", amount=amount, title=title),
                sent_between(one.campaign),
            ),
            _("See the order"),
        )
    if not due.is_open:
        return None
    until = moment(due.closes_at)
    return Words(
        _("Please pay the balance of %(amount)s by %(until)s", amount=amount, until=until),
        _("The goods are here"),
        (
            _(
                "“%(title)s” has arrived and was checked. Please pay the balance of %(amount)s by "
                "%(until)s.",
                title=title,
                amount=amount,
                until=until,
            ),
        ),
        _("Pay the balance of %(amount)s", amount=amount),
    )


def notice(view: OrderView, one: Joined, word: str, key: str) -> Words | None:
    """What is said to somebody with an order; None for a word that nothing is said of."""
    write = _NOTICES.get(word)
    return write(view, one, key) if write is not None else None


def notice_to_registered(view: CampaignView, word: str, key: str) -> Words | None:
    """What is said to somebody who registered interest."""
    if word == "update":
        return _news(view.title, key, _("See the presale"))
    if word != "succeeded":
        return None
    return Words(
        _("Enough have registered: %(title)s", title=view.title),
        _("Enough have registered"),
        (_("It will be put on sale. The shop writes how and when on the page."),),
        _("See the presale"),
    )


def place(waits: Waiting, kind: str) -> Words:
    """A place on a waiting list: made, offered, or passed on."""
    title = waits.title
    if kind == "place_offered":
        until = moment(waits.entry.offered_until) if waits.entry.offered_until else ""
        return Words(
            _("A place is yours until %(until)s: %(title)s", until=until, title=title),
            _("A place is yours"),
            (_("Join until %(moment)s. Afterwards it goes to the next person.", moment=until),),
            _("Take the place"),
        )
    if kind == "place_lost" and waits.is_given_up:
        return Words(
            _("It does not take place: %(title)s", title=title),
            _("It does not take place"),
            (_("You have paid nothing, and nothing is kept for you."),),
            _("See my place"),
        )
    if kind == "place_lost":
        return Words(
            _("Your place has passed on: %(title)s", title=title),
            _("The offer has passed on"),
            (_("You may wait again, behind everybody who waits now."),),
            _("See my place"),
        )
    return Words(
        _("Your place on the list: %(title)s", title=title),
        _("You take part in the draw") if waits.campaign.is_draw else _("You are on the list"),
        (_("The link below shows your place and lets you take it back at any time."),),
        _("See my place"),
    )


def _succeeded(_view: OrderView, one: Joined, _key: str) -> Words:
    return Words(
        _("It takes place: %(title)s", title=pick(one.campaign.title)),
        _("It takes place"),
        (_("Enough have joined."), sent_between(one.campaign)),
        _("See the order"),
    )


def _extended(_view: OrderView, one: Joined, _key: str) -> Words:
    return Words(
        _("A little more time: %(title)s", title=pick(one.campaign.title)),
        _("The presale goes on a little longer"),
        (
            _(
                "Not enough have joined yet, so it now closes %(moment)s, once and for all. You "
                "need to do nothing.",
                moment=moment(one.campaign.closes_at),
            ),
        ),
        _("See the order"),
    )


def _in_production(_view: OrderView, one: Joined, _key: str) -> Words:
    return Words(
        _("Being made: %(title)s", title=pick(one.campaign.title)),
        _("It is being made"),
        (sent_between(one.campaign),),
        _("See the order"),
    )


def _reminder(view: OrderView, one: Joined, _key: str) -> Words | None:
    if one.balance is None or not one.balance.is_open:
        return None
    amount, until = amount_of(view, one.balance.amount), moment(one.balance.closes_at)
    return Words(
        _("The balance is still open: %(amount)s by %(until)s", amount=amount, until=until),
        _("The balance is still open"),
        (
            _(
                "Please pay the balance of %(amount)s for “%(title)s” by %(until)s.",
                amount=amount,
                title=pick(one.campaign.title),
                until=until,
            ),
        ),
        _("Pay the balance of %(amount)s", amount=amount),
    )


def _balance_extended(view: OrderView, one: Joined, key: str) -> Words | None:
    """By the rule fixed at publish, which gives it once, or by hand."""
    if one.balance is None or not one.balance.is_open:
        return None
    amount, until = amount_of(view, one.balance.amount), moment(one.balance.closes_at)
    return Words(
        _("More time for the balance: until %(until)s", until=until),
        _("More time for the balance"),
        (
            _("You may pay the balance of %(amount)s until %(until)s.", amount=amount, until=until),
            *([_("There is no third time.")] if key == BY_RULE else []),
        ),
        _("Pay the balance of %(amount)s", amount=amount),
    )


def _asked(_view: OrderView, one: Joined, _key: str) -> Words:
    return Words(
        _("Please answer: %(title)s", title=pick(one.campaign.title)),
        _("Fewer have joined than were needed"),
        (
            _("Shall we make it all the same, or do you want your money back?"),
            *silence(one),
        ),
        _("Answer with one tap"),
    )


def _promise_changed(_view: OrderView, one: Joined, key: str) -> Words:
    reason = db.session.scalar(
        select(PromiseVersion.reason).where(
            PromiseVersion.campaign_id == one.campaign.id,
            PromiseVersion.version == (int(key) if key.isdecimal() else 0),
        )
    )
    asks = one.question is not None
    return Words(
        _("Other days: %(title)s", title=pick(one.campaign.title)),
        _("The promised days have changed"),
        (
            sent_between(one.campaign),
            *([pick(reason)] if reason else []),
            *([_("Do you keep waiting, or do you want your money back?")] if asks else []),
            *silence(one),
        ),
        _("Answer with one tap") if asks else _("See the order"),
    )


def _update(_view: OrderView, one: Joined, key: str) -> Words:
    return _news(pick(one.campaign.title), key, _("See the order"))


def _news(title: str, key: str, button: str) -> Words:
    """What the seller wrote, which is the event of this number."""
    event = db.session.get(CampaignEvent, int(key)) if key.isdecimal() else None
    text = event.facts.get("text") if event is not None else None
    return Words(
        _("News of “%(title)s”", title=title),
        _("News from the seller"),
        (pick(text) if isinstance(text, dict) else "",),
        button,
    )


def _leave_refused(_view: OrderView, one: Joined, _key: str) -> Words:
    return Words(
        _("About your wish to leave: %(title)s", title=pick(one.campaign.title)),
        _("The shop keeps your place"),
        (_("Everything stays as it was. Write to us if you want to talk about it."),),
        _("See the order"),
    )


_NOTICES: Mapping[str, Callable[[OrderView, Joined, str], Words | None]] = {
    "succeeded": _succeeded,
    "extended": _extended,
    "in_production": _in_production,
    "balance_reminder": _reminder,
    "balance_extended": _balance_extended,
    "asked": _asked,
    "promise_changed": _promise_changed,
    "update": _update,
    "substitute": substitute_words.offered,
    "leave_refused": _leave_refused,
}


def _place(one: Joined) -> str:
    return _(
        "“%(title)s”: you are number %(number)d. %(promise)s",
        title=pick(one.campaign.title),
        number=one.participation.number or 0,
        promise=sent_between(one.campaign),
    )


def _below(campaign: Campaign) -> str:
    return ngettext(
        "If fewer than %(num)d join by %(moment)s, we write to you what follows.",
        "If fewer than %(num)d join by %(moment)s, we write to you what follows.",
        campaign.threshold or 0,
        moment=moment(campaign.closes_at),
    )

"""What presales write to those who joined or wait, in their language; each occasion once.

Its words are in `mail_words`. Orders with something of a presale in them are written about from
here when they are paid: one mail says the payment, the number, the promise and what is to come.
"""

from __future__ import annotations

from app.notifications import commands as notifications
from app.orders import mails as orders
from app.orders.events import BalanceAsked, BalancePaid, OrderPaid
from app.orders.mail_words import Words
from app.orders.queries import for_mail
from app.platform import clock
from app.platform.db import db
from app.platform.facts import on
from app.platform.i18n import gettext as _
from app.platform.i18n import speaking
from app.platform.rendering import public_url, render
from app.presale import mail_words, reminder_words
from app.presale.events import (
    JoinConfirmed,
    Notice,
    PlaceLost,
    PlaceOffered,
    ReminderAsked,
    ReminderDue,
    WishMade,
)
from app.presale.models import Participation, WaitingState
from app.presale.queries import pages, participations, reminders, waiting
from app.presale.queries.participations import Joined


def write_joined(fact: OrderPaid) -> None:
    """Of an order that has something of a presale in it; of others orders write themselves."""
    joined = participations.of_order(fact.order_id)
    if not joined:
        return
    view = for_mail(fact.order_id)
    with speaking(view.order.locale):
        words = mail_words.joined(view, joined)
        orders.send(view, words, kind="presale.joined", event=f"orders.paid:{fact.order_id}")


def write_registered(fact: JoinConfirmed) -> None:
    """To who registered interest; who paid is written to with their payment."""
    person = db.session.get_one(Participation, fact.participation_id)
    if person.order_id is not None:
        return
    view = pages.by_id(person.campaign_id, now=clock.now())
    with speaking(person.locale):
        words = mail_words.registered(view, person)
        _send(
            words, kind="presale.registered", event=f"presale.registered:{person.id}",
            recipient=person.email, locale=person.locale, path=view.path,
        )  # fmt: skip


def write_balance_asked(fact: BalanceAsked) -> None:
    _about_balance(fact, "balance_asked")


def write_balance_paid(fact: BalancePaid) -> None:
    _about_balance(fact, "balance_paid")


def write_notice(fact: Notice) -> None:
    """What the clock or the shop has to say to everybody who is in, or to one of them."""
    person = db.session.get_one(Participation, fact.participation_id)
    event = f"presale.{fact.word}:{person.id}:{fact.key}"
    if person.order_id is None:
        _to_registered(person, fact, event)
        return
    joined = _joined(person.order_id, person.campaign_id)
    view = for_mail(person.order_id)
    with speaking(view.order.locale):
        words = mail_words.notice(view, joined, fact.word, fact.key)
        if words is not None:
            orders.send(view, words, kind=f"presale.{fact.word}", event=event)


def write_wish(fact: WishMade) -> None:
    """The link to one's own place; at most one mail in ten minutes, none beside an offer."""
    place = waiting.by_id(fact.entry_id, now=clock.now())
    if place.entry.state != WaitingState.WAITING:
        return
    window = f"{fact.at:%Y%m%dT%H}{fact.at.minute // 10}"
    _about_place("wish_made", fact.entry_id, f"presale.wish_made:{fact.entry_id}:{window}")


def write_place_offered(fact: PlaceOffered) -> None:
    event = f"presale.place_offered:{fact.entry_id}:{fact.at.isoformat()}"
    _about_place("place_offered", fact.entry_id, event)


def write_place_lost(fact: PlaceLost) -> None:
    event = f"presale.place_lost:{fact.entry_id}:{fact.at.isoformat()}"
    _about_place("place_lost", fact.entry_id, event)


def write_reminder_asked(fact: ReminderAsked) -> None:
    """Whether it was meant; at most one mail in ten minutes, however often it is asked."""
    reminder = reminders.by_id(fact.reminder_id)
    if reminder is None or reminder.row.confirmed_at is not None:
        return
    window = f"{fact.at:%Y%m%dT%H}{fact.at.minute // 10}"
    with speaking(reminder.row.locale):
        _send(
            reminder_words.asked(reminder), kind="presale.reminder_asked",
            event=f"presale.reminder_asked:{fact.reminder_id}:{window}",
            recipient=reminder.row.email, locale=reminder.row.locale, path=reminder.path,
        )  # fmt: skip


def write_reminder_due(fact: ReminderDue) -> None:
    """An address has one mail of a campaign's opening and one of its close, however often it was
    left.
    """
    reminder = reminders.by_id(fact.reminder_id)
    if reminder is None:
        return
    view = pages.by_id(fact.campaign_id, now=clock.now())
    with speaking(reminder.row.locale):
        _send(
            reminder_words.due(view, reminder.occasion), kind="presale.reminder_due",
            event=f"presale.reminder_due:{fact.campaign_id}:{reminder.occasion}",
            recipient=reminder.row.email, locale=reminder.row.locale, path=view.path,
        )  # fmt: skip


def _about_balance(fact: BalanceAsked | BalancePaid, kind: str) -> None:
    joined = participations.of_order(fact.order_id)
    own = next((one for one in joined if one.campaign.subject == fact.subject), None)
    if own is None:
        return
    view = for_mail(fact.order_id)
    with speaking(view.order.locale):
        words = mail_words.balance(view, own, kind)
        event = f"presale.{kind}:{fact.order_id}:{fact.subject}"
        if words is not None:
            orders.send(view, words, kind=f"presale.{kind}", event=event)


def _about_place(kind: str, entry_id: int, event: str) -> None:
    place = waiting.by_id(entry_id, now=clock.now())
    entry = place.entry
    with speaking(entry.locale):
        words = mail_words.place(place, kind)
        _send(
            words, kind=f"presale.{kind}", event=event, recipient=entry.email,
            locale=entry.locale, path=place.path,
        )  # fmt: skip


def _to_registered(person: Participation, fact: Notice, event: str) -> None:
    view = pages.by_id(person.campaign_id, now=clock.now())
    with speaking(person.locale):
        words = mail_words.notice_to_registered(view, fact.word, fact.key)
        if words is not None:
            _send(
                words, kind=f"presale.{fact.word}", event=event, recipient=person.email,
                locale=person.locale, path=view.path,
            )  # fmt: skip


def _joined(order_id: int, campaign_id: int) -> Joined:
    found = participations.of_order(order_id)
    return next(one for one in found if one.campaign.id == campaign_id)


def _send(words: Words, *, kind: str, event: str, recipient: str, locale: str, path: str) -> None:
    """A mail to somebody who has no order."""
    context = {
        "words": words,
        "subject": words.subject,
        "link": public_url(path),
        "why": _("You get this mail because you left your address for this presale."),
    }
    notifications.queue(
        kind=kind, event=event, recipient=recipient, locale=locale, subject=words.subject,
        text=render("presale/mail/letter.txt", **context),
        html=render("presale/mail/letter.html", **context), now=clock.now(),
    )  # fmt: skip


SUBSCRIPTIONS = (
    on(OrderPaid, write_joined),
    on(JoinConfirmed, write_registered),
    on(BalanceAsked, write_balance_asked),
    on(BalancePaid, write_balance_paid),
    on(Notice, write_notice),
    on(WishMade, write_wish),
    on(PlaceOffered, write_place_offered),
    on(PlaceLost, write_place_lost),
    on(ReminderAsked, write_reminder_asked),
    on(ReminderDue, write_reminder_due),
)

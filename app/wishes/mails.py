"""The two mails somebody gets who waits for something: was it meant, and it is there."""

from __future__ import annotations

from app.notifications import commands as notifications
from app.orders.mail_words import Words
from app.platform import clock
from app.platform.i18n import gettext as _
from app.platform.i18n import speaking
from app.platform.rendering import public_url, render
from app.wishes.events import AlertAsked, AlertDue
from app.wishes.queries import alerts
from app.wishes.queries.alerts import Alert


def write_asked(fact: AlertAsked) -> None:
    """Whether it was meant; at most one mail in ten minutes, however often it is asked."""
    alert = alerts.by_id(fact.alert_id, now=clock.now())
    if alert is None or alert.row.confirmed_at is not None:
        return
    window = f"{fact.at:%Y%m%dT%H}{fact.at.minute // 10}"
    with speaking(alert.row.locale):
        _send(alert, _asked(alert), "asked", f"wishes.asked:{alert.row.token}:{window}", alert.path)


def write_due(fact: AlertDue) -> None:
    """The one mail that was asked for."""
    alert = alerts.by_id(fact.alert_id, now=clock.now())
    if alert is None:
        return
    with speaking(alert.row.locale):
        title, path = alerts.title_and_path(fact.product_id)
        is_back = fact.product_id == alert.row.product_id
        words = _back(alert) if is_back else _similar(alert, title)
        event = f"wishes.due:{alert.row.token}:{fact.at.isoformat()}"
        _send(alert, words, "due", event, path)


def _asked(alert: Alert) -> Words:
    name = _name(alert)
    return Words(
        _("Shall we tell you? %(title)s", title=name),
        _("Shall we tell you?"),
        (
            _("Somebody left this address to be told when “%(title)s” can be bought.", title=name),
            _("If it was you, confirm it. If not, do nothing: the address is forgotten within "
              "seven days."),
        ),
        _("Yes, tell me"),
    )  # fmt: skip


def _back(alert: Alert) -> Words:
    name = _name(alert)
    return Words(
        _("It is back: %(title)s", title=name),
        _("What you waited for is back"),
        (
            _("“%(title)s” can be bought again. Others may have been told as well; whoever is "
              "first has it.", title=name),
            _once(),
        ),
        _("See it"),
    )  # fmt: skip


def _similar(alert: Alert, title: str) -> Words:
    return Words(
        _("Something like it: %(title)s", title=title),
        _("Something like what you waited for"),
        (
            _("“%(gone)s” is sold. “%(title)s” has arrived, and is alike in this: %(alike)s.",
              gone=alert.wanted.title, title=title, alike=alert.wanted.alike),
            _once(),
        ),
        _("See it"),
    )  # fmt: skip


def _once() -> str:
    return _("This was the one mail you asked for; your address is forgotten in thirty days.")


def _name(alert: Alert) -> str:
    return " · ".join(part for part in (alert.wanted.title, alert.wanted.choice) if part)


def _send(alert: Alert, words: Words, kind: str, event: str, path: str) -> None:
    forget = public_url(alert.path)
    context = {
        "words": words,
        "subject": words.subject,
        "link": public_url(path),
        "why": _("You get this mail because your address was left for this piece. Forget it: "
                 "%(link)s", link=forget),
    }  # fmt: skip
    notifications.queue(
        kind=f"wishes.{kind}", event=event, recipient=alert.row.email, locale=alert.row.locale,
        subject=words.subject, text=render("presale/mail/letter.txt", **context),
        html=render("presale/mail/letter.html", **context), now=clock.now(),
    )  # fmt: skip

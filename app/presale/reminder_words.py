"""The words of the two mails somebody gets who wants to be reminded of a campaign."""

from __future__ import annotations

from app.orders.mail_words import Words
from app.platform.i18n import gettext as _
from app.presale.mail_phrases import moment
from app.presale.models import ReminderOccasion
from app.presale.queries.pages import CampaignView
from app.presale.queries.reminders import Reminder


def asked(reminder: Reminder) -> Words:
    """The mail that asks whether an address was left on purpose."""
    if reminder.occasion is ReminderOccasion.CLOSING:
        wanted = _("Somebody left this address to be reminded before “%(title)s” closes.",
                   title=reminder.title)  # fmt: skip
    else:
        wanted = _("Somebody left this address to be told when “%(title)s” can be joined.",
                   title=reminder.title)  # fmt: skip
    return Words(
        _("Shall we remind you? %(title)s", title=reminder.title),
        _("Shall we remind you?"),
        (
            wanted,
            _("If it was you, confirm it. If not, do nothing: the address is forgotten within "
              "seven days."),
        ),
        _("Yes, remind me"),
    )  # fmt: skip


def due(view: CampaignView, occasion: ReminderOccasion) -> Words:
    """The one mail somebody asked for."""
    head, title = _("Open now: %(title)s", title=view.title), _("What you waited for is open")
    if occasion is ReminderOccasion.CLOSING:
        head = _("Closes soon: %(title)s", title=view.title)
        title = _("It closes within a day")
    return Words(
        head,
        title,
        (
            _("“%(title)s” can be joined until %(moment)s.", title=view.title,
              moment=moment(view.campaign.closes_at)),
            _("This was the one mail you asked for; your address is forgotten in thirty days."),
        ),
        _("See the presale"),
    )  # fmt: skip

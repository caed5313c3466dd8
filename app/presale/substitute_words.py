"""The words of the mail that offers another variant where too few came."""

from __future__ import annotations

from app.orders.mail_words import Words
from app.orders.queries import OrderView
from app.platform.i18n import gettext as _
from app.platform.i18n import pick
from app.presale.queries.participations import Joined


def offered(_view: OrderView, one: Joined, _key: str) -> Words:
    return Words(
        _("Would you take another? %(title)s", title=pick(one.campaign.title)),
        _("Too few have come"),
        (
            _(
                "Of what you chose fewer have come than were joined. Another variant is there: it "
                "costs the same, and it is exchanged only if you say yes on your order's page."
            ),
            _("Without an answer nothing changes: what came is shared as the rules say."),
        ),
        _("See what is offered"),
    )

"""What the screens of chat lists call things."""

from __future__ import annotations

from collections.abc import Mapping

from app.community.chat_list.reasons import Aside
from app.community.commands.lists import Confirmed
from app.community.queries.lists import Stand
from app.community.rules.proposals import Change
from app.platform.i18n import LazyText, lazy_gettext, ngettext
from app.platform.i18n import gettext as _

ASIDES: Mapping[Aside, LazyText] = {
    Aside.BLANK: lazy_gettext("blank"),
    Aside.DECORATION: lazy_gettext("decoration"),
    Aside.HEADER: lazy_gettext("heading"),
    Aside.EXAMPLE: lazy_gettext("example"),
    Aside.DEADLINE: lazy_gettext("deadline"),
    Aside.PRICE: lazy_gettext("price"),
    Aside.OPTIONS: lazy_gettext("what there is"),
    Aside.TOTAL: lazy_gettext("total"),
    Aside.LINK: lazy_gettext("link"),
    Aside.RULE: lazy_gettext("rule"),
    Aside.TIME: lazy_gettext("time"),
    Aside.CHATTER: lazy_gettext("talk"),
}
CHANGES: Mapping[Change, tuple[LazyText, str]] = {
    Change.NEW: (lazy_gettext("new line"), "info"),
    Change.CHANGED: (lazy_gettext("changed line"), "accent"),
    Change.CANCELLED: (lazy_gettext("called off"), "neutral"),
    Change.SAME: (lazy_gettext("as before"), "neutral"),
    Change.JOINED: (lazy_gettext("has joined"), "ok"),
    Change.TAKEN_OUT: (lazy_gettext("taken out by you"), "neutral"),
    Change.NOTHING: (lazy_gettext("called off"), "neutral"),
}
STANDS: Mapping[Stand, tuple[LazyText, str]] = {
    Stand.WAITING: (lazy_gettext("not joined yet"), "warn"),
    Stand.JOINED: (lazy_gettext("has joined"), "ok"),
    Stand.LEFT: (lazy_gettext("joined and left"), "neutral"),
    Stand.WITHDRAWN: (lazy_gettext("taken out"), "neutral"),
}


def done(result: Confirmed, *, left_out: int, left_over: int) -> str:
    """What a confirmation did, in one line; `left_over` lines had no room in the form."""
    if result.is_nothing and not left_over:
        return _("Nothing was changed by this list.")
    parts = [
        ngettext("%(num)d person added.", "%(num)d people added.", result.added)
        if result.added
        else "",
        ngettext("%(num)d line changed.", "%(num)d lines changed.", result.changed)
        if result.changed
        else "",
        ngettext("%(num)d line taken out.", "%(num)d lines taken out.", result.withdrawn)
        if result.withdrawn
        else "",
        ngettext("%(num)d line was left out.", "%(num)d lines were left out.", left_out)
        if left_out
        else "",
        _("Paste it again for the other %(count)d lines.", count=left_over) if left_over else "",
    ]
    return " ".join(filter(None, parts))

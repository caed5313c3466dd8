"""What happens at the close, to the goods, and to the promise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta

from app.admin.presales.consequences.lines import Said, when
from app.admin.presales.form import Sketch
from app.platform.configuration import settings
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext, sentences
from app.platform.web.formats import day
from app.presale.models import Decision, PaymentMode, ShortagePolicy, SupplyMode
from app.presale.rules import promise
from app.presale.rules.publishing import LONGEST_WINDOW
from app.presale.rules.threshold import EXTEND_AT_LEAST


def window(read: Sketch, *, now: datetime) -> Iterator[Said]:
    opens_at = read.opens_at or now
    if read.closes_at is None:
        yield Said(_("Type the close to see the window."))
        return
    length = read.closes_at - opens_at
    if length <= timedelta(0):
        yield Said(_("It closes before it opens."), "bad")
        return
    facts = {"opens": when(max(opens_at, now)), "closes": when(read.closes_at)}
    yield Said(_("Open from %(opens)s until %(closes)s by the shop's clock.", **facts))
    if length > LONGEST_WINDOW:
        yield Said(_("That is longer than sixty days."), "bad")
    if read.is_draw:
        yield Said(_("Places are drawn at the close among all who put their names down."))
    elif read.is_drop:
        minutes = ngettext("%(num)d minute", "%(num)d minutes", read.hold_minutes)
        yield Said(_("A place is kept for %(minutes)s from checkout on.", minutes=minutes))


def closing(read: Sketch) -> Iterator[Said]:
    """What the number of confirmed units decides."""
    if read.supply_mode is not SupplyMode.THRESHOLD:
        yield Said(_not_below(read))
        return
    if not read.threshold:
        yield Said(_("Type how many units are needed."), "warn")
        return
    needed = ngettext("%(num)d unit", "%(num)d units", read.threshold)
    yield Said(_("With %(units)s or more confirmed it takes place at once.", units=needed))
    yield from _below(read, read.threshold)


def goods(read: Sketch) -> Iterator[Said]:
    """How many there are, and who gets them when there are too few."""
    caps = [row.values["cap"] for row in read.rows]
    capped = [cap for cap in caps if cap is not None]
    has_all = bool(caps) and len(capped) == len(caps)
    off_shelf = read.supply_mode in {SupplyMode.STOCK, SupplyMode.SINGLE}
    if off_shelf and not has_all:
        yield Said(_("Goods on a shelf need a cap for each row."), "bad")
    elif has_all:
        units = ngettext("%(num)d unit", "%(num)d units", sum(capped))
        yield Said(_("At most %(units)s in all; then people join the waiting list.", units=units))
    elif caps:
        yield Said(_("Without a cap as many as want can join."))
    if read.threshold and has_all and sum(capped) < read.threshold:
        yield Said(_("The caps together are lower than the threshold."), "bad")
    split = {
        ShortagePolicy.FIRST_COME: _("If too few arrive, the lower number is served first."),
        ShortagePolicy.PRO_RATA: _("If too few arrive, all get the same share of their order."),
        ShortagePolicy.LOTTERY: _("If too few arrive, a lot decides that anybody can check."),
    }[read.shortage_policy]
    yield Said(sentences(split, _("What is missing is paid back.")))


def promised(read: Sketch, *, now: datetime) -> Iterator[Said]:
    first, last = read.promise_earliest, read.promise_latest
    if first is None or last is None:
        yield Said(_("Type the days between which the goods are sent."))
        return
    today = now.astimezone(settings().zone).date()
    if last < first:
        yield Said(_("The last day is before the first."), "bad")
        return
    yield Said(
        _("You promise to send between %(first)s and %(last)s.", first=day(first), last=day(last))
    )
    if last - today > promise.LONGEST:
        yield Said(_("That is more than 330 days away."), "bad")
    elif last - today > promise.FILED_FROM:
        yield Said(
            _("More than fifteen days ahead: a shop paid through WeChat has to file it there.")
        )
    yield Said(
        _(
            "A later date is announced to everybody. The first delay of up to thirty days is "
            "accepted by silence; any other needs each buyer's yes within seven days, or they are "
            "paid back."
        )
    )


def _not_below(read: Sketch) -> str:
    if read.payment_mode is PaymentMode.INTEREST:
        return _("At the close you see how many would buy; nothing else happens.")
    return _("At the close it takes place as soon as one unit is confirmed.")


def _below(read: Sketch, threshold: int) -> Iterator[Said]:
    hours = ngettext("%(num)d hour", "%(num)d hours", read.decide_within_hours)
    default = {
        Decision.REFUND: _("everybody is paid back"),
        Decision.RUN: _("it is made all the same"),
        Decision.EXTEND: _("it is extended by seven days if it may be, else paid back"),
        Decision.ASK: _("the buyers are asked"),
    }[read.default_decision]
    yield Said(
        _("Below it you have %(hours)s to choose; if you do not, %(default)s.", hours=hours,
          default=default)
    )  # fmt: skip
    if read.closes_at is not None:
        last = read.closes_at + timedelta(hours=read.decide_within_hours)
        yield Said(_("That is until %(moment)s.", moment=when(last)))
    from_units = math.ceil(threshold * EXTEND_AT_LEAST)
    units = ngettext("%(num)d unit", "%(num)d units", from_units)
    yield Said(
        _("Extending is possible once, by up to seven days, from %(units)s on.", units=units)
    )

"""The five dated steps of a campaign, from opening to sending."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext
from app.platform.web.formats import day, full_moment
from app.presale.models import OFF_THE_SHELF, CampaignState
from app.presale.queries.history import History, Promised
from app.presale.queries.pages import CampaignView
from app.presale.rules.stage import BEFORE_CLOSE, GIVEN_UP, Stage
from app.storefront.presale_words import given_up_words, paid_back_words, promised_range


def steps_of(view: CampaignView, history: History) -> list[dict[str, Any]]:
    """`ui.timeline`: the five dated steps from opening to sending."""
    campaign, reached = view.campaign, history.reached
    closed = reached.get(CampaignState.CLOSING, campaign.closes_at)
    decided = reached.get(CampaignState.FAILED) or reached.get(CampaignState.CANCELLED)
    steps: list[tuple[str, str, datetime | None]] = [
        (_("Joining opens"), "", campaign.opens_at),
        (_("Joining closes"), "", closed if view.stage not in BEFORE_CLOSE else campaign.closes_at),
    ]
    if view.stage in GIVEN_UP:
        came = [step for step in steps if decided and step[2] and step[2] <= decided]
        said = paid_back_words(view, None) if view.is_interest else ""
        last = len(came)
        return _numbered([*came, (given_up_words(view), said, decided)], at=last + 1, failed=last)
    if view.is_interest:
        steps.append((_("Decided whether it is sold"), _("We write to everybody then."), None))
        return _numbered(steps, at=_AT.get(view.stage, 0))
    steps += [
        (_making(view), _made(view, reached.get(CampaignState.IN_PRODUCTION)), None),
        _fourth(view),
        (_("Sent to you"), _sent(history.promises, promised_range(view)), None),
    ]
    return _numbered(steps, at=_AT[view.stage])


def _making(view: CampaignView) -> str:
    return _("Made ready") if view.campaign.supply_mode in OFF_THE_SHELF else _("Made")


def _made(view: CampaignView, begun_at: datetime | None) -> str:
    until = _("until %(day)s", day=day(view.campaign.promise_earliest))
    if begun_at is None:
        return until
    if view.stage is not Stage.MAKING:
        return _("begun %(day)s", day=day(begun_at))
    return _("begun %(day)s, %(until)s", day=day(begun_at), until=until)


def _fourth(view: CampaignView) -> tuple[str, str, datetime | None]:
    if not view.has_deposit:
        return _("Arriving, counted and checked"), _("before anything is sent"), None
    ends_at = view.campaign.balance_closes_at
    if ends_at is not None:
        return _("Balance"), _("until %(day)s", day=full_moment(ends_at)), None
    said = ngettext(
        "asked for when the goods are here, with %(num)d hour to pay",
        "asked for when the goods are here, with %(num)d hours to pay",
        view.campaign.balance_hours,
    )
    return _("Balance"), said, None


def _sent(promises: tuple[Promised, ...], now: Mapping[str, str]) -> str:
    """The promised days; where they were moved, the first ones stay beside them."""
    said = _("between %(first)s and %(last)s", **now)
    if not promises[1:]:
        return said
    at_first = promises[0]
    return _(
        "%(now)s, at first between %(first)s and %(last)s",
        now=said,
        first=day(at_first.earliest),
        last=day(at_first.latest),
    )


_AT = {
    Stage.PREVIEW: 0,
    Stage.UPCOMING: 0,
    Stage.OPEN: 1,
    Stage.MET: 1,
    Stage.FULL: 1,
    Stage.COUNTING: 1,
    Stage.DECIDING: 1,
    Stage.ASKING: 1,
    Stage.AGREED: 2,
    Stage.MAKING: 2,
    Stage.ARRIVING: 3,
    Stage.BALANCE: 3,
    Stage.BALANCE_OVER: 4,
    Stage.SENDING: 4,
    Stage.DONE: 5,
}
"""Which step is being waited for: steps before it are past."""


def _numbered(
    steps: list[tuple[str, str, datetime | None]], *, at: int, failed: int | None = None
) -> list[dict[str, Any]]:
    found = []
    for place, (label, detail, instant) in enumerate(steps):
        state = "past" if place < at else "now" if place == at else "future"
        found.append(
            {
                "label": label,
                "state": "failed" if place == failed else state,
                "detail": detail or None,
                "iso": instant.isoformat(timespec="seconds") if instant else None,
                "when": full_moment(instant) if instant else None,
            }
        )
    return found

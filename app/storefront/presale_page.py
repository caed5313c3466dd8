"""A campaign in the shapes its page shows. Nothing personal is in it, so that everybody can be
given the same page; what is one's own comes from a small request of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_timedelta

from app.community.chat_list.writing import shown_name
from app.community.queries.listed import Listed
from app.community.queries.reach import Goal
from app.platform.configuration import settings
from app.platform.content.reading import holds_until
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext, pick
from app.platform.web.formats import babel_locale, day, moment, money
from app.presale.models import ReminderOccasion, SupplyMode
from app.presale.queries.history import UPDATE, History, Told, history
from app.presale.queries.joins import Join, JoinPage, joins
from app.presale.queries.lots import has_lots
from app.presale.queries.pages import CampaignView, SkuView
from app.presale.queries.paid_back import paid_back
from app.presale.queries.promises import Record, record_of
from app.presale.rules.reminding import LAST_CALL, occasion
from app.presale.rules.stage import BEFORE_CLOSE, GIVEN_UP, JOINABLE_STAGES, Stage
from app.storefront.presale_figures import Figure, Until, figure_of, until_of
from app.storefront.presale_piece import Piece, piece_of
from app.storefront.presale_rules import Rule, rules_of
from app.storefront.presale_steps import steps_of
from app.storefront.presale_words import (
    TONES,
    Price,
    heading_of,
    join_words,
    price_of,
    sentence_of,
)

WATCHED = BEFORE_CLOSE | {Stage.COUNTING, Stage.DECIDING, Stage.ASKING, Stage.REFUNDING}
"""Stages in which something may change while somebody looks."""
FEW = 5
RELATIVE_FOR = timedelta(days=7)
_UNITS = (timedelta(days=1), timedelta(hours=1), timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Group:
    """Through whose link somebody came: said above the title, and who else came through it first.

    `path` is the link's own address, which the page then goes by; `listed` the entry of the group's
    chat list whose own address it is, `goal` what opens for everybody who comes through the link.
    """

    link_id: int
    leader: str
    name: str
    path: str
    listed: Listed | None = None
    goal: Goal | None = None

    @property
    def listed_id(self) -> int | None:
        return self.listed.id if self.listed is not None else None


@dataclass(frozen=True, slots=True)
class Choice:
    """A variant on the form; `reason` says why it cannot be chosen."""

    sku_id: int
    label: str
    aside: str | None
    detail: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class PresalePage:
    view: CampaignView
    path: str
    kind: str
    """Which form stands there: before, join, interest, draw, full or after."""
    price: Price
    button: str
    heading: str
    tone: str
    sentence: str
    figure: Figure | None
    until: Until | None
    steps: list[dict[str, Any]]
    choices: list[Choice]
    pack_size: int
    is_one_piece: bool
    rows: list[dict[str, Any]]
    before: int | None
    promises: list[tuple[str, str, str]]
    updates: tuple[Told, ...]
    record: Record | None
    rules: list[Rule]
    group: Group | None
    story: str
    risks: str
    polls: bool
    has_lots: bool
    piece: Piece | None
    may_remind: bool
    """Whether somebody who has not decided yet could be reminded of the close."""

    @classmethod
    def of(
        cls,
        view: CampaignView,
        *,
        now: datetime,
        group: Group | None = None,
        before: int | None = None,
        everybody: bool = False,
        unit: str = "cm",
    ) -> PresalePage:
        """`before` pages through the ledger; `everybody` shows it whole in spite of a group; a
        piece's lengths are given in `unit`.
        """
        campaign = view.campaign
        past = history(campaign.id)
        holds_until(campaign.closes_at - LAST_CALL, now=now)
        only = group.link_id if group is not None and not everybody else None
        ledger = joins(campaign.id, link_id=only, before=before)
        paid = paid_back(campaign.id) if view.stage in GIVEN_UP else None
        return cls(
            view=view,
            path=group.path if group is not None else view.path,
            kind=kind_of(view),
            price=price_of(view),
            button=join_words(view),
            heading=heading_of(view),
            tone=TONES.get(view.stage, "neutral"),
            sentence=sentence_of(view, paid),
            figure=figure_of(view, paid),
            until=until_of(view, now),
            steps=steps_of(view, past),
            choices=choices_of(view),
            pack_size=max(sku.pack_size for sku in view.skus),
            is_one_piece=campaign.supply_mode == SupplyMode.SINGLE,
            rows=rows_of(view, ledger, now=now),
            before=ledger.before,
            promises=_promises(past),
            updates=tuple(told for told in reversed(past.updates) if told.kind == UPDATE),
            record=_record(view, now),
            rules=rules_of(campaign),
            group=group,
            story=pick(campaign.story),
            risks=pick(campaign.risks),
            polls=view.stage in WATCHED,
            has_lots=has_lots(campaign) and bool(campaign.seed),
            piece=piece_of(view, unit=unit, now=now),
            may_remind=occasion(view.stage, closes_at=campaign.closes_at, now=now)
            is ReminderOccasion.CLOSING,
        )

    def address(self, step: str = "", **more: object) -> str:
        """An address below the page's own; who came as an entry of a list stays that one."""
        listed = self.group.listed if self.group is not None else None
        query = urlencode({"e": listed.code, **more} if listed is not None else more)
        return f"{self.path}{step}?{query}" if query else f"{self.path}{step}"

    @property
    def own_name(self) -> str:
        """Who came as an entry of a list, shortened: others may have the address too."""
        listed = self.group.listed if self.group is not None else None
        return shown_name(listed.name) if listed is not None else ""

    @property
    def own_items(self) -> str:
        """What the list says of who came as an entry of it: `M × 2, L × 1`."""
        listed = self.group.listed if self.group is not None else None
        labels = {sku.id: sku.label for sku in self.view.skus}
        items = listed.items if listed is not None else ()
        return _(", ").join(f"{labels.get(sku_id, '')} × {units}" for sku_id, units in items)


def kind_of(view: CampaignView) -> str:
    """Which form the page has; when it becomes another while somebody looks, the page is fetched
    anew.
    """
    if view.stage in {Stage.PREVIEW, Stage.UPCOMING}:
        return "before"
    if view.stage is Stage.FULL:
        return "full"
    if view.stage not in JOINABLE_STAGES:
        return "after"
    if view.campaign.is_draw:
        return "draw"
    return "interest" if view.is_interest else "join"


def ago(at: datetime, now: datetime) -> str:
    """`5 minutes ago`, and after a week the day."""
    age = now - at
    if age >= RELATIVE_FOR:
        return moment(at)
    unit = next((each for each in _UNITS if age >= each), _UNITS[-1])
    whole = age // unit * unit
    holds_until(at + whole + unit, now=now)
    if whole <= timedelta():
        return _("just now")
    return format_timedelta(-whole, add_direction=True, threshold=1, locale=babel_locale())


def rows_of(view: CampaignView, ledger: JoinPage, *, now: datetime) -> list[dict[str, Any]]:
    """`ui.ledger_row` for each place."""
    return [row_of(view, join, now=now) for join in ledger.joins]


def row_of(
    view: CampaignView, join: Join, *, now: datetime, is_mine: bool = False
) -> dict[str, Any]:
    """One place in the sequence, as the ledger shows it."""
    labels = {sku.id: sku.label for sku in view.skus}
    several = len(labels) > 1
    state = "cancelled" if join.has_left else "mine" if is_mine else "joined"
    return {
        "nth": join.number,
        "who": join.name or _("Anonymous"),
        "what": _(", ").join(
            f"{labels.get(sku_id, '') if several else ''} ×\N{NO-BREAK SPACE}{units}".lstrip()
            for sku_id, units in join.units
        ),
        "iso": join.at.isoformat(timespec="seconds"),
        "when": ago(join.at, now),
        "state": state,
    }


def choices_of(view: CampaignView) -> list[Choice]:
    """Every variant, also those that cannot be chosen, which say why."""
    return [_choice(view, sku) for sku in view.skus]


def _choice(view: CampaignView, sku: SkuView) -> Choice:
    reason = None
    if not sku.is_live:
        reason = _("Not sold any more")
    elif view.campaign.is_draw:
        reason = None
    elif sku.free == 0:
        sold = sku.cap is not None and sku.joined >= sku.cap
        reason = _("All taken") if sold else _("Somebody is paying for it")
    detail = []
    if not view.has_one_price:
        detail.append(_("%(amount)s in all", amount=money(view.money(sku.terms.final_price))))
    is_counted = not view.campaign.is_draw and view.campaign.supply_mode != SupplyMode.SINGLE
    if reason is None and is_counted and sku.free is not None and sku.free <= FEW:
        detail.append(ngettext("%(num)d left", "%(num)d left", sku.free))
    aside = None if view.has_one_price else money(view.money(sku.terms.now))
    return Choice(sku.id, sku.label, aside, " · ".join(detail) or None, reason)


def _promises(past: History) -> list[tuple[str, str, str]]:
    """(announced on, first to last day, reason) of every version, the latest first."""
    return [
        (
            moment(version.at),
            _("%(first)s to %(last)s", first=day(version.earliest), last=day(version.latest)),
            version.reason or (_("The first promise.") if version.version == 1 else ""),
        )
        for version in reversed(past.promises)
    ]


def _record(view: CampaignView, now: datetime) -> Record | None:
    """For whoever is still deciding; later it helps nobody."""
    if view.stage not in BEFORE_CLOSE or view.is_interest:
        return None
    local = now.astimezone(settings().zone)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    holds_until(midnight + timedelta(days=1), now=now)
    return record_of(view.campaign.merchant_id, today=local.date())

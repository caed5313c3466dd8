"""What a pasted list would become: its rows, what is wrong with them, whether there is enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.admin.groups.lists.rows import DraftRow
from app.community.chat_list.reading import read
from app.community.chat_list.repeats import lines_of
from app.community.chat_list.shapes import IgnoredLine
from app.community.commands.lists import PastedList
from app.community.queries.links import LinkView
from app.community.queries.lists import EntryView, Stand, entries, kept, sku_names
from app.community.queries.standings import slices
from app.community.rules.proposals import PROPOSED, Proposals, propose
from app.presale.queries import pages
from app.presale.queries.pages import CampaignView

MOST_SIGNS = 20_000
MOST_ROWS = 150
"""More changes than that are confirmed in parts; a browser's form has to hold them."""


@dataclass(frozen=True, slots=True)
class Sum:
    """One SKU: units in the ticked rows, of others on the list, joined, and left (None: no end)."""

    sku_id: int
    label: str
    drafted: int
    listed: int
    joined: int
    free: int | None

    @property
    def short(self) -> int:
        return 0 if self.free is None else max(self.drafted + self.listed - self.free, 0)


@dataclass(slots=True)
class Draft:
    """A list that was read and not confirmed; nothing of it is kept anywhere but in the form."""

    link: LinkView
    view: CampaignView
    text: str
    proposals: Proposals
    ignored: tuple[IgnoredLine, ...]
    rows: list[DraftRow]
    known: Mapping[int, EntryView]
    gone: frozenset[int]
    """Entries that are in the list no more and ticked to be taken out."""

    @classmethod
    def of(cls, link: LinkView, text: str, typed: Mapping[str, str] | None, now: datetime) -> Draft:
        """`typed` is the form as it was sent; None when the list has just been pasted."""
        parsed = read(text, sku_names(link.campaign_id))
        proposals = propose(lines_of(parsed), kept(link.id))
        rows = [
            DraftRow.first(at, proposal) if typed is None else DraftRow.read(at, proposal, typed)
            for at, proposal in enumerate(proposals.lines)
            if proposal.change in PROPOSED
        ]
        gone = {each.id for each in proposals.gone if f"gone-{each.id}" in (typed or {})}
        return cls(
            link=link,
            view=pages.by_id(link.campaign_id, now=now),
            text=text,
            proposals=proposals,
            ignored=parsed.ignored,
            rows=rows[:MOST_ROWS],
            known={each.id: each for each in entries(link.id)},
            gone=frozenset(gone),
        )

    @property
    def is_empty(self) -> bool:
        return not self.proposals.lines

    @property
    def changes_nothing(self) -> bool:
        return not self.rows and not self.proposals.gone

    @property
    def left_over(self) -> int:
        """Lines for which there was no room in the form."""
        return self.proposals.proposed - len(self.rows)

    @property
    def left_out(self) -> int:
        """Lines of the form that are not ticked."""
        return sum(not row.take for row in self.rows)

    @property
    def errors(self) -> list[tuple[str, str]]:
        return [pair for row in self.rows for pair in row.errors.items()]

    @property
    def unclear(self) -> list[DraftRow]:
        return [row for row in self.rows if row.is_unclear]

    def check(self) -> None:
        """Fill the errors of the rows that are ticked."""
        skus = [sku.id for sku in self.view.skus]
        for row in self.rows:
            if row.take and not row.is_cancelled:
                row.check(skus, self.view.campaign.per_person_limit)

    @property
    def pasted(self) -> PastedList:
        """What is confirmed: the ticked rows."""
        taken = [row for row in self.rows if row.take]
        cancelled = {
            row.proposal.known.id: row.proposal.line.said
            for row in taken
            if row.is_cancelled and row.proposal.known is not None
        }
        lines = [row.entry for row in taken if not row.is_cancelled]
        return PastedList(self.text, lines, cancelled | dict.fromkeys(self.gone, ""))

    @property
    def sums(self) -> list[Sum]:
        """One for each SKU, counting the rows as they are ticked now."""
        taken = [row for row in self.rows if row.take]
        touched = {row.proposal.known.id for row in taken if row.proposal.known} | self.gone
        others = [
            each
            for each in self.known.values()
            if each.stand is Stand.WAITING and each.id not in touched
        ]
        drafted = [row.items for row in taken if not row.is_cancelled]
        listed = [dict(each.items) for each in others]
        kept_here = {
            part.sku_id: max(part.quota - part.used, 0)
            for part in slices(self.link.id)
            if part.returned_at is None
        }
        return [
            Sum(
                sku_id=sku.id,
                label=sku.label,
                drafted=sum(items.get(sku.id, 0) for items in drafted),
                listed=sum(items.get(sku.id, 0) for items in listed),
                joined=sku.joined,
                free=None if sku.free is None else sku.free + kept_here.get(sku.id, 0),
            )
            for sku in self.view.skus
        ]

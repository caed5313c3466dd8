"""A pasted list as a form: one row for each line that would change something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.community.chat_list.reasons import Reason, sentence
from app.community.chat_list.shapes import Item, Note
from app.community.commands.lists import LONGEST_NAME, LONGEST_NOTE, MOST_UNITS, NewEntry
from app.community.rules.proposals import Change, Proposal
from app.platform import numbers
from app.platform.i18n import gettext as _
from app.platform.i18n import ngettext

MOST_ITEMS = 8


@dataclass(slots=True)
class Slot:
    """One item of a row as it stands in the form; `sku` is empty where nothing is chosen."""

    sku: str = ""
    quantity: str = ""


@dataclass(slots=True)
class DraftRow:
    """A line with what was read or typed; `errors` by the name of the control."""

    at: int
    proposal: Proposal
    take: bool
    name: str
    note: str
    slots: list[Slot]
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def first(cls, at: int, proposal: Proposal) -> DraftRow:
        """As it was read; only what is certain is ticked."""
        entry = proposal.line.entry
        slots = [Slot(item.sku or "", str(item.quantity)) for item in _merged(entry.items)]
        return cls(
            at, proposal, not entry.unclear, entry.name, _said(entry.note), slots[:MOST_ITEMS]
        )

    @classmethod
    def read(cls, at: int, proposal: Proposal, typed: Mapping[str, str]) -> DraftRow:
        """As it was sent; a row the form did not have stands as it was read, unticked."""
        row = cls.first(at, proposal)
        row.take = f"take-{at}" in typed
        if f"name-{at}" in typed:
            row.name = typed[f"name-{at}"].strip()[: LONGEST_NAME + 1]
            row.note = typed.get(f"note-{at}", "").strip()[:LONGEST_NOTE]
            row.slots = _slots(at, typed)
        return row

    @property
    def is_cancelled(self) -> bool:
        return self.proposal.change is Change.CANCELLED

    @property
    def number(self) -> int | None:
        return self.proposal.line.entry.number

    @property
    def position(self) -> int:
        return self.number or self.at + 1

    @property
    def confidence(self) -> int:
        """In percent."""
        return round(self.proposal.line.entry.confidence * 100)

    @property
    def is_unclear(self) -> bool:
        return self.proposal.line.entry.unclear

    @property
    def words(self) -> str:
        return "\n".join(self.proposal.line.entry.raw)

    @property
    def reasons(self) -> list[str]:
        return [str(sentence(Reason(reason))) for reason in self.proposal.line.entry.reasons]

    @property
    def items(self) -> dict[int, int]:
        """Units by SKU, of the slots that say both."""
        found: dict[int, int] = {}
        for slot in self.slots:
            sku, units = numbers.whole(slot.sku), numbers.whole(slot.quantity)
            if sku is not None and units is not None:
                found[sku] = found.get(sku, 0) + units
        return found

    @property
    def entry(self) -> NewEntry:
        line = self.proposal.line
        return NewEntry(line.key, line.said, self.position, self.name, self.items, self.note)

    def check(self, skus: Sequence[int], limit: int | None) -> None:
        """Fill `errors` of a row that is to be kept."""
        if not self.name:
            self.errors[f"name-{self.at}"] = _("Whose line is this?")
        elif len(self.name) > LONGEST_NAME:
            self.errors[f"name-{self.at}"] = _(
                "At most %(count)s characters, please.", count=LONGEST_NAME
            )
        for place, slot in enumerate(self.slots):
            self._check_slot(place, slot, skus)
        if not self.errors and not self.items:
            self.errors[f"sku-{self.at}-0"] = _("Choose what is wanted.")
        total = sum(self.items.values())
        if not self.errors and limit is not None and total > limit:
            self.errors[f"quantity-{self.at}-0"] = ngettext(
                "One person may have %(num)d.", "One person may have %(num)d at most.", limit
            )

    def _check_slot(self, place: int, slot: Slot, skus: Sequence[int]) -> None:
        name = f"{self.at}-{place}"
        units = numbers.whole(slot.quantity)
        if not slot.sku and (self.items or not slot.quantity):
            return  # nothing is chosen here, and something elsewhere
        if numbers.whole(slot.sku) not in skus:
            self.errors[f"sku-{name}"] = _("Choose what is wanted.")
        if units is None or not 0 < units <= MOST_UNITS:
            self.errors[f"quantity-{name}"] = _("A whole number, such as 3.")


def _slots(at: int, typed: Mapping[str, str]) -> list[Slot]:
    """What was sent, without those at the end that were left empty; at least one."""
    found = [
        Slot(typed[f"sku-{at}-{place}"][:20], typed.get(f"quantity-{at}-{place}", "").strip()[:10])
        for place in range(MOST_ITEMS)
        if f"sku-{at}-{place}" in typed
    ]
    while len(found) > 1 and found[-1] == Slot():
        found.pop()
    return found or [Slot()]


def _merged(items: Sequence[Item]) -> list[Item]:
    """The same SKU written twice is one item of both."""
    found: dict[str, Item] = {}
    unknown = [item for item in items if item.sku is None]
    for item in items:
        if item.sku is not None:
            before = found.get(item.sku)
            units = item.quantity + (before.quantity if before else 0)
            found[item.sku] = Item(item.sku, units)
    return [*found.values(), *unknown] or [Item(None, 1)]


def _said(note: Note) -> str:
    """`3#2-502 · …1234 · 放门口`: what a door and a phone are called in neither language."""
    inside = "-".join(filter(None, (note.unit, note.room)))
    place = f"{note.building}#{inside}" if note.building else inside
    phone = f"…{note.phone_tail}" if note.phone_tail else ""
    return " · ".join(filter(None, (place, phone, note.text)))[:LONGEST_NOTE]

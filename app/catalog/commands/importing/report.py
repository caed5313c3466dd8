"""What an import found, did and could not do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from app.catalog.commands.importing.formats import ColumnUse
from app.catalog.commands.importing.memory import Said
from app.catalog.commands.importing.pictures import LATER, reason_of
from app.catalog.importing.records import RowError
from app.platform.i18n import LazyText, lazy_gettext

MOST_LINES = 500
"""A report is read by a person; what goes beyond this many lines is only counted."""

FIELD_NAMES: Mapping[str, LazyText] = {
    "title": lazy_gettext("title"),
    "story": lazy_gettext("story"),
    "garment": lazy_gettext("kind of garment"),
    "brand": lazy_gettext("brand"),
    "material": lazy_gettext("material"),
    "colour": lazy_gettext("colour"),
    "tax_class": lazy_gettext("tax class"),
    "tags": lazy_gettext("selling points"),
    "collections": lazy_gettext("collections"),
    "piece": lazy_gettext("condition, era and measurements"),
    "option_names": lazy_gettext("options"),
    "variants": lazy_gettext("variants, prices and weights"),
    "images": lazy_gettext("photographs"),
    "stock": lazy_gettext("stock"),
    "state": lazy_gettext("whether it is on sale"),
}

Line = TypeVar("Line")


class Verb(StrEnum):
    CREATE = "create"
    CHANGE = "change"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one product, or would become; `column` names the cell when it was refused.

    `to_fetch` of its pictures have an address and are not here.
    """

    row: int
    handle: str
    title: str
    verb: Verb
    product_id: int | None = None
    changed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    column: str = ""
    to_fetch: int = 0

    @property
    def changed_names(self) -> list[str]:
        return [str(FIELD_NAMES[name]) for name in self.changed]


@dataclass(frozen=True, slots=True)
class MissingPicture:
    """A picture that could not be had, and why, in words."""

    row: int
    source: str
    reason: str


Result = RowError | tuple[Outcome, tuple[Said, ...]]
"""What is wrong with a row, or what became of a product with these pictures."""


def waiting_in(pictures: Iterable[Said]) -> int:
    """How many have not been looked for yet."""
    return sum(said.reason == LATER for said in pictures)


def missing_in(outcome: Outcome, pictures: Iterable[Said]) -> Iterator[MissingPicture]:
    """Those that could not be had."""
    for said in pictures:
        if said.media_id is None and said.reason != LATER:
            yield MissingPicture(outcome.row, said.source, reason_of(said))


@dataclass
class Report:
    """Everything a run tells; counts are exact, lists end after MOST_LINES.

    `system` wrote the file. `waiting` pictures have not been looked for yet; `missing` ones could
    not be had.
    """

    system: str = ""
    columns: tuple[ColumnUse, ...] = ()
    counts: Counter[Verb] = field(default_factory=Counter)
    errors: list[RowError] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    missing: list[MissingPicture] = field(default_factory=list)
    errors_total: int = 0
    missing_total: int = 0
    waiting: int = 0
    products: int = 0
    _refused_rows: set[int] = field(default_factory=set)

    def add(self, results: Iterable[Result]) -> list[Outcome]:
        """Take a batch's results down, in order; returns those of its products."""
        outcomes = []
        for result in results:
            if isinstance(result, RowError):
                self.note(result)
                continue
            outcome, pictures = result
            self.take(outcome)
            self.waiting += waiting_in(pictures)
            for missing in missing_in(outcome, pictures):
                self.miss(missing)
            outcomes.append(outcome)
        return outcomes

    def take(self, outcome: Outcome) -> None:
        self.products += 1
        if outcome.verb is Verb.REFUSED:
            for note in outcome.notes:
                self.note(RowError(outcome.row, outcome.column, note))
            return
        self.counts[outcome.verb] += 1
        if outcome.verb is Verb.CHANGE or outcome.notes:
            _append(self.outcomes, outcome)

    def note(self, error: RowError) -> None:
        self.errors_total += 1
        if error.is_left_out:
            self._refused_rows.add(error.row)
            self.counts[Verb.REFUSED] = len(self._refused_rows)
        _append(self.errors, error)

    def miss(self, picture: MissingPicture) -> None:
        self.missing_total += 1
        _append(self.missing, picture)

    @property
    def is_clean(self) -> bool:
        return not self.counts[Verb.REFUSED]

    def as_json(self) -> dict[str, object]:
        return {
            "system": self.system,
            "columns": {column.name: column.meaning for column in self.columns},
            "products": self.products,
            "counts": {verb.value: self.counts[verb] for verb in Verb},
            "errors": [
                {"row": e.row, "column": e.column, "message": e.message, "left_out": e.is_left_out}
                for e in self.errors
            ],
            "errors_total": self.errors_total,
            "changes": [
                {"row": o.row, "handle": o.handle, "what": o.verb, "changed": list(o.changed),
                 "notes": list(o.notes)}
                for o in self.outcomes
            ],
            "pictures_waiting": self.waiting,
            "pictures_missing": [
                {"row": p.row, "source": p.source, "reason": p.reason} for p in self.missing
            ],
            "pictures_missing_total": self.missing_total,
        }  # fmt: skip


def _append(lines: list[Line], line: Line) -> None:
    if len(lines) < MOST_LINES:
        lines.append(line)

"""Read what a product's rows say of the product itself: each fact where it first stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.catalog.drafts import PieceDraft, ProductDraft
from app.catalog.importing.cells import CellReader
from app.catalog.models import Grade, ProductKind, ProductState
from app.catalog.own_file import columns as c
from app.catalog.own_file.cells import Words, lines, words
from app.catalog.rules import MAX_TAGS, MEASUREMENTS, TAGS
from app.platform.i18n import LANGUAGES
from app.platform.i18n import gettext as _

MOST_DIGITS = 7
"""Of a № that a file may ask for: more than any shop has, far fewer than would use them up."""
YEARS = range(1, 10_000)

_WHOLE = re.compile(r"[0-9]{1,9}")
_CENTIMETRES = re.compile(r"([0-9]{1,5})(?:[.,]([0-9]))?")
_COUNTRY = re.compile(r"[A-Z]{2}")
_KINDS = {kind.value: kind.value for kind in ProductKind}
_STATES = {state.value: state.value for state in ProductState}
_GRADES = {grade.value.lower(): grade.value for grade in Grade}
_GARMENTS = {garment: garment for garment in MEASUREMENTS}


@dataclass(frozen=True, slots=True)
class Facts:
    draft: ProductDraft
    kind: str
    state: str
    number: int | None


def read_facts(readers: Sequence[CellReader]) -> Facts:
    """What is wrong is noted in the row where it stands."""
    one = _Facts(readers)
    kind = one.choice(c.KIND, _KINDS)
    draft = ProductDraft(
        title=one.texts(c.TITLE),
        story=one.long(c.STORY),
        garment=one.choice(c.GARMENT, _GARMENTS) or "other",
        brand=one.line(c.BRAND),
        material=one.texts(c.MATERIAL),
        colour=one.line(c.COLOUR),
        tax_class=one.line(c.TAX_CLASS),
        option_names=one.option_names(),
        tags=one.tags(),
        collections=one.listed(c.COLLECTIONS),
        variants=(),
        piece=None if kind == ProductKind.STOCKED else one.piece(),
    )
    return Facts(draft, kind, one.choice(c.STATE, _STATES), one.number())


class _Facts:
    def __init__(self, readers: Sequence[CellReader]) -> None:
        self._readers = readers

    def _at(self, column: str) -> CellReader:
        """The first row that says something there, or the first of all."""
        found = (reader for reader in self._readers if reader.row.text(column))
        return next(found, self._readers[0])

    def line(self, column: str) -> str:
        return self._at(column).words(column)

    def choice(self, column: str, choices: dict[str, str]) -> str:
        return self._at(column).choice(column, choices, empty="")

    def texts(self, name: str) -> dict[str, str]:
        found = {tag: self.line(f"{name}:{tag}") for tag in LANGUAGES}
        return {tag: text for tag, text in found.items() if text}

    def long(self, name: str) -> dict[str, str]:
        columns = {tag: f"{name}:{tag}" for tag in LANGUAGES}
        found = {tag: lines(self._at(each).row.text(each)) for tag, each in columns.items()}
        return {tag: text for tag, text in found.items() if text}

    def listed(self, column: str) -> tuple[str, ...]:
        parts = (part.strip() for part in self._at(column).row.text(column).split(","))
        return tuple(sorted({part for part in parts if part}))

    def tags(self) -> tuple[str, ...]:
        reader = self._at(c.TAGS)
        parts = [part.strip() for part in reader.row.text(c.TAGS).split(",")]
        tags = tuple(dict.fromkeys(part for part in parts if part))
        unknown = [tag for tag in tags if tag not in TAGS]
        if unknown:
            text = unknown[0][:40]
            reader.note(c.TAGS, _("“%(text)s” is not one of the values here.", text=text))
        if len(tags) > MAX_TAGS:
            reader.note(c.TAGS, _("At most four selling points."))
        return tags

    def number(self) -> int | None:
        return self._whole(c.NUMBER, range(1, 10**MOST_DIGITS), _("Not a №."))

    def option_names(self) -> tuple[Words, ...]:
        names = [words(self.texts(option)) for option in c.OPTIONS]
        while names and not names[-1]:
            names.pop()
        if not all(names):
            place = c.OPTIONS[names.index(next(name for name in names if not name))]
            column = c.spoken(place)[0]
            self._at(column).note(column, _("The name of this option is missing."))
        return tuple(names)

    def piece(self) -> PieceDraft:
        grade_evidence, era_evidence, origin_evidence = map(self.long, c.EVIDENCE)
        return PieceDraft(
            grade=self.choice(c.GRADE, _GRADES),
            era=self.line(c.ERA),
            year=self._whole(c.YEAR, YEARS, _("Not a year.")),
            origin=self._origin(),
            grade_evidence=grade_evidence,
            era_evidence=era_evidence,
            origin_evidence=origin_evidence,
            measurements=self._measurements(),
        )

    def _origin(self) -> str:
        text = self.line(c.ORIGIN).upper()
        if text and not _COUNTRY.fullmatch(text):
            message = _("A country of two letters, such as JP.")
            self._at(c.ORIGIN).note(c.ORIGIN, message)
        return text

    def _measurements(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for key, column in c.MEASURES.items():
            reader = self._at(column)
            text = reader.row.text(column)
            match = _CENTIMETRES.fullmatch(text)
            if text and match is None:
                message = _("Centimetres with at most one decimal, such as 52.5.")
                reader.note(column, message)
            value = int(match[1]) * 10 + int(match[2] or 0) if match else 0
            if value:
                found[key] = value
        return found

    def _whole(self, column: str, allowed: range, message: str) -> int | None:
        reader = self._at(column)
        text = reader.row.text(column)
        if not text:
            return None
        number = int(text) if _WHOLE.fullmatch(text) else -1
        if number not in allowed:
            reader.note(column, message)
            return None
        return number

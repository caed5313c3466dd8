"""The part of the form about a one-of-a-kind piece: grade, era, measurements, faults."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.catalog.drafts import FaultDraft, PieceDraft
from app.catalog.forms.reading import Fields
from app.catalog.rules import GRADES, MEASUREMENTS
from app.platform.i18n import gettext as _

LONGEST_EVIDENCE = 200
LONGEST_FAULT = 300
MOST_FAULTS = 30
_COUNTRY = re.compile(r"[A-Z]{2}\Z")


def read(fields: Fields, fault_rows: Sequence[str], photos: Sequence[str]) -> PieceDraft:
    """The piece as typed; what is wrong is noted in `fields`."""
    garment = fields.text("garment")
    measured = {
        key: fields.millimetres(f"m-{garment}-{key}") for key in MEASUREMENTS.get(garment, ())
    }
    origin = fields.text("origin").upper()
    if origin and not _COUNTRY.match(origin):
        fields.errors["origin"] = _("Please choose one of these.")
    grade = fields.text("grade")
    if grade not in GRADES:
        fields.errors["grade"] = _("Please choose one of these.")
    return PieceDraft(
        grade=grade,
        era=fields.line("era", 40),
        year=fields.year("year"),
        origin=origin,
        grade_evidence=fields.by_language("grade_evidence", LONGEST_EVIDENCE),
        era_evidence=fields.by_language("era_evidence", LONGEST_EVIDENCE),
        origin_evidence=fields.by_language("origin_evidence", LONGEST_EVIDENCE),
        measurements={key: value for key, value in measured.items() if value is not None},
        faults=_faults(fields, fault_rows[:MOST_FAULTS], photos),
    )


def _faults(fields: Fields, rows: Sequence[str], photos: Sequence[str]) -> tuple[FaultDraft, ...]:
    found = (_fault(fields, row, photos) for row in rows)
    return tuple(fault for fault in found if fault is not None)


def _fault(fields: Fields, row: str, photos: Sequence[str]) -> FaultDraft | None:
    """One fault; None for a row in which nothing was written."""
    place = fields.by_language(f"fault-{row}-place", 60)
    description = fields.by_language(f"fault-{row}-text", LONGEST_FAULT)
    photo = fields.text(f"fault-{row}-photo")
    if not place and not description:
        return None
    if not place:
        fields.errors[f"fault-{row}-place-en"] = _("Say where it is, such as the left cuff.")
    if not description:
        fields.errors[f"fault-{row}-text-en"] = _("Say in one sentence what it is.")
    return FaultDraft(
        place=place,
        description=description,
        image=photos.index(photo) if photo in photos else None,
        repaired=fields.text(f"fault-{row}-repaired") == "1",
    )

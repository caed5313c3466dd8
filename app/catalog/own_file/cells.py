"""Values as cells hold them, and back: exact for whatever is in its usual form already.

The usual form has no blanks around it, one blank between the words of a line, newlines as the only
line ends and nothing that cannot be printed; `usual` brings a product into it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from app.catalog.drafts import FaultDraft, ImageDraft, PieceDraft, ProductDraft, Texts
from app.platform.i18n import LANGUAGES
from app.platform.sheets.table import plain

Words = str | Texts

_SIGNS = "=+\\-@＝＋－＠"
# What a spreadsheet would compute, also after whatever another program may take for the end of a
# cell. Apostrophes that stand there already count as part of it, so that taking one away is exact.
_COMPUTING = re.compile(rf"(?:^|(?<=[;\t\n]))(?=[\s']*[{_SIGNS}])")
_DEFUSED = re.compile(rf"(?:^|(?<=[;\t\n]))'(?=[\s']*[{_SIGNS}])")


def defused(text: str) -> str:
    """The text with an apostrophe before everything that a spreadsheet might compute."""
    return _COMPUTING.sub("'", text)


def undefused(cell: str) -> str:
    """What was defused: undefused(defused(text)) == text for every text."""
    return _DEFUSED.sub("", cell) if "'" in cell else cell


def line(text: str) -> str:
    return " ".join(plain(text).split())


def lines(text: str) -> str:
    return plain(text).strip()


def texts(given: Texts) -> dict[str, str]:
    """The lines of the languages the shop speaks, without empty ones."""
    found = {language: line(given.get(language, "")) for language in LANGUAGES}
    return {language: text for language, text in found.items() if text}


def words(given: Words) -> Words:
    """One text where it is the same in every language, or one for each that has it."""
    if isinstance(given, str):
        return line(given)
    found = texts(given)
    is_one = len(found) == len(LANGUAGES) and len(set(found.values())) == 1
    return next(iter(found.values())) if is_one else found


def in_languages(given: Words) -> Texts:
    """The text for each language, as its columns hold it."""
    return dict.fromkeys(LANGUAGES, given) if isinstance(given, str) else given


def usual(draft: ProductDraft) -> ProductDraft:
    """The product as its file says it."""
    return replace(
        draft,
        title=texts(draft.title),
        story=_long(draft.story),
        brand=line(draft.brand),
        material=texts(draft.material),
        colour=line(draft.colour),
        tax_class=line(draft.tax_class),
        option_names=tuple(words(name) for name in draft.option_names),
        variants=tuple(
            replace(each, options=tuple(words(value) for value in each.options))
            for each in draft.variants
        ),
        collections=None if draft.collections is None else tuple(sorted(draft.collections)),
        images=None if draft.images is None else tuple(_image(each) for each in draft.images),
        piece=_piece(draft.piece) if draft.piece else None,
    )


def _long(given: Texts) -> dict[str, str]:
    found = {language: lines(given.get(language, "")) for language in LANGUAGES}
    return {language: text for language, text in found.items() if text}


def _image(image: ImageDraft) -> ImageDraft:
    return replace(image, alt=texts(image.alt))


def _piece(piece: PieceDraft) -> PieceDraft:
    return replace(
        piece,
        era=line(piece.era),
        grade_evidence=_long(piece.grade_evidence),
        era_evidence=_long(piece.era_evidence),
        origin_evidence=_long(piece.origin_evidence),
        measurements=_measured(piece.measurements),
        faults=tuple(_fault(each) for each in piece.faults),
    )


def _measured(measurements: Mapping[str, int]) -> dict[str, int]:
    return {key: value for key, value in measurements.items() if value}


def _fault(fault: FaultDraft) -> FaultDraft:
    return replace(fault, place=texts(fault.place), description=_long(fault.description))

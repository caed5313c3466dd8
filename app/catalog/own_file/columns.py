"""The columns of the shop's own product file, their order, and what becomes of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from app.catalog.rules import MAX_OPTIONS, MEASUREMENT_NAMES
from app.platform.i18n import LANGUAGES, LazyText
from app.platform.i18n import lazy_gettext as _

SYSTEM = "Vitrine"


def spoken(name: str) -> tuple[str, ...]:
    """The columns of a text, one for each language."""
    return tuple(f"{name}:{language}" for language in LANGUAGES)


KEY, NUMBER, KIND, STATE = "key", "no", "kind", "state"
TITLE, STORY, MATERIAL = "title", "story", "material"
GARMENT, BRAND, COLOUR, TAGS, COLLECTIONS = "garment", "brand", "colour", "tags", "collections"
GRADE, ERA, YEAR, ORIGIN = "grade", "era", "year", "origin"
GRADE_EVIDENCE, ERA_EVIDENCE = "grade evidence", "era evidence"
ORIGIN_EVIDENCE = "origin evidence"
OPTIONS = tuple(f"option {place}" for place in range(1, MAX_OPTIONS + 1))
VALUES = tuple(f"option {place} value" for place in range(1, MAX_OPTIONS + 1))
OPTION_COLUMNS = frozenset(column for option in OPTIONS for column in spoken(option))
VALUE_COLUMNS = frozenset(column for value in VALUES for column in spoken(value))
SKU, PRICE, COMPARE_AT, CURRENCY = "sku", "price", "price before", "currency"
WEIGHT, TAX_CLASS = "weight g", "tax class"
IMAGE, ALT = "image", "image alt"
FAULT_PLACE, FAULT, FAULT_IMAGE = "fault place", "fault", "fault image"
FAULT_REPAIRED = "fault repaired"
STOCK, EXPORTED = "stock:", "exported stock:"
"""How the columns of a place begin, before its key: what is on hand, and what was when exported."""
HERE = STOCK  # with no key behind it
"""The column of stock in a table that names no place: it lies where the import is told."""

MEASURES: Mapping[str, str] = {key: f"{key} cm" for key in MEASUREMENT_NAMES}
EVIDENCE = (GRADE_EVIDENCE, ERA_EVIDENCE, ORIGIN_EVIDENCE)
FAULTS = (*spoken(FAULT_PLACE), *spoken(FAULT), FAULT_IMAGE, FAULT_REPAIRED)

_OPTION, _VALUE = _("option"), _("option of the variant")
_MEANINGS: Mapping[str, LazyText] = {
    KEY: _("what ties rows and repeated imports to one product"),
    NUMBER: _("№, when it is free"),
    KIND: _("whether it is one of a kind"),
    STATE: _("whether it is on sale"),
    TITLE: _("title"),
    STORY: _("story"),
    GARMENT: _("kind of garment"),
    BRAND: _("brand"),
    MATERIAL: _("material"),
    COLOUR: _("colour"),
    TAX_CLASS: _("tax class"),
    TAGS: _("selling points"),
    COLLECTIONS: _("collections"),
    GRADE: _("grade"),
    GRADE_EVIDENCE: _("what the grade rests on"),
    ERA: _("era"),
    ERA_EVIDENCE: _("what the era rests on"),
    YEAR: _("year"),
    ORIGIN: _("country of origin"),
    ORIGIN_EVIDENCE: _("what the origin rests on"),
    **dict.fromkeys(OPTIONS, _OPTION),
    SKU: _("SKU"),
    **dict.fromkeys(VALUES, _VALUE),
    PRICE: _("price"),
    COMPARE_AT: _("price before, shown once it was asked here"),
    CURRENCY: _("checked: prices are not converted"),
    WEIGHT: _("weight"),
    IMAGE: _("photographs"),
    ALT: _("what a photograph shows"),
    FAULT_PLACE: _("where the fault is"),
    FAULT: _("what the fault is"),
    FAULT_IMAGE: _("which photograph shows the fault"),
    FAULT_REPAIRED: _("whether the fault was mended"),
}
_BEFORE_STOCK = (
    KEY, NUMBER, KIND, STATE, *spoken(TITLE), *spoken(STORY), GARMENT, BRAND, *spoken(MATERIAL),
    COLOUR, TAX_CLASS, TAGS, COLLECTIONS, GRADE, *spoken(GRADE_EVIDENCE), ERA, YEAR,
    *spoken(ERA_EVIDENCE), ORIGIN, *spoken(ORIGIN_EVIDENCE), *MEASURES.values(),
    *(c for o in OPTIONS for c in spoken(o)),
    SKU, *(c for value in VALUES for c in spoken(value)), PRICE, COMPARE_AT, CURRENCY, WEIGHT,
)  # fmt: skip
_AFTER_STOCK = (IMAGE, *spoken(ALT), *FAULTS)
_FIXED = frozenset((*_BEFORE_STOCK, *_AFTER_STOCK))
_CASED = {name.lower(): name for name in _FIXED}
NUMBERS = frozenset((NUMBER, YEAR, *MEASURES.values(), PRICE, COMPARE_AT, WEIGHT, FAULT_IMAGE))
"""Columns that a workbook holds as numbers, besides those of stock."""


def header(places: Iterable[str]) -> tuple[str, ...]:
    """All columns of a shop whose stock lies at these places."""
    stock = (name for place in places for name in (STOCK + place, EXPORTED + place))
    return (*_BEFORE_STOCK, *stock, *_AFTER_STOCK)


def is_number(column: str) -> bool:
    return column in NUMBERS or column.startswith((STOCK, EXPORTED))


def column_of(name: str) -> str | None:
    is_stock = name.startswith((STOCK, EXPORTED)) and not name.endswith(":")
    return name if is_stock else _CASED.get(name)


def meaning_of(column: str) -> LazyText | str:
    if column == HERE:
        return _("stock, at the place of this import")
    if column.startswith(STOCK):
        return _("stock at %(place)s", place=column.removeprefix(STOCK))
    if column.startswith(EXPORTED):
        return _("tells what was counted by you from what was sold meanwhile")
    bare = column.removesuffix(" cm")
    if column != bare:
        return MEASUREMENT_NAMES[bare]
    name, _colon, language = column.partition(":")
    return f"{_MEANINGS[name]} ({language})" if language else _MEANINGS[name]

"""Why an entry is less than certain, what each reason costs, and how it is said to a person."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from app.platform.i18n import LazyText
from app.platform.i18n import lazy_gettext as _

SURE = 0.8
"""Below this a person must look."""


class Aside(StrEnum):
    """What a line that orders nothing was taken for."""

    BLANK = "blank"
    DECORATION = "decoration"
    HEADER = "header"
    EXAMPLE = "example"
    DEADLINE = "deadline"
    PRICE = "price"
    OPTIONS = "options"
    TOTAL = "total"
    LINK = "link"
    RULE = "rule"
    TIME = "time"
    CHATTER = "chatter"


class Reason(StrEnum):
    """What lowered the confidence of an entry."""

    ASSUMED_ONE = "assumed_one"
    SHARED_OPTION = "shared_option"
    DITTO = "ditto"
    WORDS_LEFT = "words_left"
    ODD_NUMBER = "odd_number"
    DOUBLE_NUMBER = "double_number"
    NO_NUMBER = "no_number"
    PLACE_FOR_NAME = "place_for_name"

    NO_NAME = "no_name"
    NAME_UNSURE = "name_unsure"
    NO_ITEMS = "no_items"
    SEVERAL_SKUS = "several_skus"
    NO_SUCH_SKU = "no_such_sku"
    UNKNOWN_OPTION = "unknown_option"
    UNKNOWN_WORDS = "unknown_words"
    ALTERNATIVES = "alternatives"
    CHANGED = "changed"
    NEGATED = "negated"
    ASKED = "asked"
    TENTATIVE = "tentative"
    VAGUE_QUANTITY = "vague_quantity"
    QUANTITY_MISSING = "quantity_missing"
    QUANTITY_UNUSUAL = "quantity_unusual"
    TOTAL_DIFFERS = "total_differs"
    SAME_TWICE = "same_twice"
    PARTLY_CANCELLED = "partly_cancelled"
    CANCELLED_ELSEWHERE = "cancelled_elsewhere"
    REPEATED = "repeated"
    DITTO_OF_UNCLEAR = "ditto_of_unclear"
    BEFORE_LIST = "before_list"
    LATE_LINE = "late_line"


_SMALL, _LARGE = 0.05, 0.5
_COSTS = {
    Reason.ASSUMED_ONE: _SMALL,
    Reason.SHARED_OPTION: _SMALL,
    Reason.DITTO: _SMALL,
    Reason.WORDS_LEFT: _SMALL,
    Reason.ODD_NUMBER: _SMALL,
    Reason.DOUBLE_NUMBER: _SMALL,
    Reason.NO_NUMBER: _SMALL,
    Reason.PLACE_FOR_NAME: _SMALL,
}
_SENTENCES = {
    Reason.ASSUMED_ONE: _("No quantity is written; one was assumed."),
    Reason.SHARED_OPTION: _("An option was written once for several items."),
    Reason.DITTO: _("“Same as above” was taken from the entry above."),
    Reason.WORDS_LEFT: _("Some words were kept as a note only."),
    Reason.ODD_NUMBER: _("A number was not used."),
    Reason.DOUBLE_NUMBER: _("Another entry has this number."),
    Reason.NO_NUMBER: _("The line has no number."),
    Reason.PLACE_FOR_NAME: _("There is a door number instead of a name."),
    Reason.NO_NAME: _("There is no name."),
    Reason.NAME_UNSURE: _("It is unclear where the name ends."),
    Reason.NO_ITEMS: _("It is unclear what is wanted."),
    Reason.SEVERAL_SKUS: _("An option is missing; several variants fit."),
    Reason.NO_SUCH_SKU: _("These options do not exist together."),
    Reason.UNKNOWN_OPTION: _("This campaign does not have that option."),
    Reason.UNKNOWN_WORDS: _("There are words that were not understood."),
    Reason.ALTERNATIVES: _("It says one or the other."),
    Reason.CHANGED: _("It was changed afterwards."),
    Reason.NEGATED: _("It says what is not wanted."),
    Reason.ASKED: _("It is a question."),
    Reason.TENTATIVE: _("It is not decided yet."),
    Reason.VAGUE_QUANTITY: _("The quantity is vague."),
    Reason.QUANTITY_MISSING: _("Only some of the items have a quantity."),
    Reason.QUANTITY_UNUSUAL: _("The quantity is unusual."),
    Reason.TOTAL_DIFFERS: _("The total that is written differs from the sum."),
    Reason.SAME_TWICE: _("The same variant is written twice."),
    Reason.PARTLY_CANCELLED: _("Part of it seems to be cancelled."),
    Reason.CANCELLED_ELSEWHERE: _("Another line cancels this entry."),
    Reason.REPEATED: _("The same entry is there twice."),
    Reason.DITTO_OF_UNCLEAR: _("“Same as above” points at nothing certain."),
    Reason.BEFORE_LIST: _("It stands before the list begins."),
    Reason.LATE_LINE: _("A line further down was taken as part of it."),
}


def confidence_left(reasons: Iterable[Reason]) -> float:
    """1 less the cost of every reason, never below 0."""
    return max(0.0, round(1.0 - sum(_COSTS.get(reason, _LARGE) for reason in reasons), 2))


def is_serious(reason: Reason) -> bool:
    """Whether this reason alone asks for a person."""
    return reason not in _COSTS


def sentence(reason: Reason) -> LazyText:
    """The reason in the reader's language."""
    return _SENTENCES[reason]

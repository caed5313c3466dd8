"""What a chat list is made of, on the way in and on the way out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.community.chat_list.reasons import SURE, Aside, Reason, confidence_left
from app.platform.i18n import pick

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class SkuName:
    """How one SKU is called: its option values and its product's title, by language.

    `key` is whatever the caller knows it by; `options` are in the same order for every SKU.
    """

    key: str
    options: Sequence[Texts] = ()
    title: Texts = field(default_factory=dict)

    def label(self, language: str) -> str:
        """M/黑色, the option values in one language."""
        return "/".join(filter(None, (pick(value, language) for value in self.options)))

    def title_in(self, language: str) -> str:
        return pick(self.title, language)


@dataclass(frozen=True, slots=True)
class Item:
    """A quantity of one SKU; `sku` is None where the words fit several `candidates`, or none."""

    sku: str | None
    quantity: int
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """What an entry says beside the order; each is empty where it says nothing."""

    building: str = ""
    unit: str = ""
    room: str = ""
    phone_tail: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's line as it was read; `lines` count from 0 and `raw` are those lines untouched.

    `unread` are words that were taken for nothing. `confidence` is 1 less what `reasons` cost.
    """

    number: int | None
    name: str
    items: tuple[Item, ...]
    cancelled: bool
    note: Note
    lines: tuple[int, ...]
    raw: tuple[str, ...]
    unread: tuple[str, ...] = ()
    reasons: tuple[Reason, ...] = ()

    @property
    def confidence(self) -> float:
        return confidence_left(self.reasons)

    @property
    def unclear(self) -> bool:
        """Whether a person must look before this becomes an order."""
        return self.confidence < SURE


@dataclass(frozen=True, slots=True)
class IgnoredLine:
    """A line that orders nothing, and what it was taken for."""

    line: int
    raw: str
    why: Aside


@dataclass(frozen=True, slots=True)
class UnclearLine:
    """A line that may order something and belongs to no entry; a person must look."""

    line: int
    raw: str


@dataclass(frozen=True, slots=True)
class ParsedList:
    """A whole list; every line of the text is in an entry, in `ignored` or in `unclear`.

    `gaps` are numbers between the first and the last that nobody has.
    """

    entries: tuple[Entry, ...]
    ignored: tuple[IgnoredLine, ...]
    unclear: tuple[UnclearLine, ...]

    @property
    def gaps(self) -> tuple[int, ...]:
        numbers = {entry.number for entry in self.entries if entry.number is not None}
        if not numbers or max(numbers) - min(numbers) > _WIDEST_LIST:
            return ()
        return tuple(sorted(set(range(min(numbers), max(numbers))) - numbers))


_WIDEST_LIST = 2000


@dataclass(frozen=True, slots=True)
class ListedItem:
    """A quantity of one SKU to be written."""

    sku: str
    quantity: int


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """One person's line to be written; the name is masked on the way."""

    number: int
    name: str
    items: Sequence[ListedItem]
    cancelled: bool = False

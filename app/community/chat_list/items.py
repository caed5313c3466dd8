"""The items that tokens order, and what is doubtful about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.community.chat_list.parts import Part, Parts, gather
from app.community.chat_list.reasons import Reason, is_serious
from app.community.chat_list.shapes import Item
from app.community.chat_list.tokens import Kind, Token
from app.community.chat_list.vocabulary import Vocabulary

MOST_OF_ONE = 20
"""More of one SKU than this for one person is rather a slip of the finger."""
_BUILDING = frozenset({Kind.OPTION, Kind.FOREIGN, Kind.QUANTITY, Kind.EACH, Kind.TOTAL})
_AN_AMOUNT = 100


@dataclass(frozen=True, slots=True)
class Assembly:
    """The items in the order they are written, and what lowers the trust in them."""

    items: tuple[Item, ...]
    reasons: tuple[Reason, ...]

    @property
    def is_clean(self) -> bool:
        return bool(self.items) and not any(map(is_serious, self.reasons))


def assemble(tokens: Sequence[Token], words: Vocabulary) -> Assembly:
    """Put the tokens together; of two readings the one that leaves nothing open."""
    said = tuple(dict.fromkeys([token.reason for token in tokens if token.reason]))
    if _BUILDING.isdisjoint([token.kind for token in tokens]):
        return Assembly((), said)
    near = _assembled(gather(tokens, look_ahead=False), tokens, words, said)
    if near.is_clean or len(near.items) == 1:
        return near
    far = _assembled(gather(tokens, look_ahead=True), tokens, words, said)
    return far if far.is_clean else near


def _assembled(
    gathered: Parts, tokens: Sequence[Token], words: Vocabulary, said: tuple[Reason, ...]
) -> Assembly:
    everything = frozenset(range(len(words.keys)))
    totals = [token.number for token in tokens if token.kind is Kind.TOTAL]
    parts = _joined(gathered.found, everything)
    if not parts and totals:
        parts = [Part(apart=True)]
    reasons = [
        *said,
        *_shared(parts),
        *_counted(parts, gathered.each, totals),
        *_odd_numbers(parts, tokens),
    ]
    items = tuple(_item(part, words, everything) for part in parts)
    reasons += _judged(items, totals, knows_all=Reason.UNKNOWN_OPTION not in said)
    if any(part.either for part in parts):
        reasons.append(Reason.ALTERNATIVES)
    return Assembly(items, tuple(dict.fromkeys(reasons)))


def _joined(found: Sequence[Part], everything: frozenset[int]) -> list[Part]:
    """Halves on both sides of a comma made one: (M 黑), (1)."""
    parts: list[Part] = []
    for part in found:
        last = parts[-1] if parts and part.apart else None
        if last and last.completes(part) and not _is_whole(last, everything):
            last.take(part)
        else:
            parts.append(part)
    return parts


def _is_whole(part: Part, everything: frozenset[int]) -> bool:
    return part.quantity is not None and len(_fitting(part, everything)) == 1


def _fitting(part: Part, everything: frozenset[int]) -> frozenset[int]:
    fits = everything
    for value in part.options.values():
        fits &= value
    return fits


def _shared(parts: Sequence[Part]) -> Iterator[Reason]:
    """Give parts the option they leave out: 黑色 M1 L2, 黑白各一 M."""
    places = {place for part in parts for place in part.options}
    for at, part in enumerate(parts):
        for place in places - part.options.keys():
            value = _of_group(part.group, parts, place) or _of_leader(parts[:at], place)
            if value:
                part.options[place] = value
                yield Reason.SHARED_OPTION


def _of_group(group: int, parts: Sequence[Part], place: int) -> frozenset[int] | None:
    """The value that all of one 各 share, whichever of them it was written at."""
    sharing = [part for part in parts if group and part.group == group and place in part.options]
    values = {part.options[place] for part in sharing}
    return values.pop() if len(values) == 1 else None


def _of_leader(before: Sequence[Part], place: int) -> frozenset[int] | None:
    """The value that was written before all others, as a heading is."""
    for part in reversed(before):
        if place in part.options:
            return part.options[place] if next(iter(part.options)) == place else None
    return None


def _counted(
    parts: Sequence[Part], each: Sequence[int], totals: Sequence[int | None]
) -> Iterator[Reason]:
    for part in parts:
        if part.quantity is None and part.group:
            part.quantity = each[part.group - 1]
    uncounted = [part for part in parts if part.quantity is None]
    if len(parts) == 1 and uncounted and len(totals) == 1:
        parts[0].quantity = totals[0]
    elif uncounted:
        yield Reason.ASSUMED_ONE if len(uncounted) == len(parts) else Reason.QUANTITY_MISSING
    for part in uncounted:
        part.quantity = part.quantity or 1
    if any(not 0 < (part.quantity or 0) <= MOST_OF_ONE for part in parts):
        yield Reason.QUANTITY_UNUSUAL


def _odd_numbers(parts: Sequence[Part], tokens: Sequence[Token]) -> Iterator[Reason]:
    """A large bare number beside quantities is money or a door; alone it may be a quantity."""
    amounts = [token.number or 0 for token in tokens if token.kind is Kind.AMOUNT]
    if amounts:
        counted = any(token.kind in (Kind.QUANTITY, Kind.EACH, Kind.TOTAL) for token in tokens)
        sure = counted or min(amounts) >= _AN_AMOUNT
        yield Reason.ODD_NUMBER if sure and parts else Reason.QUANTITY_UNUSUAL


def _item(part: Part, words: Vocabulary, everything: frozenset[int]) -> Item:
    keys = tuple(words.keys[at] for at in sorted(_fitting(part, everything)))
    quantity = part.quantity or 0
    return Item(keys[0], quantity) if len(keys) == 1 else Item(None, quantity, keys)


def _judged(
    items: Sequence[Item], totals: Sequence[int | None], *, knows_all: bool
) -> Iterator[Reason]:
    unknown = [item for item in items if item.sku is None]
    if any(item.candidates for item in unknown):
        yield Reason.SEVERAL_SKUS
    if knows_all and not all(item.candidates for item in unknown):
        yield Reason.NO_SUCH_SKU
    known = [item.sku for item in items if item.sku is not None]
    if len(set(known)) < len(known):
        yield Reason.SAME_TWICE
    if any(total != sum(item.quantity for item in items) for total in totals):
        yield Reason.TOTAL_DIFFERS

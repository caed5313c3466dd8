"""Which documents have a token, read and kept whole.

Whoosh goes from one document to the next, each step some calls of Python: that was nearly all that
a search cost. Its blocks of 128 documents are read at once here, into bits and bytes which Python
joins and looks up many at a time.
"""
# ruff: noqa: SLF001  (no public way of Whoosh gives more than one document)

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, compress, count, repeat
from typing import Any, Final

from whoosh.codec.whoosh3 import W3LeafMatcher
from whoosh.matching.mcore import Matcher
from whoosh.matching.wrappers import FilterMatcher
from whoosh.reading import SegmentReader

MOST_WEIGHT: Final = 255
MOST_BYTES: Final = 8 << 20
_BYTES_OF_ENTRY: Final = 100
_Block = Iterable[tuple[int, int]]
_AS_DIGITS: Final = b"0" + b"1" * MOST_WEIGHT
_AS_FLAGS: Final = bytes(int(byte == ord("1")) for byte in range(256))


@dataclass(frozen=True, slots=True)
class Postings:
    """The documents of a segment that have a token, as the bits of `having`, and how much it weighs
    in each: one byte for every document of the segment, or, where few have it, for these alone.
    """

    having: int
    weights: bytes | dict[int, int]

    def of(self, documents: Sequence[int]) -> Iterator[int]:
        """What it weighs in each of these; nothing where it is not."""
        if isinstance(self.weights, bytes):
            return map(self.weights.__getitem__, documents)
        return map(self.weights.get, documents, repeat(0))

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        each = 1 if isinstance(self.weights, bytes) else _BYTES_OF_ENTRY
        return len(self.weights) * each + self.having.bit_length() // 8 + _BYTES_OF_ENTRY


class Kept:
    """Postings as they were read, those asked for last; a segment is written once, so they hold."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._kept: OrderedDict[tuple[object, str, str], Postings] = OrderedDict()
        self._most = most_bytes
        self.size = 0
        """About how many bytes of memory they take."""

    def of(self, segment: SegmentReader, field: str, token: str) -> Postings:
        key = (segment.segment(), field, token)
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
            return found
        found = self._kept[key] = _read(segment, field, token)
        self.size += found.size
        while self.size > self._most:
            _key, oldest = self._kept.popitem(last=False)
            self.size -= oldest.size
        return found


def numbers(bits: int) -> list[int]:
    """The places of all bits that are set, ascending."""
    flags = f"{bits:b}"[::-1].encode().translate(_AS_FLAGS)
    return list(compress(count(), flags))


def _read(segment: SegmentReader, field: str, token: str) -> Postings:
    many, documents = segment.doc_frequency(field, token), segment.doc_count_all()
    if not many:
        return Postings(0, {})
    blocks = _blocks(segment.postings(field, token))
    if many * _BYTES_OF_ENTRY < documents:
        few = dict(chain.from_iterable(blocks))
        return Postings(_bits(few, documents), few)
    weights = bytearray(documents)
    for block in blocks:
        for document, weight in block:
            weights[document] = weight
    digits = weights.translate(_AS_DIGITS)
    digits.reverse()
    return Postings(int(digits, 2), bytes(weights))


def _blocks(matcher: Matcher) -> Iterator[_Block]:
    """Documents that were taken out are left in: they are taken off what is found in the end."""
    while isinstance(matcher, FilterMatcher):
        matcher = matcher.child
    if isinstance(matcher, W3LeafMatcher):
        yield from _whole_blocks(matcher)
        return
    while matcher.is_active():
        yield [(matcher.id(), _whole(matcher.weight()))]
        matcher.next()


def _whole_blocks(matcher: Any) -> Iterator[_Block]:
    while matcher.is_active():
        matcher._read_data()
        documents, weights, _values = matcher._data
        if weights is None:  # Whoosh's way to write that it is 1 in all of them,
            weights = repeat(1)
        elif isinstance(weights, float):  # or another number.
            weights = repeat(_whole(weights))
        else:
            is_small = matcher.block_max_weight() <= MOST_WEIGHT
            weights = map(int if is_small else _whole, weights)
        yield zip(accumulate(documents), weights, strict=False)
        matcher._next_block()


def _whole(weight: float) -> int:
    return min(int(weight), MOST_WEIGHT)


def _bits(documents: Iterable[int], most: int) -> int:
    flags = bytearray(most // 8 + 1)
    for document in documents:
        flags[document >> 3] |= 1 << (document & 7)
    return int.from_bytes(flags, "little")

"""The words of one campaign: which SKUs each of them leaves possible."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.community.chat_list.plain import lowered, plain
from app.community.chat_list.shapes import SkuName, Texts
from app.community.chat_list.synonyms import COLOURS, GARMENTS, OTHER_OPTIONS, SIZES

TITLE = -1
"""The place of the product's title among the options."""
ELSEWHERE = -2
"""The place of an option that no SKU of the campaign has."""
_SUFFIXES = "色码号款装"
_ROWS = {word: row for row in (*SIZES, *COLOURS) for word in row}
_HAN_DIGITS = dict(zip("一两二三四五六七八九十", (1, 2, *range(2, 11)), strict=True))
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]{3,}")
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a word says: a value of the option at `place`, borne by the SKUs in `fits`.

    A word without SKUs is an option this campaign does not have; a title of all says nothing.
    """

    place: int
    fits: frozenset[int]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`meanings` by word as `key_of` spells it; `pattern` finds every one of them in a text."""

    keys: tuple[str, ...]
    meanings: Mapping[str, Meaning]
    pattern: str

    def meaning(self, written: str) -> Meaning:
        known = self.meanings.get(written)
        if known is None:
            key = key_of(written)
            known = self.meanings.get(key) or self.meanings[key[:-1]]
        return known


def key_of(written: str) -> str:
    """A word without its spaces, and with one kind of dash."""
    return re.sub(r"\s+", "", re.sub(r"[~到至]", "-", written))


def vocabulary(skus: Sequence[SkuName]) -> Vocabulary:
    """Every word that names a value of these SKUs, or of others, and the pattern that finds it."""
    spellings: dict[str, str] = {}
    meanings: dict[str, Meaning] = {}
    for word, meaning in _words(skus):
        if not (len(word) == 1 and word.isdigit()):  # that is a quantity wherever it stands
            spellings[word] = key_of(word)
            meanings.setdefault(spellings[word], meaning)
    return Vocabulary(tuple(sku.key for sku in skus), meanings, _alternatives(spellings))


def _words(skus: Sequence[SkuName]) -> Iterator[tuple[str, Meaning]]:
    """Words with what they say, the surest first."""
    everything = frozenset(range(len(skus)))
    own: dict[str, set[tuple[int, int]]] = defaultdict(set)
    other: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for position, place, word in _borne_words(skus):
        own[word].add((place, position))
        for same in _same_words(word) if place != TITLE else ():
            other[same].add((place, position))
    for word, borne in (*own.items(), *other.items()):
        yield from _told(word, borne)
    for sku in skus[:1]:
        yield from ((word, Meaning(TITLE, everything)) for word in _title_words(sku.title))
    yield from _foreign(own)


def _foreign(own: Mapping[str, Iterable[tuple[int, int]]]) -> Iterator[tuple[str, Meaning]]:
    """Words for values nobody has: an unknown colour stands where the known colours do."""
    for rows in (SIZES, COLOURS):
        kin = {word for row in rows for word in row}
        places = {place for word in kin & own.keys() for place, _position in own[word]}
        place = places.pop() if len(places) == 1 else ELSEWHERE
        yield from ((word, Meaning(place, frozenset())) for word in kin)
    yield from ((word, Meaning(ELSEWHERE, frozenset())) for word in OTHER_OPTIONS)
    yield from ((word, Meaning(TITLE, frozenset())) for word in GARMENTS)


def _borne_words(skus: Sequence[SkuName]) -> Iterator[tuple[int, int, str]]:
    """Which SKU bears which word at which place; titles only where there are several."""
    several_titles = len({tuple(sorted(sku.title.items())) for sku in skus}) > 1
    for position, sku in enumerate(skus):
        for place, value in enumerate(sku.options):
            yield from ((position, place, word) for word in _own_words(value))
        if several_titles:
            yield from ((position, TITLE, word) for word in _title_words(sku.title))


def _told(word: str, borne: set[tuple[int, int]]) -> Iterator[tuple[str, Meaning]]:
    """A word that stands for two different options says nothing for certain."""
    places = {place for place, _position in borne}
    if len(places) == 1:
        yield word, Meaning(places.pop(), frozenset(position for _place, position in borne))


def _own_words(value: Texts) -> Iterator[str]:
    for text in value.values():
        word = lowered(plain(text))
        if word:
            yield word
            if len(word) > 1 and word[-1] in _SUFFIXES and _HAN.search(word[:-1]):
                yield word[:-1]


def _same_words(word: str) -> Iterator[str]:
    yield from _ROWS.get(word, ())
    if len(word) == _PAIR and word[0] in _HAN_DIGITS:
        yield f"{_HAN_DIGITS[word[0]]}{word[1]}"


def _title_words(title: Texts) -> Iterator[str]:
    """The title whole, its ends and the garments in it: 夹克 of 灯芯绒夹克."""
    for text in title.values():
        word = lowered(plain(text))
        if not word:
            continue
        yield word
        yield from (garment for garment in GARMENTS if garment in word)
        for latin in _LATIN.findall(word):
            yield latin
            yield latin.removesuffix("s") if latin.endswith("s") else f"{latin}s"
        for run in _HAN.findall(word):
            yield from {run[-2:], run[-3:], run[:2]} if len(run) > _PAIR else {run}


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, the longest first; one that never matches for none."""
    fenced: dict[tuple[str, str], list[str]] = defaultdict(list)
    for word in sorted(words, key=lambda word: (-len(word), word)):
        spelled = r"\s*".join(re.escape(part) for part in word.split())
        fenced[_fences(word)].append(spelled.replace(r"\-", r"\s*[-~到至]\s*"))
    alternatives = [
        f"{before}(?:{'|'.join(spelled)}){after}" for (before, after), spelled in fenced.items()
    ]
    return f"(?:{'|'.join(alternatives)})[{_SUFFIXES}]?" if alternatives else r"(?!)"


def _fences(word: str) -> tuple[str, str]:
    """What may not stand around a word: m is in m2, mx2 and 2m, but not in max."""
    before = after = ""
    if word[0].isascii() and word[0].isalpha():
        before = r"(?<![a-z])"
    elif word[0].isdigit():
        before = r"(?<![\da-z])"
    if word[-1].isascii() and word[-1].isalpha():
        after = r"(?![a-wyz']|x(?!\s?\d))"
    elif word[-1].isdigit():
        after = r"(?!\d|\.\d(?!\d)|\s*[元块斤%]|cm|kg)"
    return before, after

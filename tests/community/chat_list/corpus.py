"""The lists of tests/data/chat_lists with what is true of them, and how a reading is judged."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path

from app.community.chat_list.reading import read
from app.community.chat_list.shapes import Entry, ParsedList, SkuName

FOLDER = Path(__file__).parents[2] / "data" / "chat_lists"
PLACES = {"b": "building", "u": "unit", "r": "room", "t": "phone_tail"}


@dataclass
class Truth:
    """What is true of one entry; `line` is where it begins and `nth` which of that line it is."""

    line: int
    nth: int
    number: int | None
    name: str
    items: Counter[str] = field(default_factory=Counter)
    where: dict[str, str] = field(default_factory=dict)
    cancelled: bool = False
    must_look: bool = False


@dataclass
class Listed:
    """One list of the corpus: its text, and line by line what it is."""

    name: str
    goods: str
    lines: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    entries: list[Truth] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@cache
def goods(name: str) -> tuple[SkuName, ...]:
    """The SKUs of one campaign of goods.json, keyed like MK or 2XLW."""
    described = json.loads((FOLDER / "goods.json").read_text("utf-8"))[name]
    titles = described.get("titles", {"": described.get("title", {})})
    return tuple(
        SkuName(
            key="".join((code, *(key for key, _words in values))).removesuffix("_"),
            options=tuple(words for _key, words in values if any(words.values())),
            title=title,
        )
        for code, title in titles.items()
        for values in product(*(option.items() for option in described["options"]))
    )


@cache
def lists(part: str) -> tuple[Listed, ...]:
    """Every list of `tuned` or `held_out`."""
    found = (listed for path in sorted((FOLDER / part).glob("*.txt")) for listed in _lists(path))
    return tuple(found)


def _lists(path: Path) -> Iterator[Listed]:
    listed: Listed | None = None
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("=== "):
            if listed:
                yield listed
            name, sold = line.removeprefix("=== ").split()
            listed = Listed(name, sold)
        elif listed:
            _add(listed, line)
    if listed:
        yield listed


def _add(listed: Listed, line: str) -> None:
    raw, arrow, mark = line.rpartition(" ⇐ ")
    assert arrow or not line.strip(), f"{listed.name}: nothing said of {line!r}"
    for nth, said in enumerate(mark.split(" || ")):
        if said[:1].isdigit() or said[:1] == ".":
            listed.entries.append(_truth(said.split(), len(listed.lines), nth))
    listed.lines.append(raw)
    listed.marks.append(mark[:1] or "-")


def _truth(words: list[str], line: int, nth: int) -> Truth:
    number, name, *rest = words
    name = "" if name == "." else name.replace("_", " ")
    entry = Truth(line, nth, None if number == "." else int(number), name)
    for word in rest:
        if word in {"x", "?"}:
            entry.cancelled = entry.cancelled or word == "x"
            entry.must_look = entry.must_look or word == "?"
        elif "=" in word:
            place, _, value = word.partition("=")
            entry.where[PLACES[place]] = value
        else:
            sku, _, quantity = word.rpartition("*")
            entry.items[sku] += int(quantity)
    return entry


@dataclass
class Score:
    """What became of the entries: counts, and one line of text for each that is worth a look."""

    lists: int = 0
    entries: int = 0
    plain: int = 0
    right: int = 0
    unmarked: int = 0
    quantities: int = 0
    places: int = 0
    must_look: int = 0
    looked: int = 0
    asides: int = 0
    asides_ignored: int = 0
    wrong_unmarked: list[str] = field(default_factory=list)
    misread: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)

    def rows(self) -> dict[str, tuple[int, int]]:
        """Each measure as so many of so many."""
        return {
            "read right": (self.right, self.plain),
            "quantities right": (self.quantities, self.plain),
            "doors and phone tails right": (self.places, self.plain),
            "read right and not marked": (self.unmarked, self.plain),
            "unclear entries marked": (self.looked, self.must_look),
            "other lines ignored": (self.asides_ignored, self.asides),
            "wrong and not marked": (len(self.wrong_unmarked), self.entries),
        }

    def share(self, row: str) -> float:
        some, all_ = self.rows()[row]
        return some / all_


@cache
def score(part: str) -> Score:
    """Read every list of a part and judge what came out."""
    total = Score()
    for listed in lists(part):
        total.lists += 1
        _judge(listed, read(listed.text, goods(listed.goods)), total)
    return total


def _judge(listed: Listed, parsed: ParsedList, total: Score) -> None:
    begun: dict[int, list[Entry]] = {}
    for entry in parsed.entries:
        begun.setdefault(entry.lines[0], []).append(entry)
    marked = {line.line for line in parsed.unclear} | {
        line for entry in parsed.entries if entry.unclear for line in entry.lines
    }
    for truth in listed.entries:
        here = begun.get(truth.line, [])
        found = here[truth.nth] if truth.nth < len(here) else None
        is_marked = found.unclear if found else truth.line in marked
        _judge_entry(listed, truth, found, is_marked, total)
    _judge_inventions(listed, begun, total)
    _judge_other_lines(listed, {line.line for line in parsed.ignored}, total)


def _judge_entry(
    listed: Listed, truth: Truth, entry: Entry | None, is_marked: bool, total: Score
) -> None:
    right = entry is not None and _is_right(entry, truth)
    told = f"{listed.name}:{truth.line + 1} {truth} read as {entry}"
    total.entries += 1
    if truth.must_look:
        total.must_look += 1
        total.looked += is_marked
    else:
        total.plain += 1
        total.right += right
        total.unmarked += right and not is_marked
        total.quantities += entry is not None and _items(entry) == truth.items
        total.places += entry is not None and _where(entry) == truth.where
        (total.needless if right else total.misread).extend([told] * (is_marked or not right))
    if not is_marked and (truth.must_look or not right):
        total.wrong_unmarked.append(told)


def _judge_inventions(listed: Listed, begun: dict[int, list[Entry]], total: Score) -> None:
    """Entries that were read where there are none."""
    expected = Counter(truth.line for truth in listed.entries)
    for line, here in begun.items():
        for entry in here[expected[line] :]:
            if not entry.unclear:
                total.wrong_unmarked.append(f"{listed.name}:{line + 1} made up {entry}")


def _judge_other_lines(listed: Listed, ignored: set[int], total: Score) -> None:
    for line, mark in enumerate(listed.marks):
        told = f"{listed.name}:{line + 1} {listed.lines[line]}"
        if mark == "-" and listed.lines[line]:
            total.asides += 1
            total.asides_ignored += line in ignored
            total.needless.extend([told] * (line not in ignored))
        elif mark == "?" and line in ignored:
            total.wrong_unmarked.append(f"{told} was ignored")


def _is_right(entry: Entry, truth: Truth) -> bool:
    return (entry.number, entry.name, entry.cancelled, _items(entry)) == (
        truth.number,
        truth.name,
        truth.cancelled,
        truth.items,
    )


def _items(entry: Entry) -> Counter[str]:
    counted: Counter[str] = Counter()
    for item in entry.items:
        counted[item.sku or "?"] += item.quantity
    return counted


def _where(entry: Entry) -> dict[str, str]:
    places = ((part, getattr(entry.note, part)) for part in PLACES.values())
    return {part: value for part, value in places if value}

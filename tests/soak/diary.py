"""The diary: what was done to the shop, when, and what was found after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

HEAD = """| at | what was done | well again after | failed meanwhile | found after |
|---|---|---|---|---|"""
NOTHING = "every invariant holds"


@dataclass(frozen=True)
class Entry:
    """`failed` of `asked` requests were answered 503 or not at all until all was `well` again."""

    at: datetime
    what: str
    seconds: float
    failed: int
    asked: int
    found: Sequence[str] = ()

    def line(self) -> str:
        found = "; ".join(self.found) or NOTHING
        return (
            f"| {self.at:%H:%M:%S} | {self.what} | {self.seconds:.1f} s "
            f"| {self.failed} of {self.asked} | {found} |"
        )


@dataclass
class Diary:
    """Each line is printed as it is written."""

    entries: list[Entry] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def write(self, entry: Entry) -> None:
        if not self.entries:
            print(HEAD, flush=True)
        print(entry.line(), flush=True)
        self.entries.append(entry)
        self.blame(entry.found)

    def blame(self, sentences: Sequence[str]) -> None:
        """What must not be, whenever it was found; the same sentence is said and counted once."""
        for sentence in sentences:
            if sentence not in self.wrong:
                print(f"MUST NOT BE: {sentence}", flush=True)
                self.wrong.append(sentence)

    def summary(self) -> str:
        """How often each thing was done, and the longest it took until all was well."""
        kinds: dict[str, list[float]] = {}
        for entry in self.entries:
            kinds.setdefault(entry.what.partition(":")[0], []).append(entry.seconds)
        lines = ["| what | times | well again after (median, most) |", "|---|---|---|"]
        for kind, seconds in sorted(kinds.items()):
            middle = sorted(seconds)[len(seconds) // 2]
            lines.append(f"| {kind} | {len(seconds)} | {middle:.1f} s, {max(seconds):.1f} s |")
        return "\n".join(lines)

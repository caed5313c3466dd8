"""Figures, and the table they are printed in."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

Key = tuple[str, str, str]
HEAD = ("part", "what", "measured", "unit", "bar", "", "last time")
TO_THE_RIGHT = {2, 6}


@dataclass(frozen=True)
class Figure:
    """`bar` says what is aimed at; `is_met` whether it was, None where there is none."""

    part: str
    what: str
    value: float
    unit: str
    bar: str = ""
    is_met: bool | None = None

    @property
    def verdict(self) -> str:
        return "" if self.is_met is None else ("met" if self.is_met else "MISSED")

    @property
    def key(self) -> Key:
        """What is measured, the same in every run."""
        return (self.part, self.what, self.unit)


def at_least(part: str, what: str, value: float, unit: str, bar: float) -> Figure:
    return Figure(part, what, value, unit, f"≥ {bar:,g}", value >= bar)


def at_most(part: str, what: str, value: float, unit: str, bar: float) -> Figure:
    return Figure(part, what, value, unit, f"≤ {bar:,g}", value <= bar)


def exactly(part: str, what: str, value: float, unit: str, bar: float) -> Figure:
    return Figure(part, what, value, unit, f"= {bar:,g}", value == bar)


def written(figures: Iterable[Figure]) -> str:
    """A line each, to be read by another process."""
    return "\n".join(json.dumps(asdict(figure)) for figure in figures)


def read(lines: str) -> list[Figure]:
    return [Figure(**json.loads(line)) for line in lines.splitlines()]


def show(figures: Iterable[Figure], before: Mapping[Key, float] | None = None) -> str:
    """Columns of a width that fits; numbers to the right."""
    rows = [
        (one.part, one.what, f"{one.value:,.1f}", one.unit, one.bar, one.verdict,
         f"{before[one.key]:,.1f}" if before and one.key in before else "")
        for one in figures
    ]  # fmt: skip
    widths = [max(len(row[column]) for row in [HEAD, *rows]) for column in range(len(HEAD))]
    lines = [
        "  ".join(
            cell.rjust(width) if column in TO_THE_RIGHT else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in [HEAD, *rows]
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def missed(figures: Iterable[Figure]) -> str:
    """How many bars were met, and which were not."""
    judged = [one for one in figures if one.is_met is not None]
    short = [f"  {one.part}: {one.what} ({one.value:,.1f} {one.unit}, {one.bar})"
             for one in judged if not one.is_met]  # fmt: skip
    met = f"{len(judged) - len(short)} of {len(judged)} bars met"
    return f"{met}." if not short else "\n".join([f"{met}; missed:", *short])

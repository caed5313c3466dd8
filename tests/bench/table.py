"""Figures, and the table they are printed in."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass


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


def written(figures: Iterable[Figure]) -> str:
    """A line each, to be read by another process."""
    return "\n".join(json.dumps(asdict(figure)) for figure in figures)


def read(lines: str) -> list[Figure]:
    return [Figure(**json.loads(line)) for line in lines.splitlines()]


def show(figures: Iterable[Figure]) -> str:
    """Columns of a width that fits; numbers to the right."""
    head = ("part", "what", "measured", "unit", "bar", "")
    rows = [
        (one.part, one.what, f"{one.value:,.1f}", one.unit, one.bar, one.verdict) for one in figures
    ]
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    lines = [
        "  ".join(
            cell.rjust(width) if column == 2 else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in [head, *rows]
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])

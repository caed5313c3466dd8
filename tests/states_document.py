"""What docs/states.md says, read for the tests that compare it with the code."""

from __future__ import annotations

import re
from pathlib import Path

DOCUMENT = (Path(__file__).parents[1] / "docs/states.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text under a heading."""
    return DOCUMENT.split(f"## {title}\n")[1].split("\n## ")[0]


def table(title: str) -> list[list[str]]:
    """The cells of a section's table, without its head."""
    rows = [line for line in section(title).splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def states_in(cell: str) -> frozenset[str]:
    """The states a cell names; what it says in brackets is no state."""
    return frozenset(re.findall(r"\b[a-z_]+\b", re.sub(r"\(.*?\)", "", cell)))


def moves(title: str) -> dict[str, frozenset[str]]:
    """Where each state of a section's table may go."""
    return {before: states_in(after) for before, after in table(title)}

"""The whole examination, in the order in which things depend on each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.config import Settings
from app.operations.checks import business, databases, machine, providers, queues, surroundings
from app.operations.findings import Finding

Check = Callable[[Settings], Iterator[Finding]]
WITHOUT_TABLES: tuple[Check, ...] = (
    queues.examine,
    machine.examine,
    surroundings.examine,
    providers.examine,
)


def examine(known: Settings) -> Iterator[Finding]:
    """All findings; what needs the tables is left out while they are missing."""
    states = {}
    for finding in databases.examine(known):
        states[finding.name] = finding.state
        yield finding
    for check in WITHOUT_TABLES:
        yield from check(known)
    if states.get("migrations") in {"ok", "warning"}:
        yield from business.examine(known)

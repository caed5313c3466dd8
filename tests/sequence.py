"""In which order tests run, so that several processes are done at the same moment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

import pytest

Group = list[pytest.Item]
SLOW_ARE_BEHIND = 0.5
"""Where the last slow test begins, as a part of the run: nobody waits for it at the end."""


def in_sequence(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """First what shares one costly world, which one process then builds. Then everything else; of
    what is slow, most waits for a browser or a process and leaves the processor to others: it is
    spread among what computes. A module's tests stay together for what they share.
    """
    world = [item for item in items if "kept_worlds" in getattr(item, "fixturenames", ())]
    others = [item for item in items if item not in set(world)]
    slow = _modules(item for item in others if _is_slow(item))
    quick = _modules(item for item in others if not _is_slow(item))
    return [*world, *chain.from_iterable(_spread(slow, quick))]


def _is_slow(item: pytest.Item) -> bool:
    return any(item.get_closest_marker(name) for name in ("slow", "browser"))


def _modules(items: Iterable[pytest.Item]) -> list[Group]:
    return [list(group) for _path, group in groupby(items, key=lambda item: item.path)]


def _spread(few: Sequence[Group], many: Sequence[Group]) -> Iterator[Group]:
    """Every group of both in its own order, the few at even distances among the many."""
    distance = SLOW_ARE_BEHIND * sum(map(len, many)) / max(1, len(few))
    waiting, passed = iter(few), 0
    due = 0.0
    for group in many:
        while passed >= due and (next_one := next(waiting, None)) is not None:
            yield next_one
            due += distance
        yield group
        passed += len(group)
    yield from waiting

"""A shopper whose every request may be answered by another release, as behind one proxy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from tests.bench.shopper import Shopper


@dataclass
class Wanderer(Shopper):
    """`doors` are the ports that are open now; the list changes while releases come and go."""

    doors: Sequence[int] = ()
    known: frozenset[int] = frozenset()
    pick: Random = field(default_factory=Random)

    def host(self, named: str) -> str:
        """One of the doors, also where the address names one that may be gone by now."""
        name, _, port = named.rpartition(":")
        if named and int(port) not in self.known:
            return f"{name}:{port}"
        return f"127.0.0.1:{self.pick.choice(self.doors)}"

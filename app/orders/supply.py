"""Where the goods of a line come from: the shelf, or a promise made by a module above.

Orders ask whoever supplies a line to keep its goods, to make them the buyer's and to take them
back, and need not know whether those goods exist already. Stock supplies what lies on a shelf; a
module that sells what does not exist yet registers a supply of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from app.catalog.commands import stock
from app.platform.actor import Actor

STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Goods:
    """Units of one variant out of one supply.

    `source_id` names what the supply counts by (opaque here), `location_id` the only place they
    may come from.
    """

    variant_id: int
    quantity: int
    supply: str = STOCK
    source_id: int | None = None
    location_id: int | None = None


class Supply(Protocol):
    """What orders ask of a supply; every verb joins the caller's transaction."""

    makes_available_at_once: bool
    """Whether sold goods can be sent from the moment they are paid."""

    def reserve(
        self, owner: str, goods: Sequence[Goods], *, until: datetime, now: datetime
    ) -> Mapping[int, int]:
        """Keep goods for an owner; returns the location of each variant.

        Raises OutOfStock with `variant_id`, and keeps nothing then.
        """
        ...

    def keeps(self, owner: str, goods: Sequence[Goods]) -> bool:
        """Whether an owner still has these, just as they are wanted; they are locked then."""
        ...

    def hand_over(
        self, owner: str, new_owner: str, goods: Sequence[Goods], *, until: datetime
    ) -> None:
        """Give these of an owner's kept goods to another."""
        ...

    def extend(self, owner: str, *, until: datetime) -> None:
        """Keep an owner's goods until then."""
        ...

    def release(self, owner: str) -> None:
        """Let an owner's kept goods go."""
        ...

    def sell(self, owner: str, *, reference: str, now: datetime) -> None:
        """Make an owner's kept goods the buyer's."""
        ...

    def put_back(self, goods: Goods, *, reference: str, actor: Actor, now: datetime) -> None:
        """Take sold units back after a cancellation."""
        ...

    def write_off(self, goods: Goods) -> None:
        """Sold units were cancelled and do not come back: they are lost, or never came."""
        ...


class ShelfSupply:
    """Goods that lie at a location, counted by `app.catalog.commands.stock`."""

    makes_available_at_once = True

    def reserve(
        self, owner: str, goods: Sequence[Goods], *, until: datetime, now: datetime
    ) -> Mapping[int, int]:
        kept = stock.reserve(owner, _wanted(goods), until=until, now=now)
        return {units.variant_id: units.location_id for units in kept}

    def keeps(self, owner: str, goods: Sequence[Goods]) -> bool:
        return stock.holds(owner, _wanted(goods))

    def hand_over(
        self, owner: str, new_owner: str, goods: Sequence[Goods], *, until: datetime
    ) -> None:
        stock.hand_over(owner, new_owner, [each.variant_id for each in goods], until=until)

    def extend(self, owner: str, *, until: datetime) -> None:
        stock.extend(owner, until=until)

    def release(self, owner: str) -> None:
        stock.release(owner)

    def sell(self, owner: str, *, reference: str, now: datetime) -> None:
        stock.sell(owner, reference=reference, now=now)

    def put_back(self, goods: Goods, *, reference: str, actor: Actor, now: datetime) -> None:
        if goods.location_id is None:
            raise AssertionError("sold goods came from somewhere")
        stock.put_back(
            goods.variant_id,
            goods.location_id,
            goods.quantity,
            reference=reference,
            actor=actor,
            now=now,
        )

    def write_off(self, goods: Goods) -> None:
        """Nothing is left to count: they went out of stock when they were sold."""


def _wanted(goods: Sequence[Goods]) -> list[stock.Wanted]:
    return [stock.Wanted(each.variant_id, each.quantity, each.location_id) for each in goods]


_supplies: dict[str, Supply] = {STOCK: ShelfSupply()}


def register(name: str, supply: Supply) -> None:
    """Let a module above supply lines under this name; again changes nothing."""
    _supplies[name] = supply


def named(name: str) -> Supply:
    """The supply of a line."""
    return _supplies[name]


def reserve(
    owner: str, goods: Iterable[Goods], *, until: datetime, now: datetime
) -> dict[int, int]:
    """Keep all of it, or nothing; returns the location of each variant. Raises OutOfStock."""
    places: dict[int, int] = {}
    for supply, units in _by_supply(goods):
        places.update(supply.reserve(owner, units, until=until, now=now))
    return places


def keeps(owner: str, goods: Iterable[Goods]) -> bool:
    """Whether an owner still has all of these, so that nothing need be reserved anew."""
    return all(supply.keeps(owner, units) for supply, units in _by_supply(goods))


def hand_over(owner: str, new_owner: str, goods: Iterable[Goods], *, until: datetime) -> None:
    """Give these to another; what else the owner keeps stays theirs."""
    for supply, units in _by_supply(goods):
        supply.hand_over(owner, new_owner, units, until=until)


def extend(owner: str, *, until: datetime) -> None:
    for supply in _supplies.values():
        supply.extend(owner, until=until)


def release(owner: str) -> None:
    for supply in _supplies.values():
        supply.release(owner)


def sell(owner: str, *, reference: str, now: datetime) -> None:
    for supply in _supplies.values():
        supply.sell(owner, reference=reference, now=now)


def write_off(goods: Goods) -> None:
    _supplies[goods.supply].write_off(goods)


def put_back(goods: Goods, *, reference: str, actor: Actor, now: datetime) -> None:
    _supplies[goods.supply].put_back(goods, reference=reference, actor=actor, now=now)


def _by_supply(goods: Iterable[Goods]) -> Iterator[tuple[Supply, list[Goods]]]:
    """Always in the same order, so that two owners cannot wait for each other."""
    found: dict[str, list[Goods]] = {}
    for units in goods:
        found.setdefault(units.supply, []).append(units)
    for name, supply in _supplies.items():
        if name in found:
            yield supply, found[name]

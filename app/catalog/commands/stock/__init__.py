"""Every change of `held` and `on_hand` in the shop is made here.

Order of locks (docs/locking.md): stock rows by id, then their holds.
"""

from app.catalog.commands.stock.counting import count, count_all, receive_first
from app.catalog.commands.stock.holding import (
    Reserved,
    Wanted,
    extend,
    hand_over,
    holds,
    put_back,
    release,
    reserve,
    sell,
)
from app.catalog.models import MovementReason

__all__ = [
    "MovementReason",
    "Reserved",
    "Wanted",
    "count",
    "count_all",
    "extend",
    "hand_over",
    "holds",
    "put_back",
    "receive_first",
    "release",
    "reserve",
    "sell",
]

"""Sharing out too few goods (R22): first come, pro rata, or a lottery anybody can compute again.

Every policy gives away exactly what is there, and nobody more than they paid for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from app.presale.models import OFF_THE_SHELF, Campaign, CampaignState, ShortagePolicy
from app.presale.rules.threshold import Wish

SHARED_IN = frozenset({CampaignState.ARRIVING, CampaignState.BALANCE_CLOSED})


def may_be_shared_out(campaign: Campaign) -> bool:
    """Whether what passed is all there is. Goods off a shelf were never made nor counted: they are
    kept for the campaign where they lie.
    """
    return campaign.state in SHARED_IN and campaign.supply_mode not in OFF_THE_SHELF


def split(
    policy: ShortagePolicy, wishes: Sequence[Wish], available: int, *, seed: str = ""
) -> dict[int, int]:
    """Units by wish; `quantity` of each wish is what is still owed to it."""
    if available < 0:
        raise ValueError("there is no less than nothing")
    if policy is ShortagePolicy.PRO_RATA:
        return _pro_rata(wishes, available)
    ordered = (
        sorted(wishes, key=lambda wish: (wish.number, wish.id))
        if policy is ShortagePolicy.FIRST_COME
        else sorted(wishes, key=lambda wish: ticket(seed, str(wish.number)))
    )
    shares: dict[int, int] = {}
    left = available
    for wish in ordered:
        shares[wish.id] = min(wish.quantity, left)
        left -= shares[wish.id]
    return shares


def ticket(seed: str, name: str) -> str:
    """A name's place in a draw: SHA-256 of `seed:name`, in hexadecimal; the lowest comes first.

    Whoever knows the seed can compute it: `printf '%s' "seed:name" | sha256sum`.
    """
    return hashlib.sha256(f"{seed}:{name}".encode()).hexdigest()


def sealed(seed: str) -> str:
    """What is published before a draw, so that its seed cannot be chosen afterwards."""
    return hashlib.sha256(seed.encode()).hexdigest()


def _pro_rata(wishes: Sequence[Wish], available: int) -> dict[int, int]:
    """In proportion to what is owed, by largest remainder; of equal ones the earlier number."""
    wanted = sum(wish.quantity for wish in wishes)
    if available >= wanted:
        return {wish.id: wish.quantity for wish in wishes}
    shares = {wish.id: wish.quantity * available // wanted for wish in wishes}
    left = available - sum(shares.values())
    by_remainder = sorted(
        wishes,
        key=lambda wish: (-(wish.quantity * available % wanted), wish.number, wish.id),
    )
    for wish in by_remainder[:left]:
        shares[wish.id] += 1
    return shares

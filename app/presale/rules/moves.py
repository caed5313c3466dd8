"""Where a campaign and a commitment may go; docs/states.md shows these tables, a test compares."""

from __future__ import annotations

from collections.abc import Mapping

from app.presale.models import CampaignState as C
from app.presale.models import CommitmentState as K

CAMPAIGN_MOVES: Mapping[C, frozenset[C]] = {
    C.DRAFT: frozenset({C.PREVIEW, C.SCHEDULED, C.OPEN, C.CANCELLED}),
    C.PREVIEW: frozenset({C.DRAFT, C.SCHEDULED, C.OPEN, C.CANCELLED}),
    C.SCHEDULED: frozenset({C.OPEN, C.CANCELLED}),
    C.OPEN: frozenset({C.SOLD_OUT, C.CLOSING, C.CANCELLED}),
    C.SOLD_OUT: frozenset({C.OPEN, C.EXTENDED, C.CLOSING, C.CANCELLED}),
    C.CLOSING: frozenset({C.SUCCEEDED, C.FAILED, C.EXTENDED, C.CANCELLED}),
    C.EXTENDED: frozenset({C.SOLD_OUT, C.CLOSING, C.CANCELLED}),
    C.SUCCEEDED: frozenset(
        {C.IN_PRODUCTION, C.BALANCE_OPEN, C.FULFILLING, C.COMPLETED, C.CANCELLED}
    ),
    C.FAILED: frozenset({C.REFUNDING}),
    C.REFUNDING: frozenset({C.REFUNDED}),
    C.REFUNDED: frozenset(),
    C.IN_PRODUCTION: frozenset({C.ARRIVING, C.CANCELLED}),
    C.ARRIVING: frozenset({C.BALANCE_OPEN, C.FULFILLING, C.CANCELLED}),
    C.BALANCE_OPEN: frozenset({C.BALANCE_CLOSED, C.CANCELLED}),
    C.BALANCE_CLOSED: frozenset({C.FULFILLING, C.CANCELLED}),
    C.FULFILLING: frozenset({C.COMPLETED}),
    C.COMPLETED: frozenset(),
    C.CANCELLED: frozenset({C.REFUNDING}),
}

PUBLIC = frozenset(set(C) - {C.DRAFT})
"""States in which a campaign has a page; a preview is shown to staff alone."""

JOINABLE = frozenset({C.OPEN, C.EXTENDED})
RUNNING = frozenset({C.OPEN, C.SOLD_OUT, C.EXTENDED})
"""States that the close of the window ends."""

ENDED = frozenset({C.REFUNDED, C.COMPLETED})

COMMITMENT_MOVES: Mapping[K, frozenset[K]] = {
    K.HOLD: frozenset({K.COMMITTED, K.CONFIRMED, K.HOLD_EXPIRED, K.CANCELLED}),
    K.COMMITTED: frozenset({K.CONFIRMED, K.CANCEL_REQUESTED, K.CANCELLED, K.CLOSED}),
    K.CONFIRMED: frozenset(
        {
            K.BALANCE_DUE,
            K.ALLOCATED,
            K.SHORT_SUPPLIED,
            K.SUBSTITUTED,
            K.CANCEL_REQUESTED,
            K.CANCELLED,
            K.FORFEITED,
        }
    ),
    K.BALANCE_DUE: frozenset(
        {
            K.BALANCE_PAID,
            K.FORFEITED,
            K.WAIVED,
            K.CANCEL_REQUESTED,
            K.CANCELLED,
            K.SHORT_SUPPLIED,
        }
    ),
    K.BALANCE_PAID: frozenset(
        {K.ALLOCATED, K.SHORT_SUPPLIED, K.SUBSTITUTED, K.CANCEL_REQUESTED, K.CANCELLED}
    ),
    K.WAIVED: frozenset({K.ALLOCATED, K.SHORT_SUPPLIED, K.CANCEL_REQUESTED, K.CANCELLED}),
    K.SHORT_SUPPLIED: frozenset({K.BALANCE_DUE, K.ALLOCATED, K.CANCEL_REQUESTED, K.CANCELLED}),
    K.SUBSTITUTED: frozenset(
        {K.BALANCE_DUE, K.ALLOCATED, K.SHORT_SUPPLIED, K.CANCEL_REQUESTED, K.CANCELLED}
    ),
    K.ALLOCATED: frozenset(
        {K.PACKED, K.SHIPPED, K.READY_FOR_PICKUP, K.CANCELLED, K.DELIVERED, K.PICKED_UP}
    ),
    K.PACKED: frozenset({K.SHIPPED, K.READY_FOR_PICKUP, K.CANCELLED, K.DELIVERED, K.PICKED_UP}),
    K.SHIPPED: frozenset({K.DELIVERED, K.CLOSED}),
    K.READY_FOR_PICKUP: frozenset({K.PICKED_UP, K.CANCELLED}),
    K.DELIVERED: frozenset({K.CLOSED}),
    K.PICKED_UP: frozenset({K.CLOSED}),
    K.CLOSED: frozenset(),
    # A late payment for an order that was closed unpaid brings it back (R3).
    K.HOLD_EXPIRED: frozenset({K.CONFIRMED}),
    # A request that is refused leads back to where it would be without it. One that nobody answers
    # keeps neither the end of a balance nor goods that are sent from taking their course.
    K.CANCEL_REQUESTED: frozenset(
        {
            K.CANCELLED,
            K.CONFIRMED,
            K.BALANCE_DUE,
            K.BALANCE_PAID,
            K.WAIVED,
            K.SHORT_SUPPLIED,
            K.FORFEITED,
            K.ALLOCATED,
            K.SHIPPED,
            K.READY_FOR_PICKUP,
            K.DELIVERED,
            K.PICKED_UP,
        }
    ),
    K.CANCELLED: frozenset({K.CONFIRMED, K.REFUNDED}),
    K.FORFEITED: frozenset(),
    K.REFUNDED: frozenset(),
}

PAID = frozenset(
    {
        K.CONFIRMED,
        K.BALANCE_DUE,
        K.BALANCE_PAID,
        K.WAIVED,
        K.SHORT_SUPPLIED,
        K.SUBSTITUTED,
        K.CANCEL_REQUESTED,
        K.ALLOCATED,
        K.PACKED,
        K.SHIPPED,
        K.READY_FOR_PICKUP,
        K.DELIVERED,
        K.PICKED_UP,
        K.CLOSED,
    }
)
"""States that count towards a threshold and have a place in the ledger of joins."""

SENT = frozenset({K.SHIPPED, K.READY_FOR_PICKUP, K.DELIVERED, K.PICKED_UP, K.CLOSED})
"""States of units that have left the shop's hands, or lie ready at a store."""

GONE = frozenset({K.HOLD_EXPIRED, K.CANCELLED, K.FORFEITED, K.REFUNDED})


def may_go(before: C, after: C) -> bool:
    """Whether docs/states.md lets a campaign go from one state to another."""
    return after in CAMPAIGN_MOVES[before]


def commitment_may_go(before: K, after: K) -> bool:
    """Whether docs/states.md lets a commitment go from one state to another."""
    return before is after or after in COMMITMENT_MOVES[before]

"""Pure rules of checkout: how long goods are held, and which rates a region pays."""

from __future__ import annotations

from datetime import timedelta

HOLD = timedelta(minutes=15)
HOLD_OF_A_PIECE = timedelta(minutes=10)
STANDARD = "mainland"
REMOTE = "remote"
OVERSEAS = "hong_kong_macau_taiwan"
_GROUP_OF_PROVINCE = {
    "15": REMOTE,
    "54": REMOTE,
    "62": REMOTE,
    "63": REMOTE,
    "64": REMOTE,
    "65": REMOTE,
    "71": OVERSEAS,
    "81": OVERSEAS,
    "82": OVERSEAS,
}
"""Provinces by the first two digits of their code (GB/T 2260); all others pay the standard rate."""


def hold_for(*, any_piece: bool) -> timedelta:
    """One-of-a-kind goods are held more briefly, for the sake of the next person."""
    return HOLD_OF_A_PIECE if any_piece else HOLD


def region_group(region_code: str) -> str | None:
    """The rate group of a region; None for no region."""
    return _GROUP_OF_PROVINCE.get(region_code[:2], STANDARD) if region_code else None

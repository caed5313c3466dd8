"""What is kept about people who used an offer: keyed digests, good for counting and nothing else.

They fall with the order they belong to, which is kept as long as trade law asks; a digest tells
neither the address nor the number it was made of, and leads to nobody without the shop's key.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from app.platform.privacy import PersonalData, register

TABLES = frozenset({"promotion_use"})


def init_app(_app: Flask) -> None:
    register(PersonalData("marketing", TABLES, export, erase))


def export(_customer_id: int) -> list[dict[str, object]]:
    """Nothing of its own: what was taken off stands in each order's export."""
    return []


def erase(_customer_id: int, _now: datetime) -> None:
    """Nothing to take out: digests are no address, and the limit they serve outlives an account."""

"""What is like a piece that is gone, and how long an address is kept for it."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

ALIKE_WITHIN: Final = 40
"""Millimetres by which the measurement that matters may differ between two pieces."""
VAGUE: Final = "other"
"""The kind of thing of which nothing is like another."""
UNCONFIRMED_FOR = timedelta(days=7)
"""How long an address is kept that nobody has confirmed."""
TOLD_FOR = timedelta(days=30)
"""How long an address is kept after its one mail, to answer questions about it."""
UNTOLD_FOR = timedelta(days=365)
"""How long somebody waits for what never comes."""
UNCONFIRMED_A_DAY: Final = 5
"""How many things an address may be asked about in a day before any of it is confirmed."""

"""Who may ask to be told when a campaign is offered again, and for how long that is kept."""

from __future__ import annotations

from datetime import timedelta

from app.presale.rules.stage import JOINABLE_STAGES, Stage

UNCONFIRMED_FOR = timedelta(days=7)
"""How long an address is kept that nobody has confirmed."""
TOLD_FOR = timedelta(days=30)
"""How long an address is kept after its one mail, to answer questions about it."""
UNTOLD_FOR = timedelta(days=730)
"""How long somebody waits for a campaign that never comes again."""


def may_ask(stage: Stage) -> bool:
    """Whoever can join now needs no reminder."""
    return stage not in JOINABLE_STAGES and stage is not Stage.PREVIEW

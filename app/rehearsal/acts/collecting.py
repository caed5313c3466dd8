"""The balances: asked for in one window, paid at once, after a reminder, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from app.presale.commands import balances
from app.presale.models import CampaignState
from app.rehearsal.acts import till
from app.rehearsal.invented import by_email
from app.rehearsal.queries import people
from app.rehearsal.stage import Stage

AT_ONCE = timedelta(hours=1)
AFTER_REMINDERS = (timedelta(hours=23), timedelta(hours=2))
"""Before the end of the window."""


def collect(stage: Stage) -> None:
    """Ask for the balances and wait for the end of the window; one of several does not pay."""
    balances.open_balance(stage.campaign.id, actor=stage.merchant, now=stage.now)
    stage.work()
    closes_at = stage.campaign.balance_closes_at or stage.now
    asked = people.open_balances()
    for turn, (order_id, due_id, email) in enumerate(asked):
        who = by_email(email)
        if 0 < turn == len(asked) - 1:
            stage.note("owes", name=who.name)
            continue
        stage.plan(_when(turn, stage.now, closes_at), till.pay_due(stage, order_id, due_id, who))
    stage.wait_until(lambda campaign: campaign.state == CampaignState.BALANCE_CLOSED)


def _when(turn: int, opened: datetime, closes_at: datetime) -> datetime:
    """Most pay at once, some only after the first reminder or the last."""
    moments: tuple[Callable[[], datetime], ...] = (
        lambda: opened + AT_ONCE,
        lambda: closes_at - AFTER_REMINDERS[0],
        lambda: closes_at - AFTER_REMINDERS[1],
    )
    return max(moments[turn % len(moments)](), opened + timedelta(minutes=turn + 1))

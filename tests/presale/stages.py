"""Take a campaign that people have joined on to where a test begins."""

from __future__ import annotations

from app.presale.commands import balances, clockwork, production
from app.presale.commands.production import Count
from app.presale.models import Stage
from tests.cast import House
from tests.conftest import StoppedClock
from tests.presale import cast


def closed(clock: StoppedClock) -> None:
    """The week of `cast.draft` is over, and it has its three."""
    clock.advance(days=7)
    clockwork.advance()


def arriving(
    clock: StoppedClock, owner: House, campaign_id: int, passed: int | None = None
) -> None:
    """Everything that was committed is made and has passed, or only so many of each SKU."""
    closed(clock)
    production.start_production(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()
    for sku in cast.skus(campaign_id):
        units = sku.committed if passed is None else passed
        for stage in (Stage.RECEIVED, Stage.PASSED):
            counted = Count(sku.id, stage, units)
            production.record_production(campaign_id, counted, actor=owner.staff(), now=clock.now)
    production.mark_arriving(campaign_id, actor=owner.staff(), now=clock.now)


def balance_open(clock: StoppedClock, owner: House, campaign_id: int) -> None:
    """Everybody has been asked for the rest."""
    arriving(clock, owner, campaign_id)
    balances.open_balance(campaign_id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

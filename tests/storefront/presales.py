"""The cast of the presale page's tests."""

from __future__ import annotations

import re

from sqlalchemy import update

from app.platform.db import db
from app.platform.transaction import transaction
from app.presale.commands import balances, clockwork, production
from app.presale.commands.production import Count
from app.presale.models import Campaign, Stage
from tests.cast import House
from tests.conftest import StoppedClock
from tests.presale import cast


def page_of(client, campaign, query=""):
    return client.get(f"/pre/{campaign.slug}{query}")


def words(answer):
    """What stands on the page, without its markup."""
    text = re.sub(r"<script.*?</script>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
    return " ".join(text.split())


def put(campaign, **values):
    with transaction():
        db.session.execute(update(Campaign).where(Campaign.id == campaign.id).values(**values))


def balance_is_due(owner: House, campaign_id: int, clock: StoppedClock) -> None:
    """The goods are there, and everybody is asked for the rest."""
    staff = owner.staff()
    clock.advance(days=7)
    clockwork.advance()
    production.start_production(campaign_id, actor=staff, now=clock.now)
    for sku in cast.skus(campaign_id):
        for stage in (Stage.RECEIVED, Stage.PASSED):
            count = Count(sku.id, stage, sku.committed)
            production.record_production(campaign_id, count, actor=staff, now=clock.now)
    production.mark_arriving(campaign_id, actor=staff, now=clock.now)
    balances.open_balance(campaign_id, actor=staff, now=clock.now)
    clockwork.advance()

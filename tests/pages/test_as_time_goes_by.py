"""Nothing happens but that time goes by: what is said otherwise is so because of the hour."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle
from random import Random

import pytest

from app.presale.models import CampaignState
from tests.cast import house
from tests.conftest import MONDAY
from tests.pages.looking import is_kept, said, without_memory
from tests.presale import cast
from tests.soaking import SOAK, on_sqlite
from tests.storefront.conftest import english
from tests.storefront.presales import put

STEPS = 80 if SOAK else 8
SECONDS = (0.3, 1, 29, 61, 17 * 60, 3 * 3600 + 7, 86_400 + 11)
SHOWN = tuple(CampaignState)[2:] if SOAK else (CampaignState.SCHEDULED, CampaignState.OPEN)
"""A draft is shown to nobody, a preview only to its team."""


@pytest.fixture
def addresses(app, clock) -> list[str]:
    """Home, and a presale in each of these states: one has joined, one is on the way."""
    owner, days = house(MONDAY), cycle(range(1, 9))
    found = ["/"]
    for state in SHOWN:
        opens = MONDAY + timedelta(days=next(days), minutes=3)
        campaign = cast.campaign(
            owner, MONDAY, counts_change_at=MONDAY + timedelta(days=2, hours=5),
            sku={"deposit": 5000, "counts_for": 10000, "counts_for_later": 8000},
        )  # fmt: skip
        sku = cast.skus(campaign.id)[0]
        cast.confirmed(owner, {sku.id: 1}, MONDAY)
        cast.joined(owner, {sku.id: 1}, MONDAY)
        put(campaign, state=state, opens_at=opens if state is CampaignState.SCHEDULED else MONDAY,
            closes_at=opens + timedelta(days=7))  # fmt: skip
        found.append(f"/pre/{campaign.slug}")
    return found


@on_sqlite
def test_a_kept_page_does_not_outlive_its_hour(app, addresses, clock):
    visitor, pick = english(app), Random(11)
    for address in addresses:
        visitor.get(address)
        assert is_kept(visitor, address)

    for _step in range(STEPS):
        clock.advance(seconds=pick.choice(SECONDS))
        for address in addresses:
            kept = said(visitor.get(address))
            with without_memory(app):
                assert said(visitor.get(address)) == kept, (address, clock.now)

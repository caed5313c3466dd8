"""Offering another variant where too few came: with consent, and without a difference to pay."""

from __future__ import annotations

from datetime import timedelta

from app.presale.models import CampaignSku, CampaignState, CommitmentState

ANSWER_WITHIN = timedelta(days=3)
"""As long as there is to pay a balance: goods that are there wait no longer."""
OFFERED_IN = frozenset({CampaignState.ARRIVING, CampaignState.BALANCE_CLOSED})
"""While a shortage can be shared out."""
EXCHANGEABLE = frozenset({CommitmentState.CONFIRMED, CommitmentState.BALANCE_PAID})
"""Units that are paid as far as they can be, and not on their way."""


def costs_the_same(one: CampaignSku, other: CampaignSku) -> bool:
    """Whether neither buyer nor shop would owe the other anything."""
    return _terms(one) == _terms(other)


def _terms(sku: CampaignSku) -> tuple[int, int | None, int | None, int | None]:
    return sku.price, sku.deposit, sku.counts_for, sku.counts_for_later

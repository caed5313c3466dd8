"""What joining costs: full price, or a deposit that may count for more (R4, R5).

Amounts are minor units per unit of goods.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.presale.models import Campaign, CampaignSku, DepositKind, PaymentMode

EARNEST_AT_MOST_PERCENT = 20
"""Civil Code of the People's Republic of China, article 586."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What one unit costs somebody who joins now.

    `deposit` is paid now and counts for `counts_for` of `price`; without a deposit all is paid now.
    """

    price: int
    deposit: int | None = None
    counts_for: int | None = None

    @property
    def bonus(self) -> int:
        """How much less than the price is paid in the end."""
        return (self.counts_for or 0) - (self.deposit or 0)

    @property
    def final_price(self) -> int:
        return self.price - self.bonus

    @property
    def balance(self) -> int:
        return self.final_price - self.deposit if self.deposit is not None else 0

    @property
    def now(self) -> int:
        return self.price if self.deposit is None else self.deposit


def terms_at(campaign: Campaign, sku: CampaignSku, now: datetime) -> Terms:
    """The terms of a SKU at an instant: the second window's once it has begun."""
    if campaign.payment_mode != PaymentMode.DEPOSIT or sku.deposit is None:
        return Terms(sku.price)
    is_later = campaign.counts_change_at is not None and now >= campaign.counts_change_at
    counts = sku.counts_for_later if is_later else sku.counts_for
    return Terms(sku.price, sku.deposit, counts or sku.deposit)


def earnest_is_lawful(terms: Terms) -> bool:
    """Whether a 定金 is at most a fifth of what is paid in the end."""
    return (terms.deposit or 0) * 100 <= terms.final_price * EARNEST_AT_MOST_PERCENT


def is_lawful(kind: DepositKind, terms: Terms) -> bool:
    return kind is not DepositKind.EARNEST or earnest_is_lawful(terms)

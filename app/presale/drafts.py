"""A campaign as a merchant writes it, before anything of it is promised to anybody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from app.presale.models import (
    BalanceUnpaid,
    Decision,
    DepositKind,
    PaymentMode,
    ShortagePolicy,
    SupplyMode,
)


@dataclass(frozen=True, slots=True)
class SkuDraft:
    """One variant to be sold; amounts are minor units per unit, no `cap` means no limit."""

    variant_id: int
    price: int
    cap: int | None = None
    deposit: int | None = None
    counts_for: int | None = None
    counts_for_later: int | None = None
    pack_size: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """Something everybody who joins is asked, such as the building; `key` names the answer."""

    key: str
    label: Mapping[str, str]
    required: bool = False


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """Everything a merchant decides. Instants are aware, windows half-open."""

    title: Mapping[str, str]
    payment_mode: PaymentMode
    supply_mode: SupplyMode
    opens_at: datetime
    closes_at: datetime
    promise_earliest: date
    promise_latest: date
    skus: tuple[SkuDraft, ...]
    slug: str = ""
    story: Mapping[str, str] = field(default_factory=dict)
    risks: Mapping[str, str] = field(default_factory=dict)
    deposit_kind: DepositKind = DepositKind.ADVANCE
    counts_change_at: datetime | None = None
    balance_hours: int = 72
    balance_grace_days: int = 0
    balance_unpaid: BalanceUnpaid = BalanceUnpaid.REFUND
    threshold: int | None = None
    default_decision: Decision = Decision.REFUND
    decide_within_hours: int = 2
    shortage_policy: ShortagePolicy = ShortagePolicy.FIRST_COME
    per_person_limit: int | None = None
    is_drop: bool = False
    is_draw: bool = False
    hold_minutes: int = 15
    questions: tuple[Question, ...] = ()
    commission_bp: int = 0
    commission_cap: int | None = None
    after_sales_days: int = 7

    def columns(self) -> dict[str, Any]:
        """The values of the campaign's own columns."""
        values = {
            name: getattr(self, name)
            for name in self.__dataclass_fields__
            if name not in {"skus", "slug", "questions"}
        }
        values["title"] = dict(self.title)
        values["story"] = dict(self.story)
        values["risks"] = dict(self.risks)
        values["questions"] = [
            {"key": asked.key, "label": dict(asked.label), "required": asked.required}
            for asked in self.questions
        ]
        return values

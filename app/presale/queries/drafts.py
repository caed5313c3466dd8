"""A campaign as its merchant wrote it."""

from __future__ import annotations

from app.presale.drafts import CampaignDraft, Question, SkuDraft
from app.presale.models import (
    BalanceUnpaid,
    Campaign,
    CampaignSku,
    Decision,
    DepositKind,
    PaymentMode,
    ShortagePolicy,
    SupplyMode,
)


def draft_of(campaign: Campaign, skus: list[CampaignSku]) -> CampaignDraft:
    """A campaign as it could be written again."""
    return CampaignDraft(
        title=campaign.title, story=campaign.story, risks=campaign.risks, slug=campaign.slug,
        payment_mode=PaymentMode(campaign.payment_mode),
        supply_mode=SupplyMode(campaign.supply_mode), opens_at=campaign.opens_at,
        closes_at=campaign.closes_at, promise_earliest=campaign.promise_earliest,
        promise_latest=campaign.promise_latest, deposit_kind=DepositKind(campaign.deposit_kind),
        counts_change_at=campaign.counts_change_at, balance_hours=campaign.balance_hours,
        balance_grace_days=campaign.balance_grace_days,
        balance_unpaid=BalanceUnpaid(campaign.balance_unpaid), threshold=campaign.threshold,
        default_decision=Decision(campaign.default_decision),
        decide_within_hours=campaign.decide_within_hours,
        shortage_policy=ShortagePolicy(campaign.shortage_policy),
        per_person_limit=campaign.per_person_limit, is_drop=campaign.is_drop,
        is_draw=campaign.is_draw, hold_minutes=campaign.hold_minutes,
        commission_bp=campaign.commission_bp, commission_cap=campaign.commission_cap,
        after_sales_days=campaign.after_sales_days,
        questions=tuple(
            Question(asked["key"], asked["label"], asked["required"])
            for asked in campaign.questions
        ),
        skus=tuple(
            SkuDraft(
                sku.variant_id, sku.price, sku.cap, sku.deposit, sku.counts_for,
                sku.counts_for_later, sku.pack_size,
            )
            for sku in skus
        ),
    )  # fmt: skip

"""The goods: ordered, late, received with one missing, shared out."""

from __future__ import annotations

from datetime import timedelta

from app.platform.configuration import settings
from app.platform.errors import DomainError
from app.presale.commands import production, promises, questions
from app.presale.commands.production import Count
from app.presale.models import Answer, CampaignSku
from app.presale.models import Stage as Made
from app.presale.rules.promise import Promise
from app.rehearsal.acts.joining import in_both
from app.rehearsal.queries import people
from app.rehearsal.stage import Stage

DELAY = timedelta(days=10)
BEFORE_THE_PROMISE = timedelta(days=3)
REASON = {
    "en": "Rehearsal: the workshop needs ten days longer.",
    "zh-Hans": "彩排：工坊还需要十天。",
}


def make(stage: Stage) -> None:
    """Play from the decision until what there is of the goods is shared out."""
    campaign_id = stage.campaign.id
    production.start_production(campaign_id, actor=stage.merchant, now=stage.now)
    stage.wait(days=2)
    _be_late(stage)
    _receive(stage)
    production.mark_arriving(campaign_id, actor=stage.merchant, now=stage.now)
    stage.work()
    stage.note("shares_out")
    production.split_shortage(campaign_id, actor=stage.merchant, now=stage.now)
    stage.work()


def _be_late(stage: Stage) -> None:
    """Promise ten days later, ask, and let the time to answer pass: one says keep, nobody else."""
    campaign = stage.campaign
    new = Promise(campaign.promise_earliest + DELAY, campaign.promise_latest + DELAY)
    stage.note("is_late", days=DELAY.days)
    try:
        question_id = promises.change(
            campaign.id, new, reason=REASON, actor=stage.merchant, now=stage.now
        )
    except DomainError as error:
        stage.note("refused", name="", said=in_both(error))
        return
    stage.work()
    first = next(iter(people.joined()), None)
    if question_id is not None and first is not None:
        stage.note("answers", name=first[1], answer=Answer.KEEP.value)
        questions.answer(question_id, first[0], Answer.KEEP, now=stage.now)
    expected = stage.campaign.promise_earliest - BEFORE_THE_PROMISE
    waited = (expected - stage.now.astimezone(settings().zone).date()).days
    stage.wait(days=max(waited, 8))


def _receive(stage: Stage) -> None:
    """All of it comes; of what most was ordered of, one unit does not pass."""
    skus = people.skus()
    fullest = max(skus, key=lambda sku: sku.ordered)
    for sku in skus:
        if sku.ordered:
            _count(stage, sku, Made.RECEIVED, sku.ordered)
            is_short = sku is fullest and sku.ordered > 1
            _count(stage, sku, Made.PASSED, sku.ordered - is_short)


def _count(stage: Stage, sku: CampaignSku, made: Made, units: int) -> None:
    stage.note("counts", sku=sku.id, stage=made.value, units=units)
    counted = Count(sku.id, made, units)
    production.record_production(sku.campaign_id, counted, actor=stage.merchant, now=stage.now)

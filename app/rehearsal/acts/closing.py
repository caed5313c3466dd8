"""The close: met or missed, decided by the clock, the merchant or the buyers."""

from __future__ import annotations

from collections.abc import Mapping

from app.platform.errors import DomainError
from app.presale.commands import lifecycle, questions
from app.presale.models import (
    Answer,
    Campaign,
    CampaignState,
    Decision,
)
from app.presale.queries.counting import confirmed
from app.presale.rules.threshold import EXTEND_AT_MOST
from app.rehearsal.acts.joining import fill, in_both
from app.rehearsal.queries import people
from app.rehearsal.rules import Outcome, Places, latecomers
from app.rehearsal.stage import Stage

DECISIONS: Mapping[Outcome, Decision] = {
    Outcome.EXTEND: Decision.EXTEND,
    Outcome.RUN: Decision.RUN,
    Outcome.REFUND: Decision.REFUND,
    Outcome.ASK: Decision.ASK,
}
OPEN = frozenset({CampaignState.CLOSING, CampaignState.EXTENDED, CampaignState.SOLD_OUT})
MONEY_GOES_BACK = frozenset({CampaignState.FAILED, CampaignState.REFUNDING, CampaignState.REFUNDED})


def close(stage: Stage, outcome: Outcome, places: Places, *, buyers: int) -> bool:
    """Play from the close until it is decided and all money is where it belongs.

    Whether the campaign takes place.
    """
    stage.wait_until(_is_decided_or_waits)
    if stage.campaign.decide_by is not None and outcome in DECISIONS:
        _decide(stage, DECISIONS[outcome])
    if stage.campaign.state == CampaignState.EXTENDED:
        fill(stage, latecomers(places, confirmed(stage.campaign.id).quantity, first=buyers))
    _answer(stage)
    stage.wait_until(lambda campaign: campaign.state not in OPEN)
    if stage.campaign.state not in MONEY_GOES_BACK:
        return True
    stage.wait_until(lambda campaign: campaign.state == CampaignState.REFUNDED)
    return False


def _is_decided_or_waits(campaign: Campaign) -> bool:
    is_decided = campaign.state != CampaignState.CLOSING
    return is_decided or campaign.decide_by is not None or people.open_question() is not None


def _decide(stage: Stage, decision: Decision) -> None:
    """The merchant decides an hour later; what is not allowed is left to the default."""
    campaign = stage.campaign
    stage.wait(hours=1)
    stage.note("decides", decision=decision.value)
    try:
        lifecycle.decide(
            campaign.id, decision, actor=stage.merchant, now=stage.now,
            until=campaign.closes_at + EXTEND_AT_MOST,
        )  # fmt: skip
    except DomainError as error:
        stage.note("refused", name="", said=in_both(error))
    stage.work()


def _answer(stage: Stage) -> None:
    """Of those who are asked one would rather have the money, one says nothing, the rest stay."""
    question = people.open_question()
    if question is None:
        return
    stage.wait(hours=6)
    for index, (participation_id, name) in enumerate(people.joined()):
        if index == 1:
            continue
        choice = Answer.REFUND if index == 0 else Answer.KEEP
        stage.note("answers", name=name, answer=choice.value)
        questions.answer(question.id, participation_id, choice, now=stage.now)

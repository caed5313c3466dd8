"""Play a whole campaign on the copy whose context is pushed, and write down all of it."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from app.platform.clock import stopped_at
from app.platform.configuration import settings
from app.platform.errors import DomainError
from app.platform.i18n import LANGUAGES, speaking
from app.platform.i18n import gettext as _
from app.presale.commands import editing
from app.presale.errors import NotPublishable
from app.presale.models import OFF_THE_SHELF, CampaignState, PaymentMode
from app.presale.queries.drafts import draft_of
from app.presale.rules.publishing import faults
from app.rehearsal.acts.closing import close
from app.rehearsal.acts.collecting import collect
from app.rehearsal.acts.handing_on import hand_on
from app.rehearsal.acts.joining import fill, in_both
from app.rehearsal.acts.making import make
from app.rehearsal.queries import books, people
from app.rehearsal.queries.sheets import Sheets
from app.rehearsal.rules import Outcome, Places, cast, lowered_threshold
from app.rehearsal.stage import NothingHappens, Stage

EVER, NEVER = datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC)
Sentences = dict[str, list[str]]
Told = Callable[[int, str], None]


@dataclass(frozen=True, slots=True)
class Played:
    """Everything as JSON. `problem` are sentences by language that say what it stopped at."""

    report: dict[str, Any]
    problem: Sentences


def play(outcome: Outcome, *, now: datetime, told: Told) -> Played:
    """What the merchant would be refused ends the play, and is its problem."""
    began = time.monotonic()
    problem: Sentences = {}
    sheets: Sheets | None = None
    with stopped_at(now) as advance:
        stage = Stage(advance, told)
        try:
            sheets = _run(stage, outcome)
        except NotPublishable:
            problem = _faults(stage)
        except DomainError as error:
            problem = {language: [said] for language, said in in_both(error).items()}
        except NothingHappens:
            problem = _stuck(stage)
        told(95, "writing_down")
        report = _report(stage, sheets)
    seconds = round(time.monotonic() - began, 1)
    return Played(report | {"outcome": outcome.value, "seconds": seconds}, problem)


def _run(stage: Stage, outcome: Outcome) -> Sheets | None:
    campaign_id = stage.campaign.id
    _lower_threshold(stage)
    editing.publish(campaign_id, actor=stage.merchant, now=stage.now)
    stage.go_to(max(stage.campaign.opens_at, stage.now))
    places = _places(stage)
    parts = cast(places, outcome)
    stage.told(15, "joining")
    fill(stage, parts)
    stage.told(45, "closing")
    if not close(stage, outcome, places, buyers=len(parts)):
        return None
    return _fulfil(stage)


def _fulfil(stage: Stage) -> Sheets | None:
    campaign = stage.campaign
    if campaign.state == CampaignState.COMPLETED:  # interest: nothing is sold
        return None
    if campaign.supply_mode not in OFF_THE_SHELF:
        stage.told(55, "making")
        make(stage)
    if campaign.payment_mode == PaymentMode.DEPOSIT:
        stage.told(65, "collecting")
        collect(stage)
    stage.told(80, "handing_on")
    return hand_on(stage)


def _lower_threshold(stage: Stage) -> None:
    """More people than a rehearsal has cannot be needed in it."""
    campaign, lowered = stage.campaign, lowered_threshold(_places(stage))
    if lowered is not None:
        stage.note("lowers_threshold", real=campaign.threshold, played=lowered)
        draft = replace(draft_of(campaign, people.skus()), threshold=lowered)
        editing.change(campaign.id, draft, actor=stage.merchant, now=stage.now)


def _places(stage: Stage) -> Places:
    campaign = stage.campaign
    return Places(
        caps=tuple(sku.cap for sku in people.skus()),
        limit=campaign.per_person_limit,
        threshold=campaign.threshold,
    )


def _faults(stage: Stage) -> Sentences:
    """What keeps it from being published, in every language."""
    campaign, skus, zone = stage.campaign, people.skus(), settings().zone
    sentences = {}
    for language in LANGUAGES:
        with speaking(language):
            found = faults(campaign, skus, zone=zone, now=stage.now)
            sentences[language] = list(found.values())
    return sentences


def _stuck(stage: Stage) -> Sentences:
    """The campaign waits for something that no clock brings: a fault of the shop's own."""
    state = stage.campaign.state
    sentences = {}
    for language in LANGUAGES:
        with speaking(language):
            sentences[language] = [
                _("It waits for something that does not come, in the state “%(state)s”.",
                  state=state)
            ]  # fmt: skip
    return sentences


def _report(stage: Stage, sheets: Sheets | None) -> dict[str, Any]:
    stage.collect()
    statement = stage.till.statement(EVER, NEVER)
    return {
        "currency": settings().currency,
        "state": stage.campaign.state,
        "steps": stage.lines,
        "mails": books.mails(),
        "sheets": asdict(sheets) if sheets else None,
        "skus": books.skus(),
        "orders": books.orders(statement),
    }

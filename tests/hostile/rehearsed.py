"""A rehearsal of the hostile world that was played: it tells of people and goods that exist."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from itertools import islice
from typing import Any

from app.presale.models import CampaignState
from app.rehearsal.commands import asking, keeping
from app.rehearsal.queries import books, happenings
from app.rehearsal.queries.sheets import sheets
from app.rehearsal.rules import Outcome
from tests.cast import House

A_FEW = 12


def rehearse(owner: House, campaign_id: int, now: datetime) -> None:
    """What a worker would have kept of it."""
    asking.ask(campaign_id, Outcome.MET, actor=owner.staff(), now=now)
    begun = keeping.begin_next(now=now)
    assert begun is not None
    keeping.finish(begun.id, _report(now), problem={}, now=now)


def _report(now: datetime) -> dict[str, Any]:
    printed = asdict(sheets(now=now))
    return {
        "currency": "CNY",
        "state": CampaignState.COMPLETED,
        "outcome": Outcome.MET,
        "seconds": 1.5,
        "steps": list(islice(happenings.since(happenings.Seen()), A_FEW)),
        "mails": books.mails()[:A_FEW],
        "sheets": printed | {name: printed[name][:A_FEW] for name in ("production", "packing")},
        "skus": books.skus(),
        "orders": books.orders([])[-A_FEW:],
    }

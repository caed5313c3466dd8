"""The page of a rehearsal: one button, how far it is, and everything it told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from flask import Flask

from app.platform.db import db
from app.presale.models import SupplyMode
from app.rehearsal.commands import keeping
from app.rehearsal.models import CampaignRehearsal
from app.rehearsal.queries.runs import latest
from app.rehearsal.rules import Outcome
from app.shop.models import Role
from tests.admin.counter import Clerk, clerk
from tests.cast import House, house
from tests.conftest import StoppedClock
from tests.presale import cast
from tests.rehearsal.copies import played

PARTS = ("steps", "mails", "sheets", "ledger")


@pytest.fixture
def now(app: Flask, clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def owner(now) -> House:
    return house(now)


@pytest.fixture
def dora(app, owner) -> Clerk:
    return clerk(app, owner.merchant_id, "Dora")


@pytest.fixture
def campaign_id(owner, now) -> int:
    return cast.campaign(owner, now, threshold=3).id


@pytest.fixture
def page(campaign_id) -> str:
    return f"/admin/presales/{campaign_id}/rehearsal"


def run_of(campaign_id: int, owner: House) -> CampaignRehearsal | None:
    db.session.rollback()
    return latest(campaign_id, owner.staff())


def finished(campaign_id: int, now: datetime, report: dict[str, Any], **problem: Any) -> None:
    """What a worker would have kept of the run that waits."""
    begun = keeping.begin_next(now=now)
    assert begun is not None
    keeping.finish(begun.id, report, problem=problem, now=now)


def test_the_button_asks_for_one_and_the_page_says_how_far_it_is(dora, owner, campaign_id, page):
    assert "Rehearse it" in dora.read(page)

    answer = dora.post(page, {"outcome": "met"})

    run = run_of(campaign_id, owner)
    assert answer.status_code == 303
    assert run is not None
    assert (run.outcome, run.state, run.asked_by) == (Outcome.MET, "waiting", "Dora")
    waiting = dora.read(page)
    assert "Waiting for a worker" in waiting
    assert "Rehearse it" not in waiting


def test_a_page_that_waits_looks_again_and_says_what_is_played(dora, page, now):
    dora.post(page, {"outcome": "met"})
    begun = keeping.begin_next(now=now)
    assert begun is not None

    keeping.note_progress(begun.id, 45, "closing")

    text = dora.read(page)
    assert "It closes" in text
    assert 'value="45"' in text
    assert 'hx-trigger="every 1s"' in text


def test_a_way_of_missing_needs_a_threshold(dora, owner, now):
    without = cast.campaign(owner, now, supply_mode=SupplyMode.MADE_TO_ORDER).id
    page = f"/admin/presales/{without}/rehearsal"

    assert "Too few join" not in dora.read(page)
    for typed in ({"outcome": "refund"}, {"outcome": "nonsense"}, {}):
        assert dora.post(page, typed).status_code == 422
    assert run_of(without, owner) is None


def test_everything_it_told_is_read_in_both_languages(
    dora, owner, campaign_id, page, now, tmp_path
):
    dora.post(page, {"outcome": "met"})
    finished(campaign_id, now, played(campaign_id, Outcome.MET, tmp_path, now=now).report)

    read = {part: dora.read(f"{page}?part={part}&lang=en") for part in PARTS}

    assert all("Every cent is explained" in text for text in read.values())
    assert "Pays two hours late" in read["steps"]
    assert "cloud@rehearsal.example.org" in read["mails"]
    assert "Production sheet" in read["sheets"]
    assert "Packing sheet" in read["sheets"]
    assert "Rehearsal Bamboo" in read["ledger"]
    assert "Stays with the shop" in read["ledger"]
    for part in PARTS:
        chinese = dora.read(f"{page}?part={part}&lang=zh-Hans")
        assert "分文不差" in chinese
        assert "Traceback" not in chinese
    for name in ("production", "packing"):
        assert dora.get(f"{page}/sheets/{name}.pdf").get_data().startswith(b"%PDF")
        assert dora.get(f"{page}/sheets/{name}.xlsx").get_data().startswith(b"PK")
    assert dora.get(f"{page}/sheets/labels.pdf").status_code == 404


def test_what_it_stopped_at_is_said_in_the_readers_language(dora, campaign_id, page, now):
    dora.post(page, {"outcome": "met"})
    problem = {"en": ["Please give it a name."], "zh-Hans": ["请起个名字。"]}
    finished(campaign_id, now, {}, **problem)

    assert "Please give it a name." in dora.read(f"{page}?lang=en")
    assert "请起个名字。" in dora.read(f"{page}?lang=zh-Hans")
    assert "Rehearse it again" in dora.read(f"{page}?lang=en")


def test_money_that_is_not_explained_is_said_on_top(dora, campaign_id, page, now):
    dora.post(page, {"outcome": "met"})
    order = {
        "code": "ABC", "name": "Rehearsal Cloud", "number": 1, "headline": "promised",
        "lines": [], "ledger": [], "captured": 500, "refunded": 0, "kept": 500,
        "beside_goods": 100, "beside_provider": 0,
    }  # fmt: skip
    report: dict[str, Any] = {
        "currency": "CNY", "state": "open", "steps": [], "mails": [], "sheets": None, "skus": {},
        "orders": [order], "outcome": "met", "seconds": 1.0,
    }  # fmt: skip

    finished(campaign_id, now, report)

    assert "¥1.00 are not explained" in dora.read(page)


def test_it_is_for_those_who_write_presales_of_this_merchant(app, owner, campaign_id, page, now):
    packer = clerk(app, owner.merchant_id, "Pan", Role.FULFILMENT)
    stranger = clerk(app, house(now, "other", is_house=False).merchant_id, "Nora")

    for who, expected in ((packer, 403), (stranger, 404)):
        assert who.get(page).status_code == expected
        assert who.post(page, {"outcome": "met"}).status_code == expected
        assert who.get(f"{page}/sheets/packing.pdf").status_code == expected
    assert "Rehearsal" not in packer.read(f"/admin/presales/{campaign_id}")
    assert run_of(campaign_id, owner) is None

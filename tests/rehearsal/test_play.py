"""A campaign of the shop, played on a copy: every step, message, sheet and cent of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.platform.db import db
from app.presale.commands import editing
from app.presale.models import (
    BalanceUnpaid,
    CampaignState,
    DepositKind,
    PaymentMode,
    SupplyMode,
)
from app.rehearsal.play import Played
from app.rehearsal.rules import Outcome
from tests.cast import house
from tests.conftest import StoppedClock
from tests.presale import cast
from tests.rehearsal.copies import played, request
from tests.soaking import on_sqlite, rarely

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def now(clock: StoppedClock) -> datetime:
    return clock.now


@pytest.fixture
def play(now: datetime, tmp_path: Path) -> Callable[..., Played]:
    """`play(Outcome.MET, threshold=10, …)`: a campaign with these facts, played."""

    def run(outcome: Outcome, **facts: Any) -> Played:
        owner = house(now)
        campaign = cast.campaign(owner, now, **facts)
        return played(campaign.id, outcome, tmp_path, now=now)

    return run


@pytest.fixture
def whole(play: Callable[..., Played]) -> Played:
    """A deposit presale for twelve, played to the end."""
    return play(Outcome.MET, threshold=12)


def words(told: Played, of: str) -> Counter[str]:
    return Counter(step["word"] for step in told.report["steps"] if step["of"] == of)


def production_began(told: Played) -> str:
    steps = told.report["steps"]
    return str(next(step["at"] for step in steps if step["word"] == "in_production"))


def explained(told: Played) -> bool:
    """Whether ledger, goods and the provider's statement agree to the cent."""
    return all(
        order["beside_goods"] == order["beside_provider"] == 0
        and order["kept"]
        == sum(row["amount"] for row in order["ledger"] if row["kind"] in {"capture", "refund"})
        for order in told.report["orders"]
    )


@on_sqlite
def test_a_presale_with_everything_that_can_go_wrong_is_played_to_the_last_parcel(whole):
    orders, notes = words(whole, "order"), words(whole, "note")

    assert whole.problem == {}
    assert whole.report["state"] == CampaignState.COMPLETED
    assert explained(whole)
    assert {"never_pays", "pays_twice", "pays_late", "leaves", "is_late", "owes"} <= set(notes)
    assert orders["reopened"] == 1
    assert orders["payment_returned"] == 1
    assert orders["balance_asked"] > orders["balance_paid"] > 0
    assert orders["shipped"] > 0
    assert orders["picked_up"] > 0
    assert words(whole, "campaign")["promise_changed"] == 1
    _runs_forward_and_names_only_invented_people(whole)
    _sheets_say_what_was_short_and_who_gets_what(whole)


def _runs_forward_and_names_only_invented_people(whole: Played) -> None:
    moments = [step["at"] for step in whole.report["steps"]]
    mails = whole.report["mails"]

    assert moments == sorted(moments)
    assert mails
    assert all(mail["recipient"].endswith("@rehearsal.example.org") for mail in mails)
    assert {mail["state"] for mail in mails} == {"sent"}
    assert {mail["locale"] for mail in mails} == {"en", "zh-Hans"}


def _sheets_say_what_was_short_and_who_gets_what(whole: Played) -> None:
    made = whole.report["sheets"]["production"]
    packed = [row for row in whole.report["sheets"]["packing"] if not row["is_cancelled"]]
    ordered, passed = (sum(row[stage] for row in made) for stage in ("ordered", "passed"))
    taken_off = sum(
        step["facts"]["units"]
        for step in whole.report["steps"]
        if step["word"] == "refund_decided" and step["at"] > production_began(whole)
    )

    assert ordered - passed == 1
    assert sum(row["quantity"] for row in packed) == ordered - taken_off
    assert {row["name"] for row in packed} <= {order["name"] for order in whole.report["orders"]}


@on_sqlite
@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Outcome.DEFAULT, CampaignState.REFUNDED),
        rarely(Outcome.REFUND, CampaignState.REFUNDED),
        rarely(Outcome.EXTEND, CampaignState.COMPLETED),
        rarely(Outcome.RUN, CampaignState.COMPLETED),
        rarely(Outcome.ASK, CampaignState.COMPLETED),
    ],
)
def test_a_missed_threshold_ends_as_the_merchant_decides(play, outcome, state):
    told = play(outcome, threshold=5)

    assert told.problem == {}
    assert told.report["state"] == state
    assert explained(told)
    if state is CampaignState.REFUNDED:
        assert sum(order["kept"] for order in told.report["orders"]) == 0
        assert told.report["sheets"] is None


@on_sqlite
@pytest.mark.parametrize(
    "facts",
    [
        rarely({"payment_mode": PaymentMode.FULL, "supply_mode": SupplyMode.MADE_TO_ORDER,
                "sku": {"cap": 1, "deposit": None}}),
        rarely({"supply_mode": SupplyMode.MADE_TO_ORDER, "deposit_kind": DepositKind.EARNEST,
                "balance_unpaid": BalanceUnpaid.FORFEIT, "sku": {"cap": None, "deposit": 5000}}),
        rarely({"payment_mode": PaymentMode.INTEREST, "supply_mode": SupplyMode.MADE_TO_ORDER,
                "sku": {"cap": 5, "deposit": None}}),
    ],
    ids=["full, two places", "earnest money, forfeited", "interest only"],
)  # fmt: skip
def test_every_kind_of_presale_is_played(play, facts):
    told = play(Outcome.MET, **facts)

    assert told.problem == {}
    assert told.report["state"] == CampaignState.COMPLETED
    assert explained(told)


@on_sqlite
def test_a_draw_among_more_than_there_is_room_for_is_drawn_and_played(play, now):
    told = play(
        Outcome.MET, payment_mode=PaymentMode.FULL, supply_mode=SupplyMode.MADE_TO_ORDER,
        is_drop=True, is_draw=True, closes_at=now + timedelta(minutes=10),
        sku={"cap": 2, "deposit": None},
    )  # fmt: skip

    assert told.report["state"] == CampaignState.COMPLETED
    assert words(told, "campaign")["drawn"] == 1
    assert words(told, "note")["takes_offer"] > 0
    assert explained(told)


@on_sqlite
def test_what_keeps_a_draft_from_being_published_is_the_answer(now, tmp_path):
    owner = house(now)
    draft = cast.draft(cast.shirt(owner, now), now, risks={})
    campaign_id = editing.create(draft, actor=owner.staff(), now=now)

    told = played(campaign_id, Outcome.MET, tmp_path, now=now)

    assert told.problem["en"] == ["Please say what could go wrong. Buyers decide on it."]
    assert told.problem["zh-Hans"] != told.problem["en"]
    assert told.report["orders"] == []


@on_sqlite
def test_a_campaign_that_is_under_way_is_played_as_it_was_before_anybody_joined(now, tmp_path):
    owner = house(now)
    campaign = cast.campaign(owner, now, threshold=4)
    (medium, _large) = cast.skus(campaign.id)
    cast.confirmed(owner, {medium.id: 2}, now, name="Real Person", email="real@example.org")

    rows, _shared = request(campaign.id)

    assert "Real Person" not in str(rows)
    assert "order" not in rows
    assert "staff" not in rows
    if db.engine.dialect.name == "postgresql":
        return  # What is played is a copy in SQLite, made of these rows.
    told = played(campaign.id, Outcome.MET, tmp_path, now=now)

    assert told.report["state"] == CampaignState.COMPLETED
    assert "real@example.org" not in str(told.report)
    db.session.rollback()
    assert cast.skus(campaign.id)[0].committed == 2


@on_sqlite
def test_goods_on_a_shelf_that_others_hold_are_missed_in_time(now, tmp_path):
    owner = house(now)
    variants = cast.shirt(owner, now, ("M",))
    draft = cast.draft(
        variants, now, supply_mode=SupplyMode.STOCK, payment_mode=PaymentMode.FULL,
        sku={"cap": 3, "deposit": None},
    )  # fmt: skip
    campaign_id = editing.create(draft, actor=owner.staff(), now=now)

    told = played(campaign_id, Outcome.MET, tmp_path, now=now)

    assert told.problem["en"]
    assert told.report["state"] == CampaignState.DRAFT

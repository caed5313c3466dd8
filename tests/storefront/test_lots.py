"""Lots anybody can draw again: the seal before, the seed and every ticket afterwards (R22)."""

from __future__ import annotations

import csv
import hashlib
import re
from io import StringIO

import pytest
from sqlalchemy import select

from app.platform.actor import GUEST
from app.platform.db import db
from app.presale.commands import clockwork, production, waiting
from app.presale.commands.waiting import NewWish
from app.presale.models import (
    PaymentMode,
    ShortagePolicy,
    SupplyMode,
    WaitingEntry,
    WaitingState,
)
from tests.cast import house, piece
from tests.conftest import MONDAY
from tests.presale import cast, stages

DROP = {
    "payment_mode": PaymentMode.FULL,
    "supply_mode": SupplyMode.MADE_TO_ORDER,
    "is_drop": True,
    "is_draw": True,
    "per_person_limit": 1,
    "hold_minutes": 5,
    "sku": {"cap": 2, "deposit": None},
}
PEOPLE = ("ada", "ben", "cleo", "dora", "emil")


@pytest.fixture
def owner(app, clock):
    return house(MONDAY)


@pytest.fixture
def entered(owner):
    """Five take part in a draw of two places."""
    campaign = cast.campaign(owner, MONDAY, variants=cast.shirt(owner, MONDAY, ("M",)), **DROP)
    (sku,) = cast.skus(campaign.id)
    for name in PEOPLE:
        wish = NewWish(sku.id, 1, f"{name}@example.org", "en", name)
        waiting.wish(campaign.id, wish, actor=GUEST, now=MONDAY)
    return campaign


def lots(client, campaign, query=""):
    return client.get(f"/pre/{campaign.slug}/lots?lang=en{query}").text


def seal_in(text):
    return re.findall(r">([0-9a-f]{64})<", text)[0]


def table(client, campaign):
    return list(csv.DictReader(StringIO(client.get(f"/pre/{campaign.slug}/lots.csv").text)))


def test_only_the_seal_is_public_before_the_draw(client, entered):
    text = lots(client, entered)
    everything = text + client.get(f"/pre/{entered.slug}").text

    assert seal_in(text) == hashlib.sha256(entered.seed.encode()).hexdigest()
    assert entered.seed not in everything
    assert table(client, entered) == []


def test_whoever_lost_draws_again_and_comes_to_the_same_end(client, clock, entered):
    before = seal_in(lots(client, entered))

    stages.closed(clock)
    drawn = table(client, entered)

    seed = drawn[0]["seed"]
    again = sorted(
        (row["lot"] for row in drawn),
        key=lambda lot: hashlib.sha256(f"{seed}:{lot}".encode()).hexdigest(),
    )
    offered = db.session.scalars(
        select(WaitingEntry.code).where(WaitingEntry.state == WaitingState.OFFERED)
    ).all()
    assert hashlib.sha256(seed.encode()).hexdigest() == before
    assert [row["lot"] for row in drawn] == again
    assert len(drawn) == len(PEOPLE)
    assert set(offered) == set(again[:2])


def test_ones_own_lot_is_found_however_it_is_typed(client, clock, entered):
    stages.closed(clock)
    last = table(client, entered)[-1]["lot"]

    found = lots(client, entered, f"&lot={last[:4].lower()}-{last[4:].lower()}")
    unknown = lots(client, entered, "&lot=00000000")

    assert f"{last} came in place 5 of 5." in found
    assert "No lot of this name was drawn." in unknown


def test_a_page_of_lots_names_nobody(client, clock, entered):
    stages.closed(clock)

    text = lots(client, entered) + client.get(f"/pre/{entered.slug}/lots.csv").text

    # As words: the seed is hexadecimal and may well contain an "ada".
    assert not re.search(rf"\b({'|'.join(PEOPLE)})\b|example\.org", text)


def test_lots_of_a_shortage_are_drawn_again_from_the_numbers(client, clock, owner):
    campaign = cast.campaign(
        owner, MONDAY, variants=cast.shirt(owner, MONDAY, ("M",)), payment_mode=PaymentMode.FULL,
        shortage_policy=ShortagePolicy.LOTTERY,
    )  # fmt: skip
    (sku,) = cast.skus(campaign.id)
    for _person in range(4):
        cast.confirmed(owner, {sku.id: 1}, MONDAY)
    sealed_before = lots(client, campaign)
    stages.arriving(clock, owner, campaign.id, passed=2)
    production.split_shortage(campaign.id, actor=owner.staff(), now=clock.now)
    clockwork.advance()

    drawn = table(client, campaign)

    again = sorted(
        ("1", "2", "3", "4"),
        key=lambda number: hashlib.sha256(f"{drawn[0]['seed']}:{number}".encode()).hexdigest(),
    )
    assert campaign.seed not in sealed_before
    assert [row["lot"] for row in drawn] == again
    assert [row["given"] for row in drawn] == ["1", "1", "0", "0"]


def test_a_presale_without_lots_has_no_page_for_them(client, owner):
    campaign = cast.campaign(owner, MONDAY)

    assert client.get(f"/pre/{campaign.slug}/lots").status_code == 404
    assert client.get(f"/pre/{campaign.slug}/lots.csv").status_code == 404


def test_a_drop_says_how_places_are_shared_drawn_and_held(client, owner, entered):
    first_come = cast.campaign(owner, MONDAY, **{**DROP, "is_draw": False})

    drawn = client.get(f"/pre/{entered.slug}?lang=en").text
    held = client.get(f"/pre/{first_come.slug}?lang=en").text

    assert "A group&#39;s link may have places of its own" in drawn
    assert "Whoever enters before the close has the same chance" in drawn
    assert f'href="/pre/{entered.slug}/lots"' in drawn
    assert "a place is yours for 5 minutes" in held
    assert "1 for each person." in held


def test_a_presale_of_one_piece_shows_its_grade_measurements_and_faults(client, owner):
    campaign = cast.campaign(
        owner, MONDAY, variants=[piece(owner, MONDAY)], supply_mode=SupplyMode.SINGLE,
        payment_mode=PaymentMode.FULL, sku={"cap": 1, "deposit": None},
    )  # fmt: skip
    address = f"/pre/{campaign.slug}?lang=en"

    text, inches = client.get(address).text, client.get(f"{address}&unit=in").text

    assert "What grade B means" in text
    assert "1 fault" in text
    assert "a small hole" in text
    assert f'href="/pre/{campaign.slug}?unit=in#measures"' in text
    assert ">104<" in text
    assert ">104<" not in inches

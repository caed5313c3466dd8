"""Promotions at the counter: written, changed, stopped, given codes; nobody else's are seen."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.marketing.models import Promotion, PromotionCode
from app.platform.db import db
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk

TENTH = {
    "name-en": "Welcome", "name-zh": "初次见面", "kind": "percent", "percent": "12.5",
    "most": "100", "needs_code": "1", "starts_at": "2026-01-05T00:00", "max_uses": "20",
}  # fmt: skip


@pytest.fixture
def house(app, clock):
    return cast.house(clock.now)


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo", Role.EDITOR)


@pytest.fixture
def nora(app, house, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    return clerk(app, neighbour.merchant_id, "nora")


def saved():
    db.session.rollback()
    return db.session.scalars(select(Promotion)).one()


def test_an_empty_list_says_what_promotions_are_for(cleo):
    assert "No promotions yet" in cleo.read("/admin/promotions")


def test_a_promotion_is_written_and_shown_in_words(cleo):
    answer = cleo.post("/admin/promotions", TENTH)

    row = saved()
    assert answer.headers["Location"] == f"/admin/promotions/{row.id}"
    assert row.terms == {"percent": "12.5", "most": 10000}
    page = cleo.read(f"/admin/promotions/{row.id}")
    assert "12.5 % off, at most ¥100" in page
    assert "Without a code nobody can get it yet." in page
    assert "Welcome" in cleo.read("/admin/promotions")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name-en": "", "name-zh": ""}, "A name in at least one language"),
        ({"percent": "0"}, "A percentage up to 100"),
        ({"percent": "100.5"}, "A percentage up to 100"),
        ({"percent": "NaN"}, "A percentage up to 100"),
        ({"kind": "fixed", "amount": ""}, "Please say how much is taken off."),
        ({"kind": "fixed", "amount": "ten"}, "Write an amount such as 1280"),
        ({"kind": "spend_and_save"}, "At least one step"),
        ({"kind": "spend_and_save", "reached-1": "30", "off-1": "300"}, "not more than it"),
        ({"kind": "buy_and_get", "buy": "2"}, "A whole number, such as 2."),
        ({"ends_at": "2026-01-04T00:00"}, "It must end after it begins."),
        ({"ends_at": "tomorrow"}, "A day and an hour"),
        ({"max_uses": "0"}, "A whole number from 1 to"),
        ({"budget": "-5"}, "Write an amount such as 1280"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cleo, typed, said):
    answer = cleo.post("/admin/promotions", TENTH | {"name-en": "Kept name"} | typed)

    assert answer.status_code == 422
    assert said in answer.text
    assert typed.get("name-en") == "" or 'value="Kept name"' in answer.text
    assert db.session.scalar(select(Promotion.id)) is None


def test_steps_of_spend_and_save_are_kept_rising(cleo):
    steps = {
        "kind": "spend_and_save", "reached-1": "500", "off-1": "60", "reached-2": "300",
        "off-2": "30",
    }  # fmt: skip

    cleo.post("/admin/promotions", TENTH | steps)

    assert saved().terms == {"tiers": [[30000, 3000], [50000, 6000]]}


def test_the_form_comes_back_as_it_was_filled_in(cleo):
    cleo.post("/admin/promotions", TENTH | {"combines": "1", "min_spend": "300"})
    address = f"/admin/promotions/{saved().id}"

    page = cleo.read(f"{address}/edit")
    answer = cleo.post(address, TENTH | {"name-en": "Hello"})

    assert 'value="12.5"' in page
    assert 'value="300"' in page
    assert answer.status_code == 303
    assert saved().name["en"] == "Hello"
    assert not saved().combines


def test_what_is_over_by_itself_is_neither_stopped_nor_resumed(cleo, clock):
    cleo.post("/admin/promotions", TENTH | {"ends_at": "2027-01-05T00:00"})
    address = f"/admin/promotions/{saved().id}"
    running = cleo.read(address)
    clock.advance(days=4000)

    over = cleo.read(address)
    cleo.post(f"{address}/stop")

    assert "Stop it" in running
    assert "Stop it" not in over
    assert saved().stopped_at is None


def test_stopping_can_be_undone(cleo):
    cleo.post("/admin/promotions", TENTH)
    address = f"/admin/promotions/{saved().id}"

    cleo.post(f"{address}/stop")
    stopped = cleo.read(address)
    cleo.post(f"{address}/stop", {"undo": "1"})

    assert "Let it go on" in stopped
    assert saved().stopped_at is None


def test_codes_are_added_made_and_taken_along_as_a_file(cleo):
    cleo.post("/admin/promotions", TENTH)
    address = f"/admin/promotions/{saved().id}"

    cleo.post(f"{address}/codes", {"code": "hello-10", "label": "=leaflet"})
    taken = cleo.post(f"{address}/codes", {"code": "HELLO10"})
    cleo.post(f"{address}/codes", {"how_many": "3", "code_uses": "1"})
    nothing = cleo.post(f"{address}/codes", {})

    assert taken.status_code == nothing.status_code == 422
    assert "This code is taken." in taken.text
    codes = db.session.scalars(select(PromotionCode.code)).all()
    assert len(codes) == 4
    table = cleo.get(f"{address}/codes.csv").get_data().decode("utf-8-sig").splitlines()
    assert table[1].startswith("HELLO10,'=leaflet,0")
    assert len(table) == 5


def test_another_merchants_promotions_are_not_there(cleo, nora):
    cleo.post("/admin/promotions", TENTH)
    address = f"/admin/promotions/{saved().id}"

    assert "No promotions yet" in nora.read("/admin/promotions")
    assert nora.get(address).status_code == 404
    assert nora.post(address, TENTH).status_code == 404
    assert nora.post(f"{address}/codes", {"how_many": "1"}).status_code == 404
    assert nora.get(f"{address}/codes.csv").status_code == 404

"""Rules of collections at the counter: typed, previewed, and then in force."""

from __future__ import annotations

import pytest

from app.catalog.collecting import Rule
from app.catalog.commands import collections
from app.catalog.commands.collections import Words
from app.catalog.queries.collections import collection
from app.platform.actor import SYSTEM
from app.shop.models import Role
from tests import cast
from tests.admin.counter import clerk

HERE = "/admin/collections/seventies/rule"
TYPED = {
    "any_of": "0", "grade": ["B", "Z"], "era": "1970s，1960s, 1970s", "low": "1,000", "high": "",
    "new_days": "30", "in_stock": "1",
}  # fmt: skip


@pytest.fixture
def house(app, clock):
    house = cast.house(clock.now)
    cast.piece(house, clock.now)
    collections.create(Words({"en": "Seventies"}, {}), "seventies", actor=SYSTEM, now=clock.now)
    return house


@pytest.fixture
def cleo(app, house):
    return clerk(app, house.merchant_id, "cleo", Role.EDITOR)


def test_a_rule_is_looked_at_before_it_holds(cleo):
    preview = cleo.post(HERE, TYPED | {"do": "preview"})
    assert "1 item would be in it" in preview.text
    assert 'value="1970s, 1960s"' in preview.text
    assert collection("seventies").rule is None

    saved = cleo.post(HERE, TYPED)

    assert (saved.status_code, saved.headers["Location"]) == (303, HERE)
    assert collection("seventies").rule == Rule(
        grade=("B",), era=("1970s", "1960s"), low=100_000, new_days=30, in_stock=True
    )
    assert "1 item is in it by its rule" in cleo.get("/admin/collections/seventies").text


def test_a_rule_is_dropped_again(cleo):
    cleo.post(HERE, TYPED)

    cleo.post(HERE, {"do": "drop"})

    assert collection("seventies").rule is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"low": "cheap"}, "low"), ({"new_days": "0"}, "new_days"), ({"new_days": "x"}, "new_days")],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(cleo, typed, field):
    answer = cleo.post(HERE, TYPED | typed)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert f'value="{typed[field]}"' in answer.text
    assert collection("seventies").rule is None


def test_an_empty_rule_is_refused(cleo):
    answer = cleo.post(HERE, {"any_of": "1"})

    assert answer.status_code == 422
    assert "At least one condition" in answer.text


def test_another_merchant_reads_the_rule_and_changes_nothing(app, house, clock):
    neighbour = cast.house(clock.now, "neighbour", is_house=False)
    nora = clerk(app, neighbour.merchant_id, "nora")

    assert nora.get(HERE).status_code == 200
    assert nora.post(HERE, TYPED).status_code == 403
    assert collection("seventies").rule is None

"""Fits me: measurements said once, kept where they belong, and compared with every piece."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from app.customers.models import CustomerMeasures
from app.platform import privacy
from app.platform.db import db
from tests.cast import house, piece
from tests.conftest import MONDAY
from tests.customers.people import ADA, enter

SIZES = {"chest": "96", "waist": "", "hip": "", "foot": ""}


@pytest.fixture
def rail(app, clock):
    owner = house(MONDAY)
    return [piece(owner, MONDAY, chest=chest) for chest in (960, 1040, 1200)]


def numbers(text):
    return [int(number) for number in re.findall(r'href="/i/(\d+)', text)]


def shown_badges(text):
    return len(re.findall(r'data-fits="[^"]*">', text))


def test_who_wants_what_fits_is_asked_for_their_measurements_first(client, rail):
    asked = client.get("/c/all?fits=me&era=1970s")
    form = client.get(asked.location).text
    answer = client.post("/measurements", data=SIZES | {"next": "/c/all?era=1970s&fits=me"})

    assert asked.location.startswith("/measurements?next=")
    assert "/c/all?fits=me&amp;era=1970s" in form
    assert (answer.status_code, answer.location) == (303, "/c/all?era=1970s&fits=me")
    text = client.get(answer.location).text
    assert numbers(text) == [2]
    assert shown_badges(text) == 1


def test_a_list_that_is_somebodys_own_is_nobody_elses(client, visit, rail):
    client.post("/measurements", data=SIZES)

    own = client.get("/c/all?fits=me")

    assert own.headers["Cache-Control"] == "private, no-store"
    assert 'content="noindex"' in own.text
    assert client.get("/c/all").text == visit().get("/c/all").text
    assert shown_badges(client.get("/c/all").text) == 0
    assert 'href="/c/all"' in own.text


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"chest": "9"}, "chest"), ({"chest": "ninety"}, "chest"), ({"foot": "250"}, "foot"),
     ({"chest": ""}, "chest"), ({"waist": "nan"}, "waist"), ({"hip": "1e9"}, "hip")],
)  # fmt: skip
def test_what_no_body_measures_is_refused_beside_its_field(client, rail, typed, field):
    answer = client.post("/measurements", data=SIZES | typed)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert all(f'value="{value}"' in answer.text for value in typed.values() if value)
    assert "Set-Cookie" not in answer.headers


def test_measurements_are_forgotten_on_request(client, rail):
    client.post("/measurements", data=SIZES | {"chest": "96,5"})
    assert 'value="96.5"' in client.get("/measurements").text

    client.post("/measurements", data={"forget": "1"})

    assert client.get("/c/all?fits=me").status_code == 303


def test_an_account_has_them_on_every_device_and_takes_them_along(rail, visit):
    ada, phone = visit(), visit()
    enter(ada, ADA)
    ada.post("/measurements", data=SIZES)
    kept = db.session.scalars(select(CustomerMeasures)).one()
    own = next(one for one in privacy.registered() if one.module == "customers")
    assert {"measures_in_mm": {"chest": 960, "waist": 0, "hip": 0, "foot": 0}} in own.export(
        kept.customer_id
    )

    enter(phone, ADA)
    assert numbers(phone.get("/c/all?fits=me").text) == [2]
    phone.post("/logout")
    assert phone.get("/c/all?fits=me").status_code == 303

    own.erase(kept.customer_id, MONDAY)
    assert db.session.scalars(select(CustomerMeasures)).all() == []

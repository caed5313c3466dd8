"""One view, two renderings; and no redirect that leads away."""

from __future__ import annotations

import json

import pytest
from flask import Flask

from app.platform.web import see_other, wants_fragment
from app.platform.web.pages import local_path
from tests.cast import house, piece

BY_HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.mark.parametrize(
    "address",
    ["/", "/bag", "/i/0042-coat?lang=en#faults", "/search?q=灯芯绒", "/o/K7Q2-x/return?a=//b"],
)
def test_a_path_of_ours_is_kept(address):
    assert local_path(address, "/elsewhere") == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "bag",
        "https://example.org/",
        "//example.org",
        "///example.org",
        "/\\example.org",
        "\\\\example.org",
        "/\t/example.org",
        "/\n/example.org",
        "/\x00/example.org",
        " //example.org",
        "javascript:alert(1)",
        "/bag\r\nSet-Cookie: a=b",
    ],
)
def test_whatever_could_lead_away_leads_home(address):
    assert local_path(address) == "/"


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        (BY_HTMX, True),
        ({**BY_HTMX, "HX-Request-Type": "full"}, False),
        ({**BY_HTMX, "HX-Boosted": "true"}, False),
        ({**BY_HTMX, "HX-History-Restore-Request": "true"}, False),
    ],
    ids=str,
)
def test_a_part_is_sent_only_to_htmx_that_asks_for_one(app: Flask, headers, wanted):
    with app.test_request_context("/", headers=headers):
        assert wants_fragment() is wanted


def test_a_page_says_on_what_it_depends(client):
    answer = client.get("/bag")

    assert {"HX-Request", "HX-Request-Type", "HX-Boosted", "HX-History-Restore-Request"} <= set(
        answer.vary
    )


def test_htmx_gets_the_part_and_the_events_that_go_with_it(client, clock):
    variant = piece(house(clock.now), clock.now)

    answer = client.post("/bag", data={"variant": variant}, headers=BY_HTMX)

    assert answer.status_code == 200
    assert "<html" not in answer.get_data(as_text=True)
    assert "bag:changed" in json.loads(answer.headers["HX-Trigger"])


@pytest.mark.parametrize(
    ("headers", "status", "name"),
    [({}, 303, "Location"), (BY_HTMX, 204, "HX-Redirect")],
    ids=["form", "htmx"],
)
def test_after_a_success_one_goes_on(app: Flask, headers, status, name):
    with app.test_request_context("/", method="POST", headers=headers):
        answer = see_other("/o/K7Q2")

    assert answer.status_code == status
    assert answer.headers[name] == "/o/K7Q2"


def test_an_address_in_a_header_is_plain(app: Flask):
    with app.test_request_context("/", method="POST", headers=BY_HTMX):
        answer = see_other("/search?q=灯")

    assert answer.headers["HX-Redirect"] == "/search?q=%E7%81%AF"

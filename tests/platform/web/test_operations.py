"""What operators and load balancers are told."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.platform.db import db
from tests.conftest import visitor
from tests.servers.valkey import Valkey
from tests.workers.processes import own_variables
from workers.counting import VARIABLE
from workers.launching import ROOT

TOKEN = "only-for-the-tests"


@pytest.fixture
def without_database(make_app: Callable[..., Flask]) -> Iterator[FlaskClient]:
    shop = make_app(database_url="postgresql://nobody@127.0.0.1:9/none?connect_timeout=1")
    with shop.app_context():
        yield visitor(shop)


@pytest.fixture
def guarded(make_app: Callable[..., Flask]) -> Iterator[FlaskClient]:
    """A visitor of a shop that shows its figures to those who know a word."""
    shop = make_app(metrics_token=TOKEN)
    with shop.app_context():
        yield visitor(shop)


def test_the_process_is_alive_whatever_else_is_not(without_database):
    answer = without_database.get("/healthz")

    assert (answer.status_code, answer.get_json()) == (200, {"status": "ok"})


def test_a_request_is_answered_though_there_is_no_room_to_count_it(tmp_path):
    begun_on_a_full_disk = """
import os, resource
from app.platform.web.operations import REQUESTS, count, if_there_is_room
inherited = REQUESTS.labels("/", "GET", 200)
count("/", "GET", 200, 0.0)
if os.fork() == 0:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    for _ in range(3):
        count("/", "GET", 200, 0.0)
        with if_there_is_room():
            inherited.inc()
    try:
        inherited.inc()
    except TypeError:
        print("no room", flush=True)
    os._exit(0)
os.wait()
"""
    variables = {**own_variables(), VARIABLE: str(tmp_path)}

    told = subprocess.run(
        [sys.executable, "-c", begun_on_a_full_disk],
        cwd=ROOT, env=variables, check=True, capture_output=True, text=True,
    )  # fmt: skip

    assert told.stdout == "no room\n"


def test_the_version_is_told(client):
    assert set(client.get("/version").get_json()) == {"name", "version"}


def test_a_shop_that_can_sell_is_ready_though_its_queue_is_away(client):
    answer = client.get("/readyz")
    told = answer.get_json()

    assert (answer.status_code, told["status"]) == (200, "ready")
    assert (told["checks"]["database"], told["checks"]["migrations"]) == ("ok", "ok")
    assert told["checks"]["queue"] == "ConnectionError"
    assert abs(told["clock_skew_seconds"]) < 60


def test_a_queue_that_answers_is_ok(make_app, valkey: Valkey):
    shop = make_app(redis_url=valkey.url)
    with shop.app_context():
        told = visitor(shop).get("/readyz").get_json()

    assert told["checks"]["queue"] == "ok"


def test_an_older_database_is_not_ready(app, client, monkeypatch):
    monkeypatch.setitem(app.extensions, "vitrine.migration_head", lambda: "newer")

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.get_json()["checks"]["migrations"].endswith("code at newer")


def test_the_release_before_stays_ready_when_a_newer_one_has_migrated(app, client):
    def revision(text_of_it: str) -> None:
        with db.engine.begin() as connection:
            statement = text("UPDATE alembic_version SET version_num = :revision")
            connection.execute(statement, {"revision": text_of_it})

    head = app.extensions["vitrine.migration_head"]()
    revision("9999")
    ahead = client.get("/readyz")
    revision(head)

    assert ahead.status_code == 200
    assert ahead.get_json()["checks"]["migrations"].startswith("ahead: database at 9999")


def test_without_a_database_the_shop_is_not_ready_and_says_why(without_database):
    answer = without_database.get("/readyz")
    told = answer.get_json()

    assert (answer.status_code, told["status"]) == (503, "not ready")
    assert told["checks"]["database"] == "OperationalError"
    assert told["clock_skew_seconds"] is None


def test_figures_are_for_prometheus(client):
    client.get("/help")

    answer = client.get("/metrics")
    figures = answer.get_data(as_text=True)

    assert answer.mimetype == "text/plain"
    assert "vitrine_outbox_waiting 0.0" in figures
    assert 'vitrine_requests_total{method="GET",route="/help",status="200"}' in figures


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (None, 404),
        ("", 404),
        ("Bearer wrong", 404),
        ("Bearer únicode", 404),
        (f"Bearer {TOKEN}", 200),
    ],
)
def test_figures_are_shown_to_those_who_know_the_word(guarded, given, status):
    headers = {} if given is None else {"Authorization": given}

    assert guarded.get("/metrics", headers=headers).status_code == status


def test_addresses_do_not_multiply_the_figures(client):
    for number in range(5):
        client.get(f"/nothing-{number}")

    assert "nothing-" not in client.get("/metrics").get_data(as_text=True)

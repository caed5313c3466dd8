"""/metrics tells how the shop stands, and the dashboard asks for nothing else."""

from __future__ import annotations

import json
import os
import re
import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update

from app.catalog.models import Hold
from app.platform.db import db
from app.platform.life_signs import LifeSigns
from app.platform.transaction import transaction
from tests.cast import house, piece, placed
from tests.conftest import StoppedClock, visitor
from tests.servers.stage import Stage
from tests.servers.valkey import Valkey
from tests.servers.web import serving

DEPLOY = Path(__file__).parents[2] / "deploy"
METRIC = re.compile(r"\b(vitrine_[a-z_]+)(?:\{([^}]*)\})?")
ABSENT = re.compile(r"\babsent\((\w+)")
GROUPED = re.compile(r"\bby \(([^)]*)\)")
FROM_PROMETHEUS = {"job", "instance", "le"}

Samples = dict[str, list[tuple[dict[str, str], float]]]


def samples(text: str) -> Samples:
    found: Samples = {}
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found.setdefault(sample.name, []).append((sample.labels, sample.value))
    return found


def asked(client: FlaskClient) -> Samples:
    return samples(client.get("/metrics").get_data(as_text=True))


def asked_at(address: str) -> Samples:
    return samples(httpx.get(f"{address}/metrics", timeout=30).text)


@pytest.fixture
def complete(make_app: Any, valkey: Valkey, settings: Any) -> Iterator[FlaskClient]:
    """A visitor of a shop in which every figure can be had."""
    (settings.data_dir / "backups").mkdir()
    (settings.data_dir / "backups" / "vitrine-1.tar").touch()
    for part in ("worker", "scheduler"):
        LifeSigns(valkey.url, part).give(again_within=60)
    shop = make_app(redis_url=valkey.url)
    with shop.app_context():
        client = visitor(shop)
        client.get("/version")
        yield client


def rules() -> list[dict[str, Any]]:
    read = yaml.safe_load((DEPLOY / "prometheus" / "vitrine.rules.yml").read_text("utf-8"))
    return [rule for group in read["groups"] for rule in group["rules"]]


def alerts() -> list[str]:
    return [str(rule["expr"]) for rule in rules()]


def queries() -> list[str]:
    dashboard = json.loads((DEPLOY / "grafana" / "vitrine.json").read_text("utf-8"))
    targets = [one for panel in dashboard["panels"] for one in panel.get("targets", [])]
    return [*(one["expr"] for one in targets), *alerts()]


def test_dashboard_and_rules_ask_for_what_there_is(complete: FlaskClient) -> None:
    there = asked(complete)

    for query in queries():
        labels: set[str] = set()
        for name, conditions in METRIC.findall(query):
            assert name in there, query
            labels |= {label for given, _ in there[name] for label in given}
            named = set(re.findall(r"(\w+)\s*[=!]", conditions))
            assert named - FROM_PROMETHEUS <= labels, query
        grouped = {word.strip() for words in GROUPED.findall(query) for word in words.split(",")}
        assert grouped - FROM_PROMETHEUS <= labels, query


def test_everything_told_is_shown_somewhere(complete: FlaskClient) -> None:
    shown = {name for query in queries() for name, _ in METRIC.findall(query)}
    told = {name for name in asked(complete) if name.startswith("vitrine_")}

    counted = {name for name in told if name.endswith(("_created", "_count", "_sum"))}
    assert told - counted <= shown


def test_prometheus_takes_the_rules() -> None:
    for rule in rules():
        assert rule.keys() - {"for"} == {"alert", "expr", "labels", "annotations"}
        assert rule["labels"] in ({"severity": "page"}, {"severity": "look"})
        assert [*rule["annotations"]] == ["summary"], "a comma ends a sentence without quotes"


def test_a_rule_misses_what_a_new_shop_has_never_told(make_app: Any, valkey: Valkey) -> None:
    new = make_app(redis_url=valkey.url)
    with new.app_context():
        client = visitor(new)
        client.get("/version")
        there = asked(client)

    never = {name for query in alerts() for name, _ in METRIC.findall(query)}
    never -= there.keys()
    missed = {name for query in alerts() for name in ABSENT.findall(query)}
    assert never == {"vitrine_backup_age_seconds"}
    assert missed == {*never, "up"}
    assert there["vitrine_part_up"] == [({"part": "worker"}, 0.0), ({"part": "scheduler"}, 0.0)]


def test_what_is_away_hides_only_its_own_figures(make_app: Any, client: FlaskClient) -> None:
    away = make_app(database_url="postgresql://nobody@127.0.0.1:9/none?connect_timeout=1")
    with away.app_context():
        without = asked(visitor(away))

    assert without["vitrine_database_up"] == [({}, 0.0)]
    assert "vitrine_holds" not in without
    assert "vitrine_disk_free_bytes" in without
    assert asked(client)["vitrine_queue_up"] == [({}, 0.0)]


def test_holds_are_told_by_whether_their_time_is_over(
    client: FlaskClient, clock: StoppedClock
) -> None:
    owner = house(clock.now)
    for _ in range(2):
        placed(owner, [piece(owner, clock.now)], clock.now)
    with transaction():
        first = db.session.query(Hold).order_by(Hold.id).first()
        assert first is not None
        db.session.execute(update(Hold).where(Hold.id == first.id).values(expires_at=clock.now))

    found = asked(client)

    assert found["vitrine_holds"] == [({"state": "live"}, 1.0), ({"state": "expired"}, 1.0)]
    assert found["vitrine_held_units"] == [({}, 1.0)]


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_all_processes_of_a_server_are_counted_together(served: str) -> None:
    for _ in range(20):
        httpx.get(f"{served}/version")

    for _ in range(3):
        counted = samples(httpx.get(f"{served}/metrics").text)["vitrine_requests_total"]
        versions = [value for labels, value in counted if labels["route"] == "/version"]
        assert sum(versions) == 20


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_each_gauge_is_told_once_whichever_process_is_asked(served: str) -> None:
    for _ in range(12):
        asked_at(served)

    for _ in range(3):
        told = [(name, labels) for name, each in asked_at(served).items() for labels, _ in each]
        often = Counter((name, *sorted(labels.items())) for name, labels in told)
        assert [name for name, labels in told if "pid" in labels] == []
        assert {name: times for name, times in often.items() if times > 1} == {}
        assert {("vitrine_outbox_waiting",), ("vitrine_page_cache_bytes",)} <= often.keys()


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_a_process_that_ended_leaves_its_counts_and_no_gauge(stage: Stage) -> None:
    address, folder = stage.settings.public_url, stage.settings.data_dir / "metrics"
    with serving(stage.environment) as server:
        httpx.get(f"{address}/c/all")
        before = asked_at(address)
        ended = {int(file.stem.rpartition("_")[2]) for file in folder.glob("*/gauge_*.db")}
        for process in ended - {server.pid}:
            os.kill(process, signal.SIGKILL)
        after = asked_at(address)

    requests = [
        value for labels, value in after["vitrine_requests_total"] if labels["route"] == "/c/<slug>"
    ]
    assert before["vitrine_page_cache_bytes"][0][1] > 0
    assert after["vitrine_page_cache_bytes"] == [({}, 0.0)]
    assert requests == [1.0]

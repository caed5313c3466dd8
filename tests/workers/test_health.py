"""`python -m workers healthy`, as whatever watches containers asks it."""

from __future__ import annotations

import socket
from dataclasses import replace

import pytest

from app.config import Settings
from app.platform import life_signs
from app.platform.life_signs import LifeSigns
from tests.servers.process import free_port
from tests.servers.valkey import Valkey
from workers import health
from workers.__main__ import main
from workers.surroundings import ANYWHERE


def test_the_web_server_is_asked_by_its_own_name(live_server: str, settings: Settings) -> None:
    named = replace(settings, host=ANYWHERE)
    strange = replace(named, public_url="https://nobody.example")

    assert health.main(named, "web") == 0
    assert health.main(strange, "web") == 1
    assert health.main(replace(named, port=free_port()), "web") == 1


def test_worker_and_scheduler_are_known_by_their_signs(
    valkey: Valkey, settings: Settings, clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = replace(settings, redis_url=valkey.url)
    assert health.main(known, "worker") == 1
    for part in ("worker", "scheduler"):
        LifeSigns(valkey.url, part).give(again_within=60)
    assert (health.main(known, "worker"), health.main(known, "scheduler")) == (0, 0)

    monkeypatch.setattr(socket, "gethostname", lambda: "another-machine")
    assert (health.main(known, "worker"), health.main(known, "scheduler")) == (1, 0)
    clock.advance(seconds=76)
    assert health.main(known, "scheduler") == 1
    assert life_signs.seen(valkey.url)


def test_without_its_queue_nobody_is_well(settings: Settings) -> None:
    assert health.main(settings, "worker") == 1


def test_it_is_a_command(monkeypatch: pytest.MonkeyPatch, environment) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert main(["healthy", "worker"]) == 1

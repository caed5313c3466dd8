"""The shop's own processes, started and ended by the test."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping

import pytest
from flask import Flask

from app.platform import facts
from app.platform.outbox import commands as outbox
from tests.servers.process import Running, stop
from tests.servers.valkey import Valkey
from tests.workers import noticing
from tests.workers.processes import begin, own_variables
from workers import runner

Start = Callable[..., Running]


@pytest.fixture
def job_app(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """Jobs done in this process use the shop of the test."""
    monkeypatch.setattr(runner, "application", lambda: app)
    return app


@pytest.fixture
def noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The only listener in this process is that of `noticing`."""
    registry = facts.Registry()
    registry.register([noticing.SUBSCRIPTION])
    monkeypatch.setattr(facts, "registry", registry)
    monkeypatch.setattr(outbox, "registry", registry)


@pytest.fixture
def told(environment: Mapping[str, str], valkey: Valkey) -> dict[str, str]:
    """The variables of a shop whose doorbell hangs on the tests' own queue server."""
    return {**own_variables(), **environment, "REDIS_URL": valkey.url, "VITRINE_DOORBELL": "1"}


@pytest.fixture
def start(told: dict[str, str], noticed: None) -> Iterator[Start]:
    """`start("work")` and `start("relay")`, with the listener of `noticing`."""
    running: list[Running] = []

    def start_part(*words: str) -> Running:
        running.append(begin("tests.workers.noticing", words, told))
        return running[-1]

    yield start_part
    for process in running:
        stop(process, signal.SIGTERM)

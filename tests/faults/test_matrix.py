"""docs/resilience.md says what the shop can still do when something is down; here it is tried."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest
from flask import Flask

from tests.faults.breaking import DOWN
from tests.faults.musts import MUSTS
from tests.faults.town import COLUMNS, Town, town
from tests.servers.sandbox import SandboxServer
from tests.servers.smtp import Mailbox
from tests.servers.stage import Stage
from tests.servers.valkey import Valkey
from tests.soaking import SOAK

pytestmark = pytest.mark.slow
DOCUMENT = Path(__file__).parents[2] / "docs" / "resilience.md"
BACK_WITHIN = 2.0
EVERYTHING = dict.fromkeys(COLUMNS, "yes")
BOTH, SQLITE, SERVER = ("sqlite", "postgresql"), ("sqlite",), ("postgresql",)
TRIED_ON = {
    "Redis": SQLITE,
    "all workers": SERVER,
    "the database": SERVER,  # SQLite is a file of the shop's own: that is the row of the full disk
    "the disk (full)": BOTH,
    "the payment provider": SERVER,
    "the mail server": SQLITE,
    "the search index": SQLITE,
}
"""Where what is down and the database have nothing to do with each other, one of them is enough;
`SOAK=1` tries the other one too.
"""
CASES = [
    (down, database)
    for down, ordinary in TRIED_ON.items()
    for database in (ordinary if not SOAK else BOTH)
    if (down, database) != ("the database", "sqlite")
]


def table() -> Mapping[str, list[str]]:
    """The cells of every row, by what is down."""
    lines = DOCUMENT.read_text("utf-8").partition("| down |")[2].splitlines()[2:]
    rows = [[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines]
    return {row[0]: row[1:] for row in rows[: next(n for n, row in enumerate(rows) if not row[0])]}


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> Stage:
    stage: Stage = request.getfixturevalue(f"{request.param}_stage")
    stage.clear()
    return stage


@pytest.fixture
def shop(
    stage: Stage, app: Flask, make_app: Callable[..., Flask],
    sandbox: SandboxServer, smtp: Mailbox, valkey: Valkey,
) -> Iterator[Town]:  # fmt: skip
    with town(make_app, stage.settings.database_url, (sandbox, smtp, valkey)) as shop:
        yield shop


@pytest.mark.parametrize(("down", "stage"), CASES, indirect=["stage"])
def test_the_shop_does_what_the_matrix_says(shop: Town, down: str) -> None:
    *cells, musts = table()[down]
    assert shop.tries() == EVERYTHING

    with DOWN[down](shop):
        found = shop.tries()
        for must in re.split(r"; ", musts):
            MUSTS[down][must].while_down(shop)

    assert [_said(word) for word in found.values()] == cells
    back = time.monotonic()
    assert shop.tries() == EVERYTHING
    assert time.monotonic() - back < BACK_WITHIN
    for must in musts.split("; "):
        MUSTS[down][must].afterwards(shop)


def test_the_document_and_the_tests_name_the_same() -> None:
    rows = table()

    assert set(rows) == set(DOWN)
    assert {down: set(cells[-1].split("; ")) for down, cells in rows.items()} == {
        down: set(musts) for down, musts in MUSTS.items()
    }


def _said(word: str) -> str:
    """Without the status behind it."""
    return word.partition(" (")[0]

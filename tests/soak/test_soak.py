"""The soak itself: what it does follows from its seed, and what it finds is told.

`SOAK=1` also runs a minute of it.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from itertools import islice

import pytest
from flask import Flask
from sqlalchemy import update

from app.catalog.models import Stock
from app.platform import clock
from app.platform.db import db
from app.platform.transaction import transaction
from tests.cast import house, piece
from tests.soak import harm, jumping
from tests.soak.__main__ import BadWord, Wish, main, read
from tests.soak.diary import Diary, Entry
from tests.soak.findings import Auditor
from tests.soaking import on_sqlite

NAMES = list(harm.HARMS)
AT = datetime(2026, 11, 29, 9, 30, tzinfo=UTC)


def test_a_seed_has_one_plan_that_leaves_nothing_out() -> None:
    first = list(islice(harm.plan(7, NAMES), len(NAMES)))

    assert first == list(islice(harm.plan(7, NAMES), len(NAMES)))
    assert first != list(islice(harm.plan(8, NAMES), len(NAMES)))
    assert sorted(name for _pause, name in first) == sorted(NAMES)


def test_what_is_asked_for_is_understood_or_refused() -> None:
    assert read(["minutes=1.5", "database=sqlite"]) == Wish(minutes=1.5, database="sqlite")
    for word in ("minutes", "minutes=soon", "hours=2", "database=paper"):
        with pytest.raises(BadWord):
            read([word])


def test_what_was_found_stands_in_the_diary_and_counts_once(capsys) -> None:
    diary = Diary()
    for found in ([], ["stock out of bounds: [3]"], ["stock out of bounds: [3]"]):
        diary.write(Entry(AT, "the worker killed: 17", 1.25, 2, 30, found))

    lines = capsys.readouterr().out.splitlines()
    assert lines[2].endswith("| 1.2 s | 2 of 30 | every invariant holds |")
    assert lines[3].endswith("| stock out of bounds: [3] |")
    assert diary.wrong == ["stock out of bounds: [3]"]
    assert "| the worker killed | 3 | 1.2 s, 1.2 s |" in diary.summary()


def test_a_part_has_the_time_that_its_file_says(tmp_path) -> None:
    now, mine = jumping.reader(tmp_path), jumping._part(os.getpid())

    right = now() - clock.now()
    jumping.jump(tmp_path, ["another part"], 600)
    others = now() - clock.now()
    jumping.jump(tmp_path, [mine], -600)

    assert abs(right) < timedelta(seconds=60)
    assert abs(others) < timedelta(seconds=60)
    assert now() - clock.now() < timedelta(seconds=-540)


@on_sqlite
def test_the_auditor_sees_goods_that_nobody_holds(app: Flask) -> None:
    variant = piece(house(clock.now()), clock.now())
    auditor = Auditor(app)
    assert auditor.faults() == []

    with transaction():
        db.session.execute(update(Stock).where(Stock.variant_id == variant).values(held=1))

    assert [found.partition(":")[0] for found in auditor.faults()] == [
        "live holds do not add up to what is held"
    ]


@pytest.mark.soak
def test_a_short_one_finds_nothing() -> None:
    assert main(["minutes=1", "reservations=400", "shoppers=3"]) == 0

"""One scheduler wins, and the next takes over when it is gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from app.config import Settings
from app.platform.db import db
from tests.servers.process import wait_until
from workers.leadership import AdvisoryLock, FileLock, Leadership, leadership

HOLD_A_FILE = """
import sys, time
from pathlib import Path
from workers.leadership import FileLock
lock = FileLock(Path(sys.argv[1]))
print(lock.is_mine(), flush=True)
time.sleep(600)
"""


def contender(settings: Settings) -> Leadership:
    return leadership(db.engine, settings.data_dir)


def test_one_of_two_wins(app: Flask, settings: Settings) -> None:
    first, second = contender(settings), contender(settings)

    assert first.is_mine()
    assert not second.is_mine()
    assert first.is_mine()

    first.release()
    assert second.is_mine()
    assert not first.is_mine()
    second.release()


def test_to_release_twice_is_no_harm(app: Flask, settings: Settings) -> None:
    lock = contender(settings)
    lock.release()
    assert lock.is_mine()
    lock.release()
    lock.release()

    assert lock.is_mine()
    lock.release()


def test_a_lost_race_leaves_no_connection_open(app: Flask, settings: Settings) -> None:
    first, second = contender(settings), contender(settings)
    first.is_mine()

    for _ in range(40):
        assert not second.is_mine()

    with db.engine.connect() as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    first.release()


def test_the_lock_suits_the_database(app: Flask, settings: Settings) -> None:
    expected = FileLock if db.engine.dialect.name == "sqlite" else AdvisoryLock

    assert isinstance(contender(settings), expected)


def test_a_lost_database_session_is_a_lost_lock(app: Flask, settings: Settings) -> None:
    """SQLite has no sessions to lose; there the lock goes with the process (next test)."""
    first, second = contender(settings), contender(settings)
    assert first.is_mine()
    if isinstance(first, AdvisoryLock):
        with db.engine.connect() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks "
                    "WHERE locktype = 'advisory' AND pid <> pg_backend_pid()"
                )
            )
            connection.commit()
        assert not first.is_mine()
    else:
        first.release()

    assert second.is_mine()
    second.release()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=lambda number: number.name)
def test_a_file_lock_ends_with_its_holder(tmp_path: Path, number: signal.Signals) -> None:
    path = tmp_path / "scheduler.lock"
    lock = FileLock(path)
    command = [sys.executable, "-c", HOLD_A_FILE, str(path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": "."}
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"True"
        assert not lock.is_mine()
        holder.send_signal(number)

    wait_until(lock.is_mine, seconds=5, what="the lock")
    lock.release()

"""What this machine can do at all: the measure beside every other figure."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from pathlib import Path

from tests.bench.table import Figure

SECONDS = 3.0


def measure() -> list[Figure]:
    return [
        Figure("machine", "durable commits", durable_commits(), "/s"),
        Figure("machine", "bare Flask, in process", bare_flask(), "requests/s"),
    ]


def durable_commits() -> float:
    """Commits per second of one SQLite connection that waits for the disk each time."""
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "probe.sqlite3", isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("CREATE TABLE probe (value INTEGER)")
        began, count = time.perf_counter(), 0
        while time.perf_counter() - began < SECONDS:
            connection.execute("INSERT INTO probe VALUES (1)")
            count += 1
        connection.close()
        return count / SECONDS


def bare_flask() -> float:
    """Requests per second of the smallest Flask application, without a socket."""
    from flask import Flask

    app = Flask("bare")
    app.add_url_rule("/", "hello", lambda: "hello")
    client = app.test_client()
    began, count = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        client.get("/")
        count += 1
    return count / SECONDS

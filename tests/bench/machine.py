"""What this machine can do at all: the measure beside every other figure."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.asking import ask_for, get
from tests.bench.table import Figure
from tests.servers.process import free_port, stop, wait_until
from workers.launching import ROOT
from workers.surroundings import answers

SECONDS = 3.0


def measure() -> list[Figure]:
    return [
        Figure("machine", "durable commits", durable_commits(), "/s"),
        Figure("machine", "bare Flask, in process", bare_flask(), "requests/s"),
        Figure("machine", "bare Flask, behind the shop's server", served_flask(), "requests/s"),
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


def served_flask() -> float:
    """Requests per second of the same behind the shop's own server, asked by 16 connections."""
    port = free_port()
    server = subprocess.Popen([sys.executable, "-m", "tests.bench.bare", str(port)], cwd=ROOT)
    try:
        wait_until(lambda: answers("127.0.0.1", port), seconds=30, what="bare Flask")
        ask_for(port, [get("/")], seconds=0.5)
        return ask_for(port, [get("/")], seconds=SECONDS).rate
    finally:
        stop(server, signal.SIGTERM, seconds=40)

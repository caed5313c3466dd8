"""The smallest Flask application behind the shop's own server: what a page is measured against."""

from __future__ import annotations

import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from workers.web import THREADS_PER_WORKER, WORKERS

app = Flask("bare")
app.add_url_rule("/", "hello", lambda: "hello")
app.add_url_rule("/healthz", "healthz", lambda: "ok")

if __name__ == "__main__":
    Granian(
        "tests.bench.bare:app",
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=WORKERS,
        blocking_threads=THREADS_PER_WORKER,
        websockets=False,
        log_level=LogLevels.error,
    ).serve()

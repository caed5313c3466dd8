"""PostgreSQL through its own tools: `pg_dump` of one snapshot, and `psql` in one transaction.

The index of the search is left out, it is made again. Passwords go to the tools in variables,
where no list of processes shows them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Engine, text

from app.operations.backup.errors import Damaged, Refused
from app.operations.backup.figures import Figures, figures

NAME = "database.dump"
SHOP, SEARCH = "public", "search"
"""Schemas: what the shop keeps, and the index, which is made again."""
ANEW = f"""
SET lock_timeout = '10s';
DROP SCHEMA IF EXISTS {SEARCH} CASCADE;
DROP SCHEMA {SHOP} CASCADE;
CREATE SCHEMA {SHOP};
"""


class PostgresCopy:
    """The database behind an engine."""

    kind = "postgresql"
    name = NAME

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._environment = {**os.environ, **_variables(engine)}

    def save(self, target: Path) -> Figures:
        """Dump what one snapshot sees; the figures are counted in the same."""
        dump = _tool("pg_dump")
        reading = self._engine.connect().execution_options(isolation_level="REPEATABLE READ")
        with reading as connection:
            snapshot = connection.scalar(text("SELECT pg_export_snapshot()"))
            found = figures(connection)
            self._run(
                [dump, "--format=custom", "--no-owner", "--no-privileges", f"--file={target}",
                 f"--snapshot={snapshot}", f"--schema={SHOP}"]
            )  # fmt: skip
        return found

    def check(self, source: Path) -> Figures | None:
        """Raises Damaged unless the dump can be read; what is in it shows only when put back."""
        try:
            self._run([_tool("pg_restore"), "--file=/dev/null", str(source)])
        except Refused as error:
            raise Damaged(f"its database cannot be read: {error}") from error
        return None

    def put_back(self, source: Path) -> None:
        """Replace everything in one transaction; raises Refused when it was undone."""
        script = source.with_suffix(".sql")
        self._run(
            [_tool("pg_restore"), "--no-owner", "--no-privileges", f"--schema={SHOP}",
             f"--file={script}", str(source)]
        )  # fmt: skip
        beginning = source.with_suffix(".anew.sql")
        beginning.write_text(ANEW, encoding="utf-8")
        self._run(
            [_tool("psql"), "--no-psqlrc", "--quiet", "--single-transaction", "--output=/dev/null",
             "--set=ON_ERROR_STOP=1", f"--file={beginning}", f"--file={script}"]
        )  # fmt: skip

    def _run(self, command: list[str]) -> None:
        done = subprocess.run(  # noqa: S603  (PostgreSQL's own tools, nothing typed)
            command, env=self._environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            said = done.stderr.strip().splitlines()
            raise Refused(f"{Path(command[0]).name}: {said[0] if said else done.returncode}")


def _tool(name: str) -> str:
    path = shutil.which(name)
    if path is None:
        raise Refused(
            f"{name} is not on this machine: install PostgreSQL's client tools, of the server's "
            "version or newer (Debian: apt install postgresql-client)"
        )
    return path


def _variables(engine: Engine) -> Mapping[str, str]:
    """What libpq is told by its variables, so that no password stands on a command line."""
    # Shops on SQLite look for their last backup as well, and do without this driver.
    from psycopg.conninfo import conninfo_to_dict
    from psycopg.pq import Conninfo

    url = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    names = {
        option.keyword.decode(): option.envvar.decode()
        for option in Conninfo.get_defaults()
        if option.envvar
    }
    told = conninfo_to_dict(url)
    return {names[key]: str(value) for key, value in told.items() if key in names and value}

"""Where a soak takes place: a folder, and a migrated database that waits for its disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import make_url

from tests.bench.surroundings import DURABLE
from tests.servers.postgres import running_postgres
from tests.servers.stage import environment_for

FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
DATABASES = ("postgresql", "sqlite")


@dataclass(frozen=True)
class Ground:
    """`postgresql` is how its own client finds the database, if it is one."""

    folder: Path
    environment: Mapping[str, str]
    postgresql: str | None

    def keep(self, name: str) -> Path:
        """A copy of one of the files, which stays."""
        kept = Path(tempfile.mkdtemp(prefix="vitrine-soak-kept-")) / name
        shutil.copy(self.folder / name, kept)
        return kept


@contextmanager
def ground(database: str, *, is_durable: bool = True) -> Iterator[Ground]:
    """Gone afterwards. What is not durable survives every kill but that of the machine."""
    from flask_migrate import upgrade

    options = DURABLE if is_durable else (*DURABLE, *FORGETFUL)
    folder = Path(tempfile.mkdtemp(prefix=f"vitrine-soak-{database}-"))
    with ExitStack() as servers:
        servers.callback(shutil.rmtree, folder, ignore_errors=True)
        url, address = f"sqlite:///{folder / 'data' / 'shop.sqlite3'}", None
        if database == "postgresql":
            url = servers.enter_context(running_postgres(options)).create("soak")
            address = make_url(url).set(drivername="postgresql").render_as_string(False)
        (folder / "data").mkdir()
        environment = environment_for(url, folder / "data")
        app = app_on(environment)
        with app.app_context():
            upgrade()
        yield Ground(folder, environment, address)


def app_on(environment: Mapping[str, str]) -> Flask:
    from app.config import load_settings
    from app.factory import create_app

    return create_app(load_settings(environment))

"""Every way in which something the shop stands on goes down, as a block at whose end it is back."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import make_url
from sqlalchemy.engine import Connection, create_engine

from app.platform.configuration import settings
from app.platform.db import db
from app.platform.life_signs import LifeSigns
from tests.faults.town import Town

NO_ROOM = """
    CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
    END $$"""
ROOM = """
    CREATE OR REPLACE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        RETURN NULL;
    END $$"""
EVERY_TABLE_ASKS = """
    DO $$ DECLARE name text; BEGIN
        FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
            EXECUTE format('CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON %I '
                           'FOR EACH STATEMENT EXECUTE FUNCTION no_room()', name);
        END LOOP;
    END $$"""


@contextmanager
def nothing_down(_town: Town) -> Iterator[None]:
    """For comparison."""
    yield


@contextmanager
def no_redis(town: Town) -> Iterator[None]:
    yield from _gone(town, "Redis")


@contextmanager
def no_workers(town: Town) -> Iterator[None]:
    """Redis knows of a worker that was there, and nobody takes what is due."""
    LifeSigns(settings().redis_url, "worker").give(again_within=40)
    yield


@contextmanager
def no_database(town: Town) -> Iterator[None]:
    yield from _gone(town, "database")


@contextmanager
def full_disk(town: Town) -> Iterator[None]:
    """No file can be written by this process; a PostgreSQL says so by the error it has for it."""
    _answers, town.transfer = town.order(town.shopper, gateway="bank_transfer")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with _beneath(town, f"{NO_ROOM};{EVERY_TABLE_ASKS}", "DROP FUNCTION no_room CASCADE"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def no_provider(town: Town) -> Iterator[None]:
    yield from _gone(town, "payment provider", rudely=True)


@contextmanager
def no_mail_server(town: Town) -> Iterator[None]:
    yield from _gone(town, "mail server")


@contextmanager
def no_index(_town: Town) -> Iterator[None]:
    """The folder is gone; PostgreSQL's engine has tests of its own for what happens to tables."""
    shutil.rmtree(settings().search_dir, ignore_errors=True)
    yield


DOWN: Mapping[str, Callable[[Town], AbstractContextManager[None]]] = {
    "Redis": no_redis,
    "all workers": no_workers,
    "the database": no_database,
    "the disk (full)": full_disk,
    "the payment provider": no_provider,
    "the mail server": no_mail_server,
    "the search index": no_index,
}


def _gone(town: Town, name: str, *, rudely: bool = False) -> Iterator[None]:
    line = town.lines[name]
    line.fail(rudely=rudely)
    try:
        yield
    finally:
        line.heal()


@contextmanager
def _beneath(town: Town, before: str, after: str) -> Iterator[None]:
    """Statements around the block, on a line of their own; SQLite needs none."""
    if "database" not in town.lines:
        yield
        return
    engine = create_engine(make_url(settings().database_url))
    try:
        _run(engine.begin(), before)
        try:
            yield
        finally:
            _run(engine.begin(), after)
    finally:
        engine.dispose()


def _run(opened: AbstractContextManager[Connection], statement: str) -> Any:
    db.session.rollback()  # what it has read would be in the way
    with opened as connection:
        connection.exec_driver_sql("SET LOCAL lock_timeout = '5s'")
        connection.exec_driver_sql(statement.replace("%", "%%"))

"""The database session and the column types every table shares.

SQLite is opened with WAL, synchronous=FULL and foreign keys; a write transaction begins IMMEDIATE,
because a deferred one that reads first fails with "database is locked" under load instead of
waiting its turn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, cast

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    CursorResult,
    DateTime,
    Dialect,
    Engine,
    Executable,
    Insert,
    Integer,
    MetaData,
    String,
    Table,
    TypeDecorator,
    UpdateBase,
    event,
    insert,
    inspect,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

from app.platform.errors import Unavailable
from app.platform.turns import Turn

PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=10000",
    "foreign_keys=ON",
    "temp_store=MEMORY",
    "cache_size=-16000",
    "mmap_size=134217728",
)
LONGEST_WAIT = 10.0
SECONDS_TO_CONNECT = 5
"""A machine that is gone refuses nobody: without a limit each request would wait for minutes."""
_turns: dict[str, Turn] = {}
writing: ContextVar[bool] = ContextVar("writing", default=False)
BigId = BigInteger().with_variant(Integer, "sqlite")


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant; a naive one is refused, on either database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime cannot be stored")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Id = Annotated[int, mapped_column(BigId, primary_key=True)]
Texts = Mapping[str, str]
"""One text in several languages, keyed by language tag."""
JsonObject = dict[str, Any]


class Base(DeclarativeBase):
    """Constraints are named by rule, so that a migration can name every one of them on either
    database.
    """

    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: Instant,
            Texts: JSON,
            JsonObject: JSON,
            int: BigId,
            str: String(),
        },
    )


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})

if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def one_of(column: str, states: type[StrEnum]) -> CheckConstraint:
    """The CHECK that keeps a state column to its enum."""
    values = ", ".join(f"'{state.value}'" for state in states)
    return CheckConstraint(f"{column} IN ({values})", name=f"{column}_known")


def read_rows(
    statement: Executable, given: Mapping[str, object] | None = None
) -> CursorResult[*tuple[Any, ...]]:
    """Execute a SELECT of columns; the session's own way looks for objects in each of its rows."""
    db.session.flush()
    return db.session.connection().execute(statement, given)


def changed_rows(statement: UpdateBase) -> int:
    """Execute an UPDATE or DELETE; how many rows its condition met."""
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount


def insert_rows(model: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Insert rows, all with the same columns, without an object for each of them."""
    if rows:
        db.session.execute(_insert(model), rows)


@cache
def _insert(model: type[Base]) -> Insert:
    return insert(cast("Table", model.__table__))


def insert_if_new(model: type[Base], **values: object) -> bool:
    """Insert a row unless one with the same key is there; whether it was new."""
    dialect = sqlite if db.session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(model).values(**values).on_conflict_do_nothing()
    # A row count says nothing where the database returns the key it has made.
    made = statement.returning(*inspect(model).primary_key)
    return db.session.execute(made).first() is not None


def insert_or_update(model: type[Base], rows: Sequence[Mapping[str, object]]) -> None:
    """Write whole rows in the order given, each over the one with the same key if there is one."""
    if not rows:
        return
    statement = _over(
        model, tuple(rows[0]), is_sqlite=db.session.get_bind().dialect.name == "sqlite"
    )
    db.session.execute(statement, rows)


@cache
def _over(model: type[Base], columns: tuple[str, ...], *, is_sqlite: bool) -> Insert:
    """The statement for rows of these columns, made once."""
    statement = (sqlite if is_sqlite else postgresql).insert(cast("Table", model.__table__))
    keys = [column.name for column in inspect(model).primary_key]
    changed = {name: statement.excluded[name] for name in columns if name not in keys}
    made: Insert = statement.on_conflict_do_update(index_elements=keys, set_=changed)
    return made


@contextmanager
def write_turn() -> Iterator[None]:
    """Wait for this process's turn to write to SQLite, which has one writer at a time.

    SQLite itself lets waiting connections poll, so that under load some starve until their timeout;
    threads that queue here are woken in the order they came. Raises Unavailable when the turn does
    not come.
    """
    if db.engine.dialect.name != "sqlite":
        yield
        return
    turn = _turns.setdefault(str(db.engine.url), Turn())
    if not turn.take(LONGEST_WAIT):
        raise Unavailable
    try:
        yield
    finally:
        turn.pass_on()


def tune(engine: Engine) -> None:
    """Prepare an engine's connections: SQLite's pragmas and the kind of BEGIN, and the guard on
    writes.
    """
    event.listen(engine, "before_execute", _refuse_stray_write)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _open_sqlite)
        event.listen(engine, "begin", _begin_sqlite)


def let_go(_error: BaseException | None = None) -> None:
    """End what was read, before the session is closed at the end of a request: a connection that is
    lost as late as that is forgotten, and the answer that was made stands.
    """
    if not db.session.registry.has():
        return
    try:
        db.session.rollback()
    except DBAPIError:
        db.session().invalidate()


def engine_options(url: str) -> dict[str, object]:
    """Options for create_engine that suit the database behind `url`."""
    if url.startswith("sqlite"):
        return {"connect_args": {"timeout": 10, "check_same_thread": False}}
    patience = {"connect_args": {"connect_timeout": SECONDS_TO_CONNECT}, "pool_timeout": 5}
    return {"pool_pre_ping": True, "pool_size": 8, "max_overflow": 8, **patience}


def _open_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN DEFERRED")


def _refuse_stray_write(
    _connection: Connection, statement: Any, _many: object, _params: object, _options: object
) -> None:
    if getattr(statement, "is_dml", False) and not writing.get():
        raise RuntimeError("a write outside a command: wrap it in app.platform.transaction")


__all__ = [
    "Base",
    "BigId",
    "Id",
    "Instant",
    "JsonObject",
    "Mapped",
    "Model",
    "Texts",
    "changed_rows",
    "db",
    "engine_options",
    "insert_if_new",
    "insert_or_update",
    "insert_rows",
    "let_go",
    "mapped_column",
    "one_of",
    "read_rows",
    "tune",
    "write_turn",
    "writing",
]

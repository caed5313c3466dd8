"""Two schemas compared: what became different, and what of it older code cannot live with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Inspector, inspect


@dataclass(frozen=True, slots=True)
class Column:
    """`fills_itself`: an INSERT that does not name it succeeds."""

    type: str
    is_nullable: bool
    fills_itself: bool


@dataclass(frozen=True, slots=True)
class Schema:
    """Columns by table, and by table what its rows have to fulfil, one sentence each."""

    columns: dict[str, dict[str, Column]]
    rules: dict[str, frozenset[str]] = field(default_factory=dict)


def read(connection: Connection) -> Schema:
    """The schema of the shop; of indexes only those that refuse something."""
    looking = inspect(connection)
    tables = sorted(looking.get_table_names())
    return Schema(
        {table: _columns(looking, table) for table in tables},
        {table: frozenset(_rules(looking, table)) for table in tables},
    )


def differences(before: Schema, after: Schema) -> list[str]:
    """Everything that differs, tables first."""
    found = [f"table {name}: new" for name in sorted(after.columns.keys() - before.columns.keys())]
    found += [
        f"table {name}: gone" for name in sorted(before.columns.keys() - after.columns.keys())
    ]
    for table in sorted(before.columns.keys() & after.columns.keys()):
        found += _column_differences(table, before.columns[table], after.columns[table])
        old, new = before.rules.get(table, frozenset()), after.rules.get(table, frozenset())
        found += [f"{table}: new {rule}" for rule in sorted(new - old)]
        found += [f"{table}: no {rule}" for rule in sorted(old - new)]
    return found


def obstacles(before: Schema, after: Schema) -> list[str]:
    """What the code of before stumbles over: nothing of it may be gone or stricter."""
    found = []
    for table, columns in sorted(before.columns.items()):
        if table not in after.columns:
            found.append(f"table {table} is gone")
            continue
        now = after.columns[table]
        found += list(_stumbles(table, columns, now))
        found += [
            f"{table}.{name} must be given, which the code of before does not know"
            for name in sorted(now.keys() - columns.keys())
            if not now[name].is_nullable and not now[name].fills_itself
        ]
    return found


def doubts(before: Schema, after: Schema) -> list[str]:
    """New rules of tables that were there: they may refuse what the code of before writes."""
    return [
        f"{table}: {rule}"
        for table in sorted(before.columns.keys() & after.columns.keys())
        for rule in sorted(
            after.rules.get(table, frozenset()) - before.rules.get(table, frozenset())
        )
    ]


def _stumbles(table: str, before: dict[str, Column], after: dict[str, Column]) -> Iterator[str]:
    for name, was in sorted(before.items()):
        now = after.get(name)
        if now is None:
            yield f"{table}.{name} is gone"
        elif now.type != was.type:
            yield f"{table}.{name} is {now.type} and was {was.type}"
        elif was.is_nullable and not now.is_nullable:
            yield f"{table}.{name} may not be empty any more"
        elif was.fills_itself and not (now.fills_itself or now.is_nullable):
            yield f"{table}.{name} does not fill itself any more"


def _column_differences(
    table: str, before: dict[str, Column], after: dict[str, Column]
) -> Iterator[str]:
    for name in sorted(before.keys() | after.keys()):
        was, now = before.get(name), after.get(name)
        if was is None and now is not None:
            yield f"{table}.{name}: new, {_said(now)}"
        elif now is None:
            yield f"{table}.{name}: gone"
        elif was is not None and was != now:
            yield f"{table}.{name}: {_said(was)} → {_said(now)}"


def _said(column: Column) -> str:
    filled = ", fills itself" if column.fills_itself else ""
    return f"{column.type}{'' if column.is_nullable else ' not null'}{filled}"


def _columns(looking: Inspector, table: str) -> dict[str, Column]:
    keys = set(looking.get_pk_constraint(table)["constrained_columns"])
    return {
        each["name"]: Column(
            str(each["type"]), bool(each["nullable"]), _fills_itself(each, each["name"] in keys)
        )
        for each in looking.get_columns(table)
    }


def _fills_itself(column: Any, is_key: bool) -> bool:  # noqa: FBT001  (called once, above)
    """SQLite fills an integer key without being told so."""
    told = column.get("default") is not None or column.get("computed") or column.get("identity")
    return bool(told) or (is_key and "INTEGER" in str(column["type"]).upper())


def _rules(looking: Inspector, table: str) -> Iterator[str]:
    for check in looking.get_check_constraints(table):
        yield f"check {check['name']} ({check['sqltext']})"
    for unique in looking.get_unique_constraints(table):
        yield f"unique ({', '.join(unique['column_names'])})"
    for index in looking.get_indexes(table):
        if index["unique"] and not index.get("duplicates_constraint"):
            names = (name or "expression" for name in index["column_names"])
            yield f"unique index {index['name']} ({', '.join(names)})"
    for key in looking.get_foreign_keys(table):
        yield f"reference {', '.join(key['constrained_columns'])} → {key['referred_table']}"

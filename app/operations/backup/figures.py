"""By what two databases are compared: rows of each table, sums of money, the head of the record."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    String,
    column,
    func,
    inspect,
    select,
    table,
)

NOT_COUNTED = frozenset({"alembic_version"})
MONEY: tuple[tuple[str, str, str | None], ...] = (
    ("order", "total", None),
    ("order_due", "amount", None),
    ("ledger_entry", "amount", "kind"),
    ("payment", "captured_amount", "state"),
    ("refund", "amount", "state"),
    ("commission_entry", "amount", None),
    ("compensation", "amount", None),
)
"""Table, column of minor units, and the column to group by."""


@dataclass(frozen=True, slots=True)
class Figures:
    """`audit_head` is empty while nothing is sealed; `revision` while nothing is migrated."""

    revision: str
    rows: dict[str, int]
    money: dict[str, int]
    sealed: int
    audit_head: str

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def differences(self, other: Figures) -> list[str]:
        """One line for each figure in which `other` differs."""
        mine, theirs = _flat(self), _flat(other)
        return [
            f"{name}: {mine.get(name, 'nothing')} here, {theirs.get(name, 'nothing')} there"
            for name in sorted(mine.keys() | theirs.keys())
            if mine.get(name) != theirs.get(name)
        ]


def figures(connection: Connection) -> Figures:
    """All of them as one transaction sees them; a table that is not there yet is left out."""
    tables = sorted(inspect(connection).get_table_names())
    counted = [name for name in tables if name not in NOT_COUNTED]
    sealed, head = _record(connection) if "audit_seal" in tables else (0, "")
    return Figures(
        revision=_revision(connection) if "alembic_version" in tables else "",
        rows={name: _count(connection, name) for name in counted},
        money={
            label: total
            for name, amount, by in MONEY
            if name in tables
            for label, total in _sums(connection, name, amount, by)
        },
        sealed=sealed,
        audit_head=head,
    )


def from_json(told: dict[str, Any]) -> Figures:
    return Figures(**told)


def _flat(one: Figures) -> dict[str, object]:
    rows = {f"rows of {name}": count for name, count in one.rows.items()}
    money = {f"sum of {name}": total for name, total in one.money.items()}
    rest = {"revision": one.revision, "sealed": one.sealed, "audit head": one.audit_head}
    return {**rows, **money, **rest}


def _count(connection: Connection, name: str) -> int:
    return connection.scalar(select(func.count()).select_from(table(name))) or 0


def _sums(connection: Connection, name: str, amount: str, by: str | None) -> list[tuple[str, int]]:
    total: ColumnElement[int] = func.coalesce(func.sum(column(amount)), 0)
    if by is None:
        return [(name, int(connection.scalar(select(total).select_from(table(name))) or 0))]
    grouped = select(column(by, String), total).select_from(table(name)).group_by(column(by))
    return [(f"{name} {kind}", int(value)) for kind, value in connection.execute(grouped)]


def _record(connection: Connection) -> tuple[int, str]:
    chain = table("audit_seal", column("sequence", Integer), column("hash", String))
    last = select(chain.c.sequence, chain.c.hash).order_by(chain.c.sequence.desc()).limit(1)
    row = connection.execute(last).first()
    return (int(row[0]), str(row[1])) if row else (0, "")


def _revision(connection: Connection) -> str:
    found = select(column("version_num", String)).select_from(table("alembic_version"))
    return str(connection.scalar(found) or "")

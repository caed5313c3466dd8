"""Append audit rows, chain them, and prove the chain."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, exists, func, insert, select

from app.platform.actor import Actor
from app.platform.audit.models import AuditRow, AuditSeal
from app.platform.db import JsonObject, db, insert_rows
from app.platform.rbac import ensure
from app.platform.request_id import current_request_id
from app.platform.transaction import command, gather

GENESIS = "0" * 64
LOOK_BACK = 2_000
"""Rows below the newest sealed one that may have been committed after it."""


class Changes(TypedDict, total=False):
    """What changed, before and after; personal data is masked or left out."""

    before: JsonObject | None
    after: JsonObject | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`first_bad` is the sequence number of the first seal that does not fit, None when the chain
    holds.
    """

    sealed: int
    unsealed: int
    head: str
    first_bad: int | None
    reason: str = ""


def record(
    actor: Actor,
    verb: str,
    object_kind: str,
    object_id: int | None,
    *,
    now: datetime,
    **changes: Unpack[Changes],
) -> None:
    """Append one row in the caller's transaction."""
    row = {
        "at": now,
        "actor_kind": actor.kind,
        "actor_id": actor.id,
        "merchant_id": actor.merchant_id,
        "verb": verb,
        "object_kind": object_kind,
        "object_id": object_id,
        "before": changes.get("before"),
        "after": changes.get("after"),
        "request_id": current_request_id(),
    }
    gather(_write, row)


def _write(rows: list[JsonObject]) -> None:
    insert_rows(AuditRow, rows)


@command
def note_look(actor: Actor, object_kind: str, object_id: int, *, now: datetime) -> None:
    """Record that somebody was shown the personal data of one thing whole."""
    ensure(actor, "pii.view")
    record(actor, f"{object_kind}.disclose", object_kind, object_id, now=now)


@command
def seal(limit: int = 1000, *, look_back: int | None = LOOK_BACK) -> int:
    """Chain rows that are not chained yet; returns how many. `look_back` None looks at every row.

    One sealer at a time: the scheduler's lock holder.
    """
    head = _last_seal()
    sequence, previous = (head.sequence, head.hash) if head else (0, GENESIS)
    statement = select(AuditRow).where(*_waits(look_back)).order_by(AuditRow.id).limit(limit)
    rows = db.session.scalars(statement).all()
    seals = []
    for row in rows:
        sequence += 1
        previous = _chained(previous, row)
        seals.append({"sequence": sequence, "audit_id": row.id, "hash": previous})
    if seals:
        db.session.execute(insert(AuditSeal), seals)
    return len(seals)


def seal_forgotten() -> int:
    """Chain what was committed so late that `seal` does not look there any more."""
    return seal(look_back=None)


def verify(expected_head: str | None = None) -> Verdict:
    """Walk the chain. `expected_head`, kept outside the database, also uncovers a cut-off tail."""
    previous, sequence, heads = GENESIS, 0, {GENESIS}
    statement = (
        select(AuditSeal, AuditRow)
        .outerjoin(AuditRow, AuditRow.id == AuditSeal.audit_id)
        .order_by(AuditSeal.sequence)
        .execution_options(yield_per=500)
    )
    with db.session.execute(statement) as pairs:
        for seal_row, row in pairs:
            sequence += 1
            reason = _fault(seal_row, row, sequence, previous)
            if reason:
                return Verdict(sequence - 1, 0, previous, seal_row.sequence, reason)
            previous = seal_row.hash
            heads.add(previous)
    if expected_head is not None and expected_head not in heads:
        return Verdict(
            sequence, 0, previous, sequence + 1, "the chain ends before the expected head"
        )
    return Verdict(sequence, unsealed(look_back=None), previous, None)


def unsealed(*, look_back: int | None = LOOK_BACK) -> int:
    """How many rows wait for their place in the chain, counted as far back as `seal` looks."""
    statement = select(func.count()).select_from(AuditRow).where(*_waits(look_back))
    return db.session.scalar(statement) or 0


def _waits(look_back: int | None) -> Iterator[ColumnElement[bool]]:
    """Conditions of rows without a seal, however many have one."""
    yield ~exists().where(AuditSeal.audit_id == AuditRow.id)
    if look_back is not None:
        newest = select(func.coalesce(func.max(AuditSeal.audit_id), 0)).scalar_subquery()
        yield AuditRow.id > newest - look_back


def _fault(seal_row: AuditSeal, row: AuditRow | None, sequence: int, previous: str) -> str:
    if seal_row.sequence != sequence:
        return "a seal is missing"
    if row is None:
        return "the sealed row is missing"
    if _chained(previous, row) != seal_row.hash:
        return f"audit row {row.id} was changed"
    return ""


def _last_seal() -> AuditSeal | None:
    return db.session.scalar(select(AuditSeal).order_by(AuditSeal.sequence.desc()).limit(1))


def _chained(previous: str, row: AuditRow) -> str:
    canonical = json.dumps(
        {
            "id": row.id,
            "at": row.at.isoformat(),
            "actor_kind": row.actor_kind,
            "actor_id": row.actor_id,
            "merchant_id": row.merchant_id,
            "verb": row.verb,
            "object_kind": row.object_kind,
            "object_id": row.object_id,
            "before": row.before,
            "after": row.after,
            "request_id": row.request_id,
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(previous.encode() + canonical.encode()).hexdigest()

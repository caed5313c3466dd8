"""Acting once per `Idempotency-Key`, however often the request comes."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass

from workers.sandbox.errors import Refused
from workers.sandbox.records import JsonObject
from workers.sandbox.session import Provider, Session

LONGEST_KEY = 255


@dataclass(frozen=True)
class Reply:
    status: int
    body: str

    @classmethod
    def of(cls, status: int, content: JsonObject) -> Reply:
        return cls(status, json.dumps(content, ensure_ascii=False))


@dataclass(frozen=True)
class Call:
    """One request that changes something: where it went, its bytes, and the caller's key."""

    path: str
    body: bytes
    key: str | None

    @property
    def fingerprint(self) -> str:
        return hashlib.sha256(self.path.encode() + b"\n" + self.body).hexdigest()


def once(
    provider: Provider, call: Call, act: Callable[[Session], Reply], *, pause_seconds: float = 0.0
) -> Reply:
    """Do `act` and keep its reply with its effect in one transaction; repeats get the same reply.

    Refused: `idempotency_error` (400) when the key came with another request before,
    `idempotency_in_progress` (409) while the first is still being worked on, which takes at least
    `pause_seconds`. A `Refused` from `act` is a reply too, and is kept.
    """
    if call.key is not None:
        with provider.session() as session:
            kept = _claim_or_replay(session.connection, call, call.key)
        if kept:
            return kept
    time.sleep(pause_seconds)
    return _act(provider, act, call.key)


def _claim_or_replay(connection: sqlite3.Connection, call: Call, key: str) -> Reply | None:
    if not key.isprintable() or not 0 < len(key) <= LONGEST_KEY:
        raise Refused("invalid_request", "Idempotency-Key must have 1 to 255 characters")
    row = connection.execute(
        "SELECT fingerprint, status, body FROM idempotency_keys WHERE key = ?", (key,)
    ).fetchone()
    if row is None:
        connection.execute(
            "INSERT INTO idempotency_keys (key, fingerprint) VALUES (?, ?)",
            (key, call.fingerprint),
        )
        return None
    if row["fingerprint"] != call.fingerprint:
        raise Refused("idempotency_error", "this Idempotency-Key came with another request")
    if row["status"] is None:
        raise Refused("idempotency_in_progress", "the first request is still in progress", 409)
    return Reply(row["status"], row["body"])


def _act(provider: Provider, act: Callable[[Session], Reply], key: str | None) -> Reply:
    try:
        with provider.session() as session:
            reply = act(session)
            _keep(session.connection, key, reply)
    except Refused as refusal:
        reply = refused(refusal)
        with provider.session() as session:
            _keep(session.connection, key, reply)
    except BaseException:
        with provider.session() as session:
            session.connection.execute("DELETE FROM idempotency_keys WHERE key = ?", (key,))
        raise
    return reply


def refused(refusal: Refused) -> Reply:
    return Reply.of(refusal.status, {"error": {"code": refusal.code, "message": refusal.message}})


def _keep(connection: sqlite3.Connection, key: str | None, reply: Reply) -> None:
    connection.execute(
        "UPDATE idempotency_keys SET status = ?, body = ? WHERE key = ?",
        (reply.status, reply.body, key),
    )

"""The threads that carry callbacks to the merchant until they are answered with 2xx."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import httpx

from app.platform.certificates import trusted
from workers.sandbox import payments
from workers.sandbox.session import Provider, Session
from workers.sandbox.signing import HEADER, signature_header

_TIMEOUT_SECONDS = 5.0
_LONGEST_SLEEP = 30.0
_STALE_BY_SECONDS = 600


@dataclass(frozen=True)
class Delivery:
    """One copy of one callback; `attempts` counts this one too."""

    id: int
    url: str
    body: str
    forged: str
    attempts: int


class Senders:
    """Start and stop the threads; also the ones that notice that a payment's time is over."""

    def __init__(self, provider: Provider) -> None:
        self._provider = provider
        self._is_stopping = False
        self._client = httpx.Client(timeout=_TIMEOUT_SECONDS, trust_env=False, verify=trusted())
        self._threads = [
            threading.Thread(target=self._run, name=f"sender-{number}", daemon=True)
            for number in range(provider.config.senders)
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let the callback in flight end; the rest stays in the file for the next start."""
        self._is_stopping = True
        self._provider.store.doorbell.ring()
        for thread in self._threads:
            thread.join()
        self._client.close()

    def _run(self) -> None:
        doorbell = self._provider.store.doorbell
        while not self._is_stopping:
            seen = doorbell.count
            with self._provider.session() as session:
                payments.expire_overdue(session)
                delivery = _claim(session)
                idle_seconds = 0.0 if delivery else _seconds_to_next(session)
            if delivery:
                self._deliver(delivery)
            elif not self._is_stopping:
                doorbell.wait(seen, idle_seconds)

    def _deliver(self, delivery: Delivery) -> None:
        started = time.monotonic()
        status, problem = self._post(delivery)
        milliseconds = int((time.monotonic() - started) * 1000)
        with self._provider.session() as session:
            session.connection.execute(
                "INSERT INTO attempts (delivery, at, status, problem, milliseconds)"
                " VALUES (?, ?, ?, ?, ?)",
                (delivery.id, session.at, status, problem, milliseconds),
            )
            is_answered = status is not None and httpx.codes.is_success(status)
            _finish(session, delivery, is_answered=is_answered)

    def _post(self, delivery: Delivery) -> tuple[int | None, str | None]:
        body = delivery.body.encode()
        with self._provider.session() as session:
            timestamp = session.second
        headers = {
            "Content-Type": "application/json",
            "User-Agent": "Vitrine-Sandbox/1",
            HEADER: _signature(self._provider.config.secret, timestamp, body, delivery.forged),
        }
        try:
            with self._client.stream(
                "POST", delivery.url, content=body, headers=headers
            ) as response:
                return response.status_code, None
        except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
            return None, f"{type(error).__name__}: {error}"


def _claim(session: Session) -> Delivery | None:
    rows = session.connection.execute(
        "UPDATE deliveries SET state = 'sending', attempts = attempts + 1 WHERE id = ("
        " SELECT id FROM deliveries WHERE state IN ('waiting', 'held') AND due_at <= ?"
        " ORDER BY due_at, id LIMIT 1) RETURNING id, url, body, forged, attempts",
        (session.at,),
    ).fetchall()
    return Delivery(**dict(rows[0])) if rows else None


def _seconds_to_next(session: Session) -> float:
    row = session.connection.execute(
        "SELECT min(due) AS due FROM ("
        " SELECT min(due_at) AS due FROM deliveries WHERE state IN ('waiting', 'held')"
        " UNION ALL SELECT min(expires_at) FROM payments WHERE status = 'pending')"
    ).fetchone()
    due: float | None = row["due"]
    if due is None:
        return _LONGEST_SLEEP
    return min(max(due - session.at, 0.0), _LONGEST_SLEEP)


def _signature(secret: str, timestamp: int, body: bytes, forged: str) -> str:
    if forged == "timestamp":
        return signature_header(secret, timestamp - _STALE_BY_SECONDS, body)
    if forged == "signature":
        return signature_header(f"not-{secret}", timestamp, body)
    return signature_header(secret, timestamp, body)


def _finish(session: Session, delivery: Delivery, *, is_answered: bool) -> None:
    pauses = session.config.retry_seconds
    tries_again = not is_answered and delivery.attempts <= len(pauses)
    state = "delivered" if is_answered else "waiting" if tries_again else "given_up"
    pause = pauses[delivery.attempts - 1] if tries_again else 0.0
    session.connection.execute(
        "UPDATE deliveries SET state = ?, due_at = ? WHERE id = ?",
        (state, session.at + pause, delivery.id),
    )
    session.connection.execute(
        "UPDATE deliveries SET state = 'waiting', due_at = ?"
        " WHERE state = 'held' AND release_after = ?",
        (session.at, delivery.id),
    )
    session.store.ring_after_commit()

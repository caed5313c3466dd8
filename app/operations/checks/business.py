"""What the shop may have left lying: deliveries, callbacks, money, mails, its record."""

from __future__ import annotations

from collections.abc import Iterator

from app.config import Settings
from app.notifications import queries as notifications
from app.operations.findings import Finding, ok, warning
from app.payments import queries as payments
from app.platform import clock, readiness
from app.platform.audit.commands import unsealed
from app.platform.inbox import queries as inbox
from app.platform.outbox import queries as outbox
from app.shop import queries as shop

SLOWEST_DELIVERY = 60.0
MOST_UNSEALED = 1000


def examine(_known: Settings) -> Iterator[Finding]:
    yield _search()
    yield _deliveries()
    yield _callbacks()
    yield _money()
    yield _mails()
    yield _record()
    yield _people()


def _search() -> Finding:
    answer = readiness.search()
    if answer == "ok":
        return ok("search", answer)
    return warning(
        "search", answer, "flask shop search reindex; meanwhile the database answers searches."
    )


def _deliveries() -> Finding:
    now = clock.now()
    health = outbox.health(now)
    waits = (now - health.oldest_due_at).total_seconds() if health.oldest_due_at else 0.0
    if waits > SLOWEST_DELIVERY:
        said = f"{health.waiting} due, the oldest for {waits:.0f} s"
        return warning("outbox", said, "Is a worker running? See worker and scheduler.")
    if health.dead:
        return warning(
            "outbox",
            f"{health.dead} given up",
            "flask shop outbox dead says why; mend it, then flask shop outbox replay.",
        )
    return ok("outbox", f"{health.waiting} due")


def _callbacks() -> Finding:
    counts = inbox.counts()
    odd = {state: counts[state] for state in ("failed", "unmatched") if counts[state]}
    if odd:
        said = ", ".join(f"{count} {state}" for state, count in odd.items())
        return warning("callbacks", said, "Look at them in the back office: Callbacks.")
    return ok("callbacks", f"{counts['stored']} to be applied")


def _money() -> Finding:
    limbo = payments.limbo(clock.now())
    said = {
        "payments without an answer": limbo.unknown,
        "payments of another amount": limbo.questioned,
        "refunds on their way for long": limbo.on_the_way,
        "refunds refused": limbo.refused,
    }
    odd = ", ".join(f"{count} {what}" for what, count in said.items() if count)
    if odd:
        advice = "Decide on them in the back office: Payments; flask shop audit money compares."
        return warning("payments", odd, advice)
    return ok("payments", "none in limbo")


def _mails() -> Finding:
    dead = notifications.given_up()
    if dead:
        return warning(
            "mails", f"{dead} given up", "Look at them in the back office: Mails, and send again."
        )
    return ok("mails", "none given up")


def _record() -> Finding:
    waiting = unsealed()
    if waiting > MOST_UNSEALED:
        said = f"{waiting} rows are not sealed"
        return warning("audit", said, "Is the scheduler running? It seals each second.")
    return ok("audit", f"{waiting} rows wait for their seal")


def _people() -> Finding:
    if shop.house_merchant() is None:
        return warning("staff", "nothing is set up", "flask shop init")
    if not shop.house_has_owner():
        return warning("staff", "nobody can sign in", "flask shop create-admin EMAIL")
    return ok("staff", "the house has an owner")

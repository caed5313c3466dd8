"""What wishes do when something has happened."""

from __future__ import annotations

from app.catalog.events import ProductArrived
from app.platform import clock
from app.platform.facts import on
from app.wishes import mails
from app.wishes.commands import alerts
from app.wishes.events import AlertAsked, AlertDue, SimilarArrived


def note_arrival(fact: ProductArrived) -> None:
    alerts.note_arrival(fact.product_id, now=fact.at)


def match_waiting(fact: SimilarArrived) -> None:
    alerts.match(fact.product_id, now=clock.now())


SUBSCRIPTIONS = (
    on(ProductArrived, note_arrival, "same_transaction"),
    on(SimilarArrived, match_waiting, patient=True),
    on(AlertAsked, mails.write_asked),
    on(AlertDue, mails.write_due),
)

"""What wishes do when something has happened."""

from __future__ import annotations

from app.catalog.events import ProductsArrived
from app.platform import clock
from app.platform.facts import on
from app.wishes import mails
from app.wishes.commands import alerts
from app.wishes.events import AlertAsked, AlertDue, SimilarArrived


def note_arrivals(fact: ProductsArrived) -> None:
    alerts.note_arrivals(fact.product_ids, now=fact.at)


def match_waiting(fact: SimilarArrived) -> None:
    alerts.match(fact.product_id, now=clock.now())


SUBSCRIPTIONS = (
    on(ProductsArrived, note_arrivals, "same_transaction"),
    on(SimilarArrived, match_waiting, patient=True),
    on(AlertAsked, mails.write_asked),
    on(AlertDue, mails.write_due),
)

"""What reviews do when something has happened."""

from __future__ import annotations

from app.orders.events import OrderChanged
from app.platform.facts import on
from app.reviews import mails
from app.reviews.commands import inviting
from app.reviews.events import InvitationDue, ReviewAnswered, ReviewRejected


def note_arrival(fact: OrderChanged) -> None:
    inviting.note_arrival(fact.order_id, now=fact.at)


SUBSCRIPTIONS = (
    on(OrderChanged, note_arrival, "same_transaction"),
    on(InvitationDue, mails.write_invitation),
    on(ReviewRejected, mails.write_rejected),
    on(ReviewAnswered, mails.write_answered),
)

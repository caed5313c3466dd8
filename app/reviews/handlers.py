"""What reviews do when something has happened."""

from __future__ import annotations

from app.orders.events import OrderChanged
from app.platform.facts import on
from app.reviews import mails, photo_files
from app.reviews.commands import inviting, photographs
from app.reviews.events import (
    InvitationDue,
    PhotoDropped,
    PhotoKept,
    ReviewAnswered,
    ReviewRejected,
)


def note_arrival(fact: OrderChanged) -> None:
    inviting.note_arrival(fact.order_id, now=fact.at)


def derive_files(fact: PhotoKept) -> None:
    photographs.derive(fact.photo_id)


def remove_files(fact: PhotoDropped) -> None:
    photo_files.remove(fact.line_id, fact.photo)


SUBSCRIPTIONS = (
    on(OrderChanged, note_arrival, "same_transaction"),
    on(InvitationDue, mails.write_invitation),
    on(ReviewRejected, mails.write_rejected),
    on(ReviewAnswered, mails.write_answered),
    on(PhotoKept, derive_files, patient=True),
    on(PhotoDropped, remove_files),
)

"""What the shop asks of a carrier that calls back, in words that no single carrier owns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from app.platform.errors import DomainError
from app.platform.i18n import lazy_gettext as _


class TrackingStatus(StrEnum):
    """What one line of a carrier's report says about the parcel."""

    LABEL_CREATED = "label_created"
    COLLECTED = "collected"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    AVAILABLE_FOR_PICKUP = "available_for_pickup"  # in a locker or at a parcel shop
    EXCEPTION = "exception"  # something is wrong; the parcel may still arrive
    DELIVERED = "delivered"
    REFUSED = "refused"  # the person would not take it
    RETURNING = "returning"
    RETURNED = "returned"  # back at the sender's


@dataclass(frozen=True, slots=True)
class TrackingEvent:
    """One line of a carrier's report.

    `occurred_at` is the carrier's own time, aware, kept in UTC. `code` is the carrier's word for
    the status, empty when it gave this line none. `order_reference` is our order, if it says so.
    """

    carrier: str
    tracking_number: str
    occurred_at: datetime
    status: TrackingStatus
    code: str = ""
    text: str = ""
    location: str = ""
    order_reference: str | None = None

    def __post_init__(self) -> None:
        if self.occurred_at.tzinfo is None:
            raise ValueError("occurred_at must be aware")
        object.__setattr__(self, "occurred_at", self.occurred_at.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class InboundBatch:
    """What one callback says. `event_id` is the same on every repeat of the same callback.

    `note` is the carrier's word about the watching itself ("no record for three days"), for staff.
    """

    event_id: str
    events: tuple[TrackingEvent, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer a carrier wants to its callback."""

    body: str
    status: int
    mimetype: str


class RejectedCallback(DomainError):
    """A callback that must not be believed; nothing in it may be used."""

    code = "rejected_callback"


class BadSignature(RejectedCallback):
    """The signature is missing, malformed or not made with our secret over these bytes."""

    code = "bad_signature"
    status = 401
    default_message = _("The signature does not match the shop's secret.")


class StaleSignature(RejectedCallback):
    """The signature is genuine and its time is too far from ours, in either direction."""

    code = "stale_signature"
    status = 401
    default_message = _("The signature is genuine but its time is more than 5 minutes from ours.")


class Malformed(RejectedCallback):
    """The body does not have the carrier's documented form; the message names the field."""

    code = "malformed"
    status = 400
    default_message = _("The message does not have the documented form.")


class Carrier(Protocol):
    """One sender of callbacks. `headers` are read without regard to case."""

    @property
    def name(self) -> str:
        """The word in the callback's address: `standard`, `kuaidi100`."""

    def verify(self, headers: Mapping[str, str], raw_body: bytes, now: datetime) -> None:
        """Check the signature over the raw body; BadSignature, StaleSignature, Malformed."""

    def read(self, headers: Mapping[str, str], raw_body: bytes) -> InboundBatch:
        """Read a verified callback; Malformed."""

    def acknowledge(self, *, ok: bool) -> Reply:
        """What to answer once the callback is stored, or when it should come again."""

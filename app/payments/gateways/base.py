"""What the shop asks of a payment provider, in words that no single provider owns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeAlias

JsonValue: TypeAlias = "bool | int | float | str | list[JsonValue] | dict[str, JsonValue] | None"
JsonObject: TypeAlias = "dict[str, JsonValue]"


class PaymentState(StrEnum):
    """How a payment stands at its provider."""

    PENDING = "pending"
    CAPTURED = "captured"
    FAILED = "failed"
    EXPIRED = "expired"  # closed without money, by its time or by us; can no longer be paid
    ABSENT = "absent"  # the provider answered, and has never heard of the reference
    UNKNOWN = "unknown"  # the provider answered with a status this code does not know


class RefundState(StrEnum):
    """How a refund stands at its provider."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    ABSENT = "absent"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PaymentRequest:
    """One attempt to collect an amount; `attempt_reference` is ours and unique per attempt."""

    attempt_reference: str
    amount_minor: int
    currency: str
    description: str
    return_url: str
    notify_url: str
    expires_at: datetime
    locale: str | None = None


@dataclass(frozen=True)
class RefundRequest:
    """One refund of a captured payment; `refund_reference` is ours and unique per refund."""

    refund_reference: str
    provider_reference: str
    amount_minor: int
    currency: str
    notify_url: str


@dataclass(frozen=True)
class TransferInstructions:
    """What a person copies into their bank's form: our account, and the words that identify it."""

    account: str
    reference: str
    amount_minor: int
    currency: str


@dataclass(frozen=True)
class PaymentSession:
    """A payment opened at a provider: a page to send the shopper to, or instructions to show."""

    provider_reference: str
    pay_url: str | None = None
    instructions: TransferInstructions | None = None


@dataclass(frozen=True)
class PaymentReport:
    """What a provider says of one payment; a claim to compare, not yet a fact.

    `amount_minor` is what was captured once the state is captured, and what was asked for before.
    """

    gateway: str
    attempt_reference: str
    provider_reference: str | None
    transaction_id: str | None
    state: PaymentState
    amount_minor: int
    currency: str
    merchant_account: str
    at: datetime


@dataclass(frozen=True)
class RefundReport:
    """What a provider says of one refund; `payment_reference` is its own name for the payment."""

    gateway: str
    refund_reference: str
    provider_reference: str | None
    payment_reference: str | None
    transaction_id: str | None
    state: RefundState
    amount_minor: int
    currency: str
    merchant_account: str
    at: datetime


@dataclass(frozen=True)
class StatementLine:
    """One movement of money in a provider's books: a capture or a refund, both positive."""

    kind: str
    transaction_id: str
    reference: str
    amount_minor: int
    currency: str
    merchant_account: str
    at: datetime


@dataclass(frozen=True)
class InboundEvent:
    """A callback whose signature held; `event_id` is the same on every repeat."""

    event_id: str
    kind: str
    payload: JsonObject


@dataclass(frozen=True)
class Acknowledgement:
    """The answer a provider wants to its callback."""

    body: str
    status: int
    mimetype: str


class GatewayError(Exception):
    """Anything that went wrong between the shop and a provider."""


class GatewayUnreachable(GatewayError):
    """No answer that can be trusted: the provider may or may not have acted. Ask again."""


class GatewayRefused(GatewayError):
    """The provider answered with a definite no and did nothing; `code` is its own word for why."""

    def __init__(self, code: str, message: str = "") -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code


class KeyRefused(GatewayRefused):
    """The provider does not know our key; it would answer the same to every call."""


class RejectedCallback(GatewayError):
    """A callback that must not be believed; nothing in it may be used."""


class BadSignature(RejectedCallback):
    """The signature is missing, malformed or not made with our secret over these bytes."""


class StaleSignature(RejectedCallback):
    """The signature is genuine and its time is too far from ours, in either direction."""


class MalformedEvent(GatewayError):
    """A signed body or stored payload that does not have the provider's documented form."""


class NotAddressedToUs(GatewayError):
    """A genuine event that names another merchant account than ours."""


class Gateway(Protocol):
    """One way to be paid. Every call may raise GatewayUnreachable or GatewayRefused."""

    @property
    def name(self) -> str:
        """The word in addresses, rows and reports: `sandbox`, `bank_transfer`."""

    @property
    def merchant_account(self) -> str:
        """Our account at the provider; every report is compared with it."""

    @property
    def can_be_asked(self) -> bool:
        """Whether a provider answers a query; a bank is asked by a person, on paper."""

    def create(self, request: PaymentRequest, idempotency_key: str) -> PaymentSession:
        """Open a payment; the same key and request give the same session."""

    def query(self, attempt_reference: str) -> PaymentReport:
        """Ask how an attempt stands; ABSENT when the provider never heard of it."""

    def close(self, provider_reference: str) -> PaymentReport:
        """Make an unpaid payment unpayable and say how it stands now; never undoes a capture."""

    def refund(self, request: RefundRequest, idempotency_key: str) -> RefundReport:
        """Give money back; the same key and request are executed once."""

    def query_refund(self, reference: str) -> RefundReport:
        """Ask how our refund stands; ABSENT when the provider never heard of it."""

    def statement(self, start: datetime, end: datetime) -> tuple[StatementLine, ...]:
        """Every capture and refund booked in [start, end), oldest first."""

    def verify(self, headers: Mapping[str, str], raw_body: bytes, now: datetime) -> InboundEvent:
        """Check the signature over the raw body; BadSignature, StaleSignature, MalformedEvent."""

    def interpret(self, payload: JsonObject) -> PaymentReport | RefundReport:
        """Read a verified event; MalformedEvent, NotAddressedToUs."""

    def acknowledge(self) -> Acknowledgement:
        """What to answer a callback that has been stored."""


def differences(report: PaymentReport, request: PaymentRequest, merchant: str) -> tuple[str, ...]:
    """Name every field in which a capture differs from what was asked; empty means it matches."""
    compared = {
        "attempt_reference": (report.attempt_reference, request.attempt_reference),
        "merchant_account": (report.merchant_account, merchant),
        "currency": (report.currency, request.currency),
        "amount": (report.amount_minor, request.amount_minor),
    }
    return tuple(field for field, (said, asked) in compared.items() if said != asked)

"""A payment provider in memory that can fall silent, or take another amount than was asked.

It is the oracle of the tests that move much money: what it says moved, moved.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from app.payments.gateways import registry
from app.payments.gateways.base import (
    Gateway,
    GatewayUnreachable,
    PaymentReport,
    PaymentRequest,
    PaymentSession,
    RefundReport,
    RefundRequest,
    StatementLine,
)
from app.payments.gateways.rehearsal import RehearsalGateway

Answer = TypeVar("Answer")


class Provider(RehearsalGateway):
    """Acts as soon as it is asked; while `is_silent` the shop does not hear of it."""

    name = "sandbox"
    merchant_account = "vitrine-test"

    def __init__(self) -> None:
        super().__init__()
        self.is_silent = False

    @property
    def references(self) -> list[str]:
        """Every payment that was opened, in order."""
        return list(self._payments)

    @property
    def refunds(self) -> list[RefundReport]:
        """Every refund that was carried out, in order."""
        return list(self._refunds.values())

    def pay(self, attempt_reference: str, more: int = 0) -> PaymentReport:
        """Somebody pays, as asked or otherwise; paying again moves no money."""
        opened = self._payments[attempt_reference]
        if more and not any(line.reference == attempt_reference for line in self._statement):
            asked = replace(opened.request, amount_minor=max(opened.request.amount_minor + more, 1))
            self._payments[attempt_reference] = replace(opened, request=asked)
        silent, self.is_silent = self.is_silent, False
        try:
            return super().pay(attempt_reference)
        finally:
            self.is_silent = silent

    def create(self, request: PaymentRequest, idempotency_key: str) -> PaymentSession:
        return self._answer(super().create(request, idempotency_key))

    def query(self, attempt_reference: str) -> PaymentReport:
        return self._answer(super().query(attempt_reference))

    def close(self, provider_reference: str) -> PaymentReport:
        return self._answer(super().close(provider_reference))

    def refund(self, request: RefundRequest, idempotency_key: str) -> RefundReport:
        return self._answer(super().refund(request, idempotency_key))

    def query_refund(self, reference: str) -> RefundReport:
        return self._answer(super().query_refund(reference))

    def statement(self, start: datetime, end: datetime) -> tuple[StatementLine, ...]:
        return self._answer(super().statement(start, end))

    def _answer(self, answer: Answer) -> Answer:
        if self.is_silent:
            raise GatewayUnreachable
        return answer


class KeptProvider(Provider):
    """Remembers in a file, so that it outlives the process of the shop that asked it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.remember()

    def remember(self) -> None:
        """What another process has had it do."""
        if self._path.exists():
            kept = pickle.loads(self._path.read_bytes())  # noqa: S301  (our own)
            self._payments, self._refunds, self._statement = kept

    def _answer(self, answer: Answer) -> Answer:
        kept = self._payments, self._refunds, self._statement
        self._path.write_bytes(pickle.dumps(kept))
        return super()._answer(answer)


@contextmanager
def in_place_of_the_sandbox(provider: Provider | None = None) -> Iterator[Provider]:
    """The shop is paid through a provider of this process while this lasts."""
    provider = provider or Provider()
    before = registry._BUILDERS["sandbox"]

    def built(settings: registry.GatewaySettings) -> Gateway:
        return provider

    registry._BUILDERS["sandbox"] = built
    registry.offered.cache_clear()
    try:
        yield provider
    finally:
        registry._BUILDERS["sandbox"] = before
        registry.offered.cache_clear()

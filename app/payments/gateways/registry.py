"""Which gateways this process may use, built once from the settings."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Protocol

from app.payments.gateways.bank_transfer import BankTransferGateway
from app.payments.gateways.base import Gateway
from app.payments.gateways.rehearsal import RehearsalGateway
from app.payments.gateways.sandbox import SandboxGateway


class GatewaySettings(Protocol):
    """The part of the settings that payments need."""

    @property
    def payment_methods(self) -> tuple[str, ...]: ...
    @property
    def currency(self) -> str: ...
    @property
    def bank_account(self) -> str: ...
    @property
    def sandbox_url(self) -> str: ...
    @property
    def sandbox_key(self) -> str: ...
    @property
    def sandbox_secret(self) -> str: ...
    @property
    def sandbox_merchant(self) -> str: ...


@cache
def offered(settings: GatewaySettings) -> Mapping[str, Gateway]:
    """The methods that are switched on, in the order they are offered; built once per settings."""
    return {method: _BUILDERS[method](settings) for method in settings.payment_methods}


def _sandbox(settings: GatewaySettings) -> Gateway:
    return SandboxGateway(
        url=settings.sandbox_url,
        key=settings.sandbox_key,
        secret=settings.sandbox_secret,
        merchant_account=settings.sandbox_merchant,
    )


def _bank_transfer(settings: GatewaySettings) -> Gateway:
    return BankTransferGateway(account=settings.bank_account, currency=settings.currency)


def _rehearsal(_settings: GatewaySettings) -> Gateway:
    return RehearsalGateway()


_BUILDERS = {"sandbox": _sandbox, "bank_transfer": _bank_transfer, "rehearsal": _rehearsal}
"""All there are. `app.config` does not let a shop choose `rehearsal`."""

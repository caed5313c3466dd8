"""What has happened to shoppers' accounts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.platform.facts import Fact


@dataclass(frozen=True)
class CustomerVerified(Fact):
    """Somebody read a code we mailed to `email`: what was bought under this address is theirs.

    Told at every sign-in by code, because guests buy under the address of an account as well, and
    before an account is erased, so that nothing of what they bought is left.
    """

    name: ClassVar[str] = "customers.verified.v1"

    customer_id: int
    email: str
    at: datetime


@dataclass(frozen=True)
class CustomerErased(Fact):
    """An account is gone; what the law wants kept is left without a name."""

    name: ClassVar[str] = "customers.erased.v1"

    customer_id: int
    at: datetime

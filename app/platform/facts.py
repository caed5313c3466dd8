"""Facts: what has happened, told to modules above by two kinds of listeners.

`same_transaction` listeners run at once, before the commit; they are rare, quick and without I/O.
`after_commit` listeners get one outbox row each, written in the same transaction, and run in a
worker.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import ClassVar, Literal, Self, TypeVar

from app.platform.transaction import in_transaction

When = Literal["same_transaction", "after_commit"]


@dataclass(frozen=True)
class Fact:
    """Base of all facts. Fields are ids, scalars and aware instants; `name` ends in its version."""

    name: ClassVar[str]

    def payload(self) -> dict[str, object]:
        return {
            key: value.isoformat() if isinstance(value, datetime) else value
            for key, value in asdict(self).items()
        }

    @classmethod
    def from_payload(cls, payload: dict[str, object]) -> Self:
        values = dict(payload)
        for field in fields(cls):
            value = values.get(field.name)
            if isinstance(value, str) and "datetime" in str(field.type):
                values[field.name] = datetime.fromisoformat(value)
        return cls(**values)


AnyFact = TypeVar("AnyFact", bound=Fact)


@dataclass(frozen=True)
class Subscription:
    """One listener: `key` names it in the outbox and must stay the same over releases.

    A `patient` one is slow and nobody waits for it: it is told when nothing else is due.
    """

    fact: type[Fact]
    handler: Callable[..., None]
    when: When
    patient: bool = False

    @property
    def key(self) -> str:
        return f"{self.handler.__module__.removeprefix('app.')}:{self.handler.__name__}"


def on(
    fact: type[AnyFact],
    handler: Callable[[AnyFact], None],
    when: When = "after_commit",
    *,
    patient: bool = False,
) -> Subscription:
    return Subscription(fact, handler, when, patient)


class Registry:
    """Which listeners there are; filled by the factory, read by `publish` and by the outbox."""

    def __init__(self) -> None:
        self._same: dict[str, list[Subscription]] = {}
        self._after: dict[str, list[Subscription]] = {}
        self._by_key: dict[tuple[str, str], Subscription] = {}

    def register(self, subscriptions: Iterable[Subscription]) -> None:
        for subscription in subscriptions:
            name = subscription.fact.name
            if (name, subscription.key) in self._by_key:
                continue
            self._by_key[name, subscription.key] = subscription
            side = self._same if subscription.when == "same_transaction" else self._after
            side.setdefault(name, []).append(subscription)

    def same_transaction(self, name: str) -> list[Subscription]:
        return self._same.get(name, [])

    def after_commit(self, name: str) -> list[Subscription]:
        return self._after.get(name, [])

    def patient(self) -> list[str]:
        """Keys of those that are told when nothing else is due."""
        return [each.key for each in self._by_key.values() if each.patient]

    def find(self, name: str, key: str) -> Subscription | None:
        return self._by_key.get((name, key))


registry = Registry()
_writers: list[Callable[[Fact, list[str]], None]] = []


def write_deliveries_with(writer: Callable[[Fact, list[str]], None]) -> None:
    """Let the outbox say how delivery rows are written (it stands above this file)."""
    _writers[:] = [writer]


def publish(fact: Fact) -> None:
    """Tell a fact inside a command; raises RuntimeError outside one."""
    if not in_transaction():
        raise RuntimeError(f"{fact.name} was published outside a command")
    for subscription in registry.same_transaction(fact.name):
        subscription.handler(fact)
    keys = [subscription.key for subscription in registry.after_commit(fact.name)]
    for writer in _writers:
        writer(fact, keys)

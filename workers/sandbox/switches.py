"""The faults that can be switched on, and how long each lasts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from workers.sandbox.errors import Refused

ALL = -1
FORGERIES = (
    "none",
    "signature",
    "timestamp",
    "amount",
    "currency",
    "merchant_account",
    "reference",
)
REFUND_OUTCOMES = ("succeeded", "failed", "pending")
CHOICES: Mapping[str, tuple[str, ...]] = {"falsify": FORGERIES, "refund_outcome": REFUND_OUTCOMES}
_LOWEST = {"drop": ALL, "capture_difference": -10_000_000}
_HIGHEST = {
    "delay_seconds": 604_800.0,
    "return_first_seconds": 3600.0,
    "api_slow_seconds": 30.0,
    "api_timeout_seconds": 60.0,
    "duplicate": 20,
    "capture_difference": 10_000_000,
}
_HIGHEST_COUNT = 1_000_000
_ON = frozenset({"1", "true", "on", "yes"})
_OFF = frozenset({"0", "false", "off", "no", ""})


class BadSwitch(Refused):
    """There is no such switch, or it cannot be set to this."""

    def __init__(self, name: str, value: object) -> None:
        super().__init__("invalid_switch", f"{name} cannot be {value!r}")
        self.name = name


@dataclass(frozen=True)
class Switches:
    """Counts run down by one each time they are used; everything else stays until it is changed."""

    delay_seconds: float = 0.0  # every callback waits this long
    return_first_seconds: float = 0.0  # the callback of a pay page waits until after the redirect
    duplicate: int = 0  # extra copies of every callback
    reorder: bool = False  # each callback is held until the next one has been tried
    drop: int = 0  # count of callbacks to lose for good; -1 or "all" loses every one
    falsify: str = "none"  # what is wrong in every callback
    api_down: bool = False  # 503 to every call, before acting
    api_slow_seconds: float = 0.0  # pause before acting
    api_timeout: int = 0  # count of POST calls that act and then stay silent
    api_timeout_seconds: float = 6.0  # for how long
    api_error: int = 0  # count of POST calls that act and then answer 500
    capture_difference: int = 0  # minor units captured above (or below) what was asked
    late_capture: bool = False  # the pay button still works after expiry and cancelling
    refund_outcome: str = "succeeded"  # what becomes of refunds


def current(connection: sqlite3.Connection) -> Switches:
    row = connection.execute("SELECT value FROM switches WHERE name = 'all'").fetchone()
    return Switches(**json.loads(row["value"])) if row else Switches()


def turn(connection: sqlite3.Connection, given: Mapping[str, object]) -> Switches:
    """Change the switches that are named; BadSwitch is the first unknown or malformed."""
    before = current(connection)
    changed = {name: _parsed(name, value) for name, value in given.items()}
    return _keep(connection, Switches(**{**asdict(before), **changed}))


def reset(connection: sqlite3.Connection) -> Switches:
    return _keep(connection, Switches())


def use_up(connection: sqlite3.Connection, name: str) -> bool:
    """Take one from the count of that name; False when it stands at zero. -1 never runs out."""
    switches = current(connection)
    left: int = getattr(switches, name)
    if left > 0:
        _keep(connection, Switches(**{**asdict(switches), name: left - 1}))
    return left != 0


def _keep(connection: sqlite3.Connection, switches: Switches) -> Switches:
    connection.execute(
        "INSERT INTO switches (name, value) VALUES ('all', ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (json.dumps(asdict(switches)),),
    )
    return switches


def _parsed(name: str, value: object) -> bool | int | float | str:
    default = getattr(Switches, name, None) if name in Switches.__dataclass_fields__ else None
    parsed = _of_type(default, name, value)
    if default is None or parsed is None:
        raise BadSwitch(name, value)
    return parsed


def _of_type(default: object, name: str, value: object) -> bool | int | float | str | None:
    word = str(value).strip().lower()
    if isinstance(default, bool):
        return True if word in _ON else False if word in _OFF else None
    if isinstance(default, str):
        return word if isinstance(value, str) and word in CHOICES[name] else None
    if isinstance(value, bool):
        return None
    if name == "drop" and word == "all":
        return ALL
    number = _number(word, whole=isinstance(default, int))
    in_range = number is not None and (
        _LOWEST.get(name, 0) <= number <= _HIGHEST.get(name, _HIGHEST_COUNT)
    )
    return number if in_range else None


def _number(word: str, *, whole: bool) -> int | float | None:
    try:
        return int(word) if whole else float(word)
    except ValueError:
        return None

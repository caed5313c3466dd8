"""What was told is noted, whatever becomes of the rest of its claim."""

from __future__ import annotations

import pytest

from app.platform.outbox import commands
from app.platform.outbox.commands import Claimed, tell_all


def batch(*names: str) -> list[Claimed]:
    return [Claimed(number, "token", name, 1, "fact", {}) for number, name in enumerate(names)]


def test_those_told_are_noted_together_and_those_put_off_are_not():
    noted: list[list[str]] = []

    tell_all(
        batch("a", "fails", "b"),
        lambda claimed: claimed.handler != "fails",
        lambda told: noted.append([each.handler for each in told]),
    )

    assert noted == [["a", "b"]]


def test_an_error_on_the_way_loses_no_note():
    noted: list[str] = []

    def tell(claimed: Claimed) -> bool:
        if claimed.handler == "breaks":
            raise TimeoutError
        return True

    with pytest.raises(TimeoutError):
        tell_all(batch("a", "breaks"), tell, lambda told: noted.extend(c.handler for c in told))

    assert noted == ["a"]


def test_what_was_told_before_something_slow_is_noted_before_the_rest(monkeypatch):
    monkeypatch.setattr(commands, "NOTED_WITHIN", -1.0)
    noted: list[list[str]] = []

    tell_all(
        batch("slow", "next"),
        lambda _claimed: True,
        lambda told: noted.append([each.handler for each in told]),
    )

    assert noted[:2] == [["slow"], ["next"]]

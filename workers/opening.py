"""What a newcomer is told once the shop is open."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from app.config import Settings

SETTLED_AFTER = 5.0
"""Seconds in which a new demo shop hears of all that was paid in it, and logs each."""


def banner(
    settings: Settings, lan: str | None, logins: Sequence[tuple[str, str, str]], *, seconds: float
) -> str:
    """What a newcomer needs to know, with the address first."""
    here = address(settings, lan)
    rows = [("Shop", here), ("Back office", f"{here}/admin")]
    if lan is not None:
        rows.append(("On a phone", f"http://{lan}:{settings.port} (in the same network)"))
    rows += [("Sign in as", f"{email}  {password}  ({role})") for role, email, password in logins]
    rows.append(("Data", str(settings.data_dir)))
    table = "\n".join(f"  {name:<12} {value}" for name, value in rows)
    return f"\nVitrine is open, after {seconds:.1f} s.\n{table}\nCtrl-C closes it.\n"


def address(settings: Settings, lan: str | None) -> str:
    """Where the shop answers on this machine."""
    here = settings.public_url
    if lan is not None and urlsplit(here).hostname == lan:
        here = f"http://localhost:{settings.port}"
    return here


@dataclass(frozen=True, slots=True)
class Reminder:
    """The address once more, for the first lines of a new shop's log push the banner away."""

    settings: Settings
    lan: str | None
    opened: float = field(default_factory=time.monotonic)

    def is_due(self) -> bool:
        return time.monotonic() - self.opened >= SETTLED_AFTER

    @property
    def text(self) -> str:
        here = address(self.settings, self.lan)
        return f"\nVitrine is open at {here} (back office: {here}/admin). Ctrl-C closes it.\n"

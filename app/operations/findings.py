"""What an examination finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "failed"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `failed` means that the shop cannot sell, loses something, or in
    production leaves undone what is due; `advice` says what to do about anything that is not ok.
    """

    name: str
    state: State
    text: str
    advice: str = ""


def ok(name: str, text: str) -> Finding:
    return Finding(name, "ok", text)


def warning(name: str, text: str, advice: str) -> Finding:
    return Finding(name, "warning", text, advice)


def failed(name: str, text: str, advice: str) -> Finding:
    return Finding(name, "failed", text, advice)

"""What one provider process is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

RETRY_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 3600.0)


@dataclass(frozen=True, kw_only=True)
class Config:
    """`public_url` is where a shopper's browser finds the pay page; `retry_seconds` are the pauses
    after each callback that was not answered with 2xx, after which the provider gives up."""

    data_dir: Path
    public_url: str
    merchant: str
    key: str = field(repr=False)
    secret: str = field(repr=False)
    retry_seconds: tuple[float, ...] = RETRY_SECONDS
    senders: int = 2

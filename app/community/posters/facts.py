"""What a share picture says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PIL import Image


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterFacts:
    """Texts are in the reader's language `locale`; what is left out is not drawn.

    `joined`, `goal` and `cap` count pieces. Amounts come as they are to be read: `price` is
    "¥100 订金" or the whole price, `price_note` what goes with it, "＋ 到货后尾款 ¥298".
    """

    locale: str
    title: str
    price: str
    price_note: str = ""
    badge: str = ""
    number: int | None = None
    photograph: Image.Image | Path | None = None

    joined: int = 0
    goal: int | None = None
    cap: int | None = None
    closes_at: datetime | None = None
    zone: ZoneInfo
    promise: str = ""
    refund: str = ""

    invitation: str = ""
    link: str
    code: str
    shop: str
    domain: str

    def __post_init__(self) -> None:
        if self.closes_at is not None and self.closes_at.tzinfo is None:
            raise ValueError("a deadline without a time zone is no instant")
        if self.joined < 0 or 0 in {self.goal, self.cap}:
            raise ValueError("nobody can join below nothing")

    @property
    def is_full(self) -> bool:
        """Nothing is left under the cap."""
        return self.cap is not None and self.joined >= self.cap

    @property
    def is_reached(self) -> bool:
        """The goal is met, so the campaign goes ahead."""
        return self.goal is not None and self.joined >= self.goal

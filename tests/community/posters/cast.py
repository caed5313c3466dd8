"""The campaign that the pictures of these tests are about."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image

from app.community.posters import PosterFacts

CLOSES_AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
LINK = "https://oldwardrobe.example/g/K7Q2XM3A"

_BOTH: dict[str, Any] = {
    "number": 427,
    "joined": 83,
    "goal": 100,
    "closes_at": CLOSES_AT,
    "zone": ZoneInfo("Asia/Shanghai"),
    "link": LINK,
    "code": "K7Q2 XM3A",
    "domain": "oldwardrobe.example",
}
_SAID: dict[str, dict[str, Any]] = {
    "zh-Hans": {
        "title": "京都染坊复刻衬衫",
        "price": "¥100 订金",
        "price_note": "＋ 到货后尾款¥298",
        "badge": "预售 第2批",
        "promise": "12月20日至1月10日发货",
        "refund": "不到100件全额退订金，原路退回，1–3个工作日",
        "invitation": "小鱼 邀你一起",
        "shop": "旧日衣橱",
    },
    "en": {
        "title": "Kyoto dye-house shirt",
        "price": "¥100 deposit",
        "price_note": "+ ¥298 when it arrives",
        "badge": "Presale, batch 2",
        "promise": "Ships between 20 Dec and 10 Jan.",
        "refund": "Below 100 pieces everybody gets the whole deposit back in three days.",
        "invitation": "Xiaoyu invites you along",
        "shop": "The Old Wardrobe",
    },
}


def facts(locale: str = "zh-Hans", **changes: Any) -> PosterFacts:
    """The campaign in one language, with whatever a test changes."""
    photograph = photograph_of((720, 900))
    return PosterFacts(
        **{"locale": locale, "photograph": photograph, **_BOTH, **_SAID[locale], **changes}
    )


@cache
def photograph_of(size: tuple[int, int]) -> Image.Image:
    """Uneven cloth, the same each time."""
    threads = Image.frombytes("RGB", (180, 225), Random(7).randbytes(180 * 225 * 3))
    return threads.resize(size, Image.Resampling.BICUBIC)

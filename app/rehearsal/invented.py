"""Buyers nobody could mistake for real ones, as many as are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from app.platform.i18n import LANGUAGES

_WORDS = (
    ("Cloud", "云朵"), ("Pebble", "石子"), ("Lantern", "灯笼"), ("Bamboo", "竹子"),
    ("Teacup", "茶杯"), ("Maple", "枫叶"), ("Harbour", "港口"), ("Thimble", "顶针"),
    ("Sparrow", "麻雀"), ("Ribbon", "丝带"), ("Willow", "柳枝"), ("Button", "纽扣"),
    ("Almond", "杏仁"), ("Paper", "纸鸢"), ("Cricket", "蟋蟀"), ("Juniper", "杜松"),
    ("Comet", "彗星"), ("Velvet", "天鹅绒"), ("Umbrella", "雨伞"), ("Walnut", "核桃"),
)  # fmt: skip
REGION_CODE = "330106"
"""Xihu in Hangzhou: mainland, at the usual rate."""


@dataclass(frozen=True, slots=True)
class Buyer:
    """An invented person with an invented address."""

    index: int
    name: str
    email: str
    phone: str
    locale: str

    @property
    def address(self) -> dict[str, Any]:
        street = f"{self.index + 1} Rehearsal Road" if self.locale == "en" else "彩排路"
        number = "" if self.locale == "en" else f"{self.index + 1}号"
        return {
            "country": "CN",
            "region": "浙江省 杭州市 西湖区",
            "region_code": REGION_CODE,
            "province": "浙江省",
            "city": "杭州市",
            "district": "西湖区",
            "street": street + number,
        }


def buyer(index: int) -> Buyer:
    """The buyer of this place in the queue, Chinese and English in turn."""
    english, chinese = _WORDS[index % len(_WORDS)]
    turn = index // len(_WORDS)
    again = f" {turn + 1}" if turn else ""
    locale = LANGUAGES[(index + 1) % len(LANGUAGES)]
    name = f"Rehearsal {english}{again}" if locale == "en" else f"彩排·{chinese}{again}"
    return Buyer(
        index=index,
        name=name,
        email=f"{english.lower()}{turn or ''}@rehearsal.example.org",
        phone=f"1380000{index:04d}",
        locale=locale,
    )


def by_email(email: str) -> Buyer:
    """The buyer with this address."""
    return next(who for who in map(buyer, count()) if who.email == email)


def answers(questions: tuple[dict[str, Any], ...], who: Buyer) -> dict[str, str]:
    """What they answer to what a campaign asks, whatever it is."""
    return {asked["key"]: str(who.index + 1) for asked in questions}

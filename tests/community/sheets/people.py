"""Who joined: Ada twice, Ben short of one, Cai cancelled, Dou without a leader."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.community.sheets.rows import Occasion, PackedRow
from app.platform.money import Money

AT = datetime(2026, 11, 29, 17, 15, tzinfo=UTC)
OCCASION = Occasion(
    subject="京都染坊复刻衬衫",
    printed_at=AT,
    zone=ZoneInfo("Asia/Shanghai"),
    currency="CNY",
)


def cny(yuan):
    return Money(yuan * 100, "CNY")


def joined(number, name, **changes):
    described: dict[str, Any] = {
        "number": number,
        "name": name,
        "phone": f"+86138000000{number:02}",
        "sku": "KY-M",
        "title": "京都衬衫",
        "options": "靛蓝 M",
        "ordered": 1,
        "quantity": 1,
        "amount": cny(100),
        "paid": cny(100),
        "refunded": cny(0),
        "balance": cny(0),
        "state": "已付",
        "leader": "小鱼",
        "group": "一群",
        "point": "北门",
        "building": "2栋",
        "room": "501",
        "paid_at": AT,
        "address": f"上海市静安区某路 {number} 号",
        "code": f"https://vitrine.example/o/{number}",
    }
    return PackedRow(**(described | changes))


def everybody():
    """In no order at all."""
    return (
        joined(3, "Cai", is_cancelled=True, state="已取消", refunded=cny(100), building="10栋"),
        joined(1, "Ada", sku="KY-S", options="靛蓝 S", buyer_note="请放门口"),
        joined(2, "Ben", ordered=3, quantity=2, balance=cny(50), leader="阿文", point="南门"),
        joined(1, "Ada", buyer_note="请放门口", visible_note="加急"),
        joined(4, "Dou", leader="", building="10栋", amount=cny(70), paid=cny(70)),
    )

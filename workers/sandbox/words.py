"""What the provider's pages say, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from flask import request

Words: TypeAlias = Mapping[str, str]
LANGUAGES = ("en", "zh-Hans")

_ENGLISH: Words = {
    "title": "Sandbox payment",
    "banner": "Sandbox: no money moves here",
    "banner_detail": "This page stands in for a payment provider while a shop is tried out.",
    "to": "To",
    "for": "For",
    "reference": "Reference",
    "time_left": "Time left",
    "minutes": "about {count} min",
    "pay": "Pay {amount}",
    "decline": "Decline, as a bank would",
    "leave": "Leave without paying",
    "back": "Back to the shop",
    "captured": "Paid",
    "captured_detail": "{amount} was taken. You can go back to the shop.",
    "failed": "Declined",
    "failed_detail": "Nothing was taken. The shop can open a new payment.",
    "expired": "Time is over",
    "expired_detail": "Nothing was taken. The shop can open a new payment.",
    "cancelled": "Closed by the shop",
    "cancelled_detail": "Nothing was taken. The shop can open a new payment.",
    "missing": "No such payment",
    "missing_detail": "The address may be incomplete. Go back to the shop and pay from there.",
    "language": "中文",
    "language_code": "zh-Hans",
}
_CHINESE: Words = {
    "title": "沙盒支付",
    "banner": "沙盒环境，不会真的扣款",
    "banner_detail": "店铺试运行时，由这个页面代替支付机构。",
    "to": "收款方",
    "for": "内容",
    "reference": "编号",
    "time_left": "剩余时间",
    "minutes": "约 {count} 分钟",
    "pay": "付款 {amount}",
    "decline": "拒付，模拟银行拒绝",
    "leave": "先不付，返回",
    "back": "返回店铺",
    "captured": "已付款",
    "captured_detail": "已收取 {amount}，可以返回店铺了。",
    "failed": "付款被拒",
    "failed_detail": "没有扣款。店铺可以重新发起付款。",
    "expired": "已超时",
    "expired_detail": "没有扣款。店铺可以重新发起付款。",
    "cancelled": "店铺已关闭这笔付款",
    "cancelled_detail": "没有扣款。店铺可以重新发起付款。",
    "missing": "没有这笔付款",
    "missing_detail": "网址可能不完整，请回到店铺重新付款。",
    "language": "English",
    "language_code": "en",
}
_BY_LANGUAGE = {"en": _ENGLISH, "zh-Hans": _CHINESE}
_WITHOUT_MINOR_UNIT = frozenset({"JPY", "KRW", "VND"})
_SIGNS = {"CNY": "¥", "EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥"}


def language() -> str:
    """`?lang=` if it is one of ours, else what the browser prefers, else English."""
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        return asked
    preferred = request.accept_languages.best_match(["en", "zh-Hans", "zh-CN", "zh"], "en")
    return "zh-Hans" if preferred.startswith("zh") else "en"


def words() -> Words:
    return _BY_LANGUAGE[language()]


def money(minor: int, currency: str) -> str:
    """`¥1,280`, `¥1,280.50`, `CHF 12.80`: cents only when there are any."""
    sign = _SIGNS.get(currency, f"{currency} ")
    if currency in _WITHOUT_MINOR_UNIT:
        return f"{sign}{minor:,}"
    whole, cents = divmod(minor, 100)
    return f"{sign}{whole:,}.{cents:02}" if cents else f"{sign}{whole:,}"

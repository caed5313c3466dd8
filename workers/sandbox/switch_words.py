"""What the page of switches says, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from workers.sandbox.words import language

_BY_LANGUAGE: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Switches",
        "intro": "What is on here happens to every payment from now on. Counts run down.",
        "wrong": "This value does not fit.",
        "save": "Save",
        "reset": "All off",
        "log": "Latest callbacks",
        "none_yet": "No callback yet.",
        "waiting": "waiting",
        "held": "held back",
        "sending": "on its way",
        "delivered": "delivered",
        "dropped": "lost on purpose",
        "given_up": "given up",
        "delay_seconds": "Callbacks wait (seconds)",
        "return_first_seconds": "Pay page returns first; its callback follows after (seconds)",
        "duplicate": "Extra copies of each callback",
        "reorder": "Hold each callback until the next one has been tried",
        "drop": "Callbacks to lose (a count, or all)",
        "falsify": "Falsify callbacks",
        "api_down": "Interface down: 503 before acting",
        "api_slow_seconds": "Interface slow: pause before acting (seconds)",
        "api_timeout": "Calls that act and then stay silent (count)",
        "api_timeout_seconds": "How long they stay silent (seconds)",
        "api_error": "Calls that act and then answer 500 (count)",
        "capture_difference": "Captured above or below what was asked (minor units)",
        "late_capture": "Expired and closed payments can still be paid",
        "refund_outcome": "What becomes of refunds",
    },
    "zh-Hans": {
        "title": "开关",
        "intro": "打开的开关从现在起对每笔付款生效；次数会自动递减。",
        "wrong": "这个值不合适。",
        "save": "保存",
        "reset": "全部关闭",
        "log": "最近的回调",
        "none_yet": "还没有回调。",
        "waiting": "等待发送",
        "held": "已扣住",
        "sending": "发送中",
        "delivered": "已送达",
        "dropped": "已丢弃",
        "given_up": "已放弃",
        "delay_seconds": "回调延迟（秒）",
        "return_first_seconds": "付款页先返回，回调随后（秒）",
        "duplicate": "每个回调多发几份",
        "reorder": "扣住每个回调，等下一个发出后再发",
        "drop": "丢弃多少个回调（次数或 all）",
        "falsify": "伪造回调",
        "api_down": "接口停用：不处理，直接 503",
        "api_slow_seconds": "接口变慢：处理前停顿（秒）",
        "api_timeout": "处理后不应答的次数",
        "api_timeout_seconds": "不应答多久（秒）",
        "api_error": "处理后应答 500 的次数",
        "capture_difference": "实收与应收之差（最小货币单位）",
        "late_capture": "已超时或已关闭的付款仍可支付",
        "refund_outcome": "退款结果",
    },
}


def switch_words() -> Mapping[str, str]:
    return _BY_LANGUAGE[language()]

"""Words a presale may not use: nobody is rewarded for sharing, inviting or recruiting.

WeChat's rules for external links forbid it, and what is sold by recruiting is unlawful.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_PHRASES = (
    "分享有礼", "分享有奖", "分享领", "分享得", "分享解锁", "分享立减", "分享返",
    "转发有礼", "转发有奖", "转发领", "转发送", "转发抽", "转发立减", "转发免单",
    "邀请有礼", "邀请有奖", "邀请得", "邀请返", "推荐有礼", "推荐返",
    "拉人头", "拉新有", "拉新返", "发展下线", "团队计酬", "裂变",
    "集赞", "点赞领", "点赞送", "砍一刀", "帮我砍", "砍价免费", "好友助力", "助力领", "助力免单",
)  # fmt: skip
_PATTERNS = (
    (
        r"(分享|转发|邀请|推荐|拉新|拉人)[^，。；！？,.;!?]{0,8}?"
        r"(有礼|有奖|领[券取奖红优]|送[券红礼优你]|返现|返利|红包|优惠券|立减|免单|抽奖|提现)"
    ),
    r"(满|每)[^，。；！？,.;!?]{0,6}(人|位)[^，。；！？,.;!?]{0,4}(免单|返现|返利|提现)",
    (
        r"\b(share|forward|repost|invite|refer|recruit)\b[^.;!?]{0,40}?"
        r"\b(to|and|&)\s+(win|earn|get|unlock|receive|collect)\b"
    ),
    r"\b(refer[- ]a[- ]friend|referral)\s+(reward|bonus|gift|cash)",
    r"\breward\w*\s+for\s+(sharing|inviting|forwarding|referr?als?)",
    r"\b(win|earn|unlock)\b[^.;!?]{0,40}?\bby\s+(sharing|inviting|forwarding|referring)",
)
_FOUND = re.compile("|".join((*map(re.escape, _PHRASES), *_PATTERNS)), re.IGNORECASE)
_HIDDEN = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff])[\s·*_\-]+(?=[\u4e00-\u9fff])")


def inducement_in(texts: Iterable[str]) -> str | None:
    """The first words that offer something for sharing, as they were written, or None.

    Blanks and signs put between Chinese characters hide nothing; neither do full-width letters.
    """
    for text in texts:
        plain = _HIDDEN.sub("", unicodedata.normalize("NFKC", text))
        match = _FOUND.search(_BETWEEN_CHINESE.sub("", plain))
        if match is not None:
            return match[0]
    return None

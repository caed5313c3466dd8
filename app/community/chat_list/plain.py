"""One spelling for the many ways a phone writes the same sign."""

from __future__ import annotations

import re
import unicodedata

_SIGNS = str.maketrans(
    {
        **dict.fromkeys("✖✕✗✘╳⨉❎", "×"),
        **dict.fromkeys("—–―‒−－﹣", "-"),
        **dict.fromkeys("➕﹢", "+"),
        **dict.fromkeys("∗﹡✱", "*"),
        **dict.fromkeys("〜∼", "~"),
        **dict.fromkeys("【[〖「『〔{《<“", "("),
        **dict.fromkeys("】]〗」』〕}》>”", ")"),
        **dict.fromkeys("•・‧∙", "·"),
        **dict.fromkeys("｜│┃¦", "|"),
        **dict.fromkeys("\ufe0e\ufe0f\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"),
        "’": "'",
        "🔟": "10.",
        "￥": "¥",
    }
)
_CIRCLED = {
    chr(first + step): str(step + 1)
    for first, count in ((0x2776, 10), (0x2780, 10), (0x278A, 10), (0x24F5, 10), (0x24EB, 10))
    for step in range(count)
} | {chr(0x24EB + step): str(step + 11) for step in range(10)}
_CIRCLED |= {chr(0x2460 + step): str(step + 1) for step in range(20)}
_CIRCLED_SIGNS = str.maketrans(_CIRCLED)
_LEADING_CIRCLE = re.compile(rf"^\s*([{''.join(_CIRCLED)}])")
_KEYCAPS = re.compile(r"^\s*((?:\d\ufe0f?\u20e3)+)")
_STRUCK = re.compile(r"(?:[^\u0335\u0336][\u0335\u0336]+)+")
_STROKES = str.maketrans("", "", "\u0335\u0336")
_CROSS = "❌"
_MARKED_AS_CROSSED = " 作废? "
_RARE = re.compile(rf"[\u0335\u0336\u20e3{_CROSS}{''.join(_CIRCLED)}]")
_TRADITIONAL = str.maketrans(
    "紅藍綠黃號碼個雙條兩隻幾還換單樓棟電話項須總謝團訂貨發買賣樣對這們給來後點藏灰橙棕頂盒減開幫請參與購點褲襯衫鞋襪",
    "红蓝绿黄号码个双条两只几还换单楼栋电话项须总谢团订货发买卖样对这们给来后点藏灰橙棕顶盒减开帮请参与购点裤衬衫鞋袜",
)
_USUAL = re.compile(r"[\x20-;=?-Z\\^-z|~\u4e00-\u9fff]*")
_SPACES = re.compile(r"\s+")


def plain(line: str) -> str:
    """The line with half-width signs, ASCII digits and one kind of dash, cross and bracket.

    Spaces are single. What is struck through stands between two ~~; letters keep their case.
    """
    if _USUAL.fullmatch(line):
        return _SPACES.sub(" ", line).strip()
    if _RARE.search(line):
        line = _without_rare_signs(line)
    line = unicodedata.normalize("NFKC", line.translate(_SIGNS)).translate(_SIGNS)
    return _SPACES.sub(" ", line).strip()


def _without_rare_signs(line: str) -> str:
    """Strokes, crosses, keycaps and circled numbers spelled out."""
    if "\u0336" in line or "\u0335" in line:
        line = _STRUCK.sub(lambda struck: f"~~{struck[0].translate(_STROKES)}~~", line)
    if _CROSS in line:
        line = line.replace(_CROSS, _MARKED_AS_CROSSED)
    line = _LEADING_CIRCLE.sub(lambda circled: f"{_CIRCLED[circled[1]]}.", line)
    line = _KEYCAPS.sub(lambda keys: "".join(filter(str.isascii, keys[1])) + ".", line)
    return line.translate(_CIRCLED_SIGNS).replace("\u20e3", "")


def lowered(text: str) -> str:
    """Small letters and simplified characters, exactly as long as `text`."""
    small = text.lower()
    return (small if len(small) == len(text) else text).translate(_TRADITIONAL)

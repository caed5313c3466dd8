"""Whole numbers as people write them in a chat: 12, 十二, 两, 俩, two."""

from __future__ import annotations

import re

_HAN_DIGITS = dict(zip("零〇一二三四五六七八九", (0, 0, *range(1, 10)), strict=True)) | {
    "两": 2,
    "俩": 2,
    "仨": 3,
    "壹": 1,
    "贰": 2,
    "叁": 3,
    "肆": 4,
    "伍": 5,
    "陆": 6,
    "柒": 7,
    "捌": 8,
    "玖": 9,
}
_HAN_UNITS = {"十": 10, "拾": 10, "百": 100}
_ENGLISH = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {word: value for value, word in enumerate(_ENGLISH, 1)}

HAN = "[一二两俩仨三四五六七八九十百壹贰叁肆伍陆柒捌玖拾]"
ENGLISH = "|".join(_ENGLISH)
_NUMBER = re.compile(rf"\d+|{HAN}+|(?:{ENGLISH})(?![a-z])")


def number_in(text: str) -> int | None:
    """The first number of the text, if there is one and it is one number: 二三 is not."""
    found = _NUMBER.search(text)
    if found is None:
        return None
    written = found[0]
    if written.isdigit():
        return int(written[:9])
    return _WORDS.get(written) or of_han(written)


def of_han(written: str) -> int | None:
    """十二 → 12; None for digits in a row, which are an estimate: 两三."""
    total, digit = 0, None
    for sign in written:
        if sign in _HAN_UNITS:
            total += (1 if digit is None else digit) * _HAN_UNITS[sign]
            digit = None
        elif digit is not None:
            return None
        else:
            digit = _HAN_DIGITS[sign]
    return total + (digit or 0)

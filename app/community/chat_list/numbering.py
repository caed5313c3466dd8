"""The number a line begins with: 1. 2、 (3) ④ 5号 六、 No.7, or 8 and the name at once."""

from __future__ import annotations

import re
from typing import NamedTuple

from app.community.chat_list import numerals

_HAN = "[一二三四五六七八九十百]"
_NUMBERED = re.compile(
    r"\s*(?:(?P<lead>no\.?|nr\.?|\#|第|跟团号|接龙号|序号|编号|\()\s*)?"
    rf"(?:(?P<digits>\d{{1,4}})|(?P<han>{_HAN}{{1,4}}))"
    r"(?P<mark>\s*[.、)。:,;|·/](?!\d)|\s*[、)。|]|\s*-(?!\d)"
    r"|[.:](?=\d[栋幢#\-号]|\d{2})|[位号](?![楼码院店]))?"
    r"(?P<gap>\s*)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(r"\s*[位个名号]\s*")
_NOT_AFTER = re.compile(
    r"(?!(.)\1)[件个套份只条双顶盒瓶支枚副罐台栋幢座室房楼层岁期号码%]"
    r"|[元块月日年点折斤人](?![一-鿿])|人[参已]|单元|小时|分钟|天[内后前]"
    r"|[/.:-]\d|x\s*\d|x\s|[×*+]|cm|kg|(?:pcs?|pieces?|pairs?|[ap]m)\b",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\s*(?:\d{4}\s*[-/.年]|\d{1,2}:\d{2}"
    r"|\d{1,2}[./-]\d{1,2}\s*(?:日|号(?!楼)|前|截|发|到|开|晚|周|\d{1,2}[:点]|$))"
)
_NEXT = re.compile(r"(?<=[\s;,。、件个套份只条双])(\d{1,3})\s*[.、)]\s*(?=[^\d\s.、)])")
_PLACE = re.compile(r"\d{1,3}\s*(?:-\s*\d{1,2}\s*)?-\s*\d{3,4}(?!\d)")


class Numbered(NamedTuple):
    """A line that begins with a number; `marked` when a sign such as a full stop follows it."""

    number: int
    rest: str
    marked: bool


def numbered(line: str) -> Numbered | None:
    """The number of a line and what follows, or None when the line begins with anything else."""
    found = _NUMBERED.match(line)
    if found is None or _DATE.match(line) or _PLACE.match(line):
        return None
    rest = line[found.end() :]
    lead = (found["lead"] or "").lower()
    if lead == "第" and not found["mark"]:
        ordinal = _ORDINAL.match(rest)
        if ordinal is None:
            return None
        rest = rest[ordinal.end() :]
    elif lead == "(" and not (found["mark"] or "").strip().startswith(")"):
        return None
    marked = bool(found["mark"] or lead)
    number = int(found["digits"]) if found["digits"] else numerals.of_han(found["han"])
    if number is None or not (marked or _stands_alone(found, rest)):
        return None
    return Numbered(number, rest.lstrip(" .、)-:|·"), marked)


def _stands_alone(found: re.Match[str], rest: str) -> bool:
    """Whether a number without a sign is a number of the list rather than a quantity."""
    if _NOT_AFTER.match(rest):
        return False
    if found["han"]:
        return bool(found["gap"]) and bool(rest)
    return True


def split_run_on(rest: str, number: int) -> list[tuple[int, str]]:
    """Entries written on in one line, 1. … 2. … 3. …, each with its number."""
    entries: list[tuple[int, str]] = []
    start, expected, at = 0, number, 0
    while found := _NEXT.search(rest, at):
        at = found.end()
        if int(found[1]) == expected + 1:
            entries.append((expected, rest[start : found.start()].rstrip(" ;,。、")))
            start, expected = found.end(), expected + 1
    entries.append((expected, rest[start:]))
    return entries

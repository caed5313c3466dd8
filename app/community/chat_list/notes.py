"""Doors and phones: where an entry says somebody lives, and the end of their number."""

from __future__ import annotations

import re

from app.community.chat_list import numerals
from app.community.chat_list.shapes import Note

_MAY_SAY = re.compile(r"\d{3}|[栋幢座#]|单元|号楼|tail|end|room|bldg|build|block|apt|flat|unit|rm")
_NO = rf"(?:\d{{1,3}}|{numerals.HAN}{{1,3}}|[a-z](?![a-z]))"
_PHONE = (
    r"(?:电话|手机|联系方式|微信|tel|phone|mobile)?号?\s*[:.]?\s*"
    r"(?:(?<!\d)(?:\+?86[ -]?)?1[3-9]\d[ -]?(?:\d{4}|\*{2,6})[ -]?(?P<mobile>\d{4})(?!\d)"
    r"|(?<![\d*])\*{3,8}(?P<hidden>\d{4})(?!\d)"
    r"|(?:尾号|后四位|尾数|末四位|(?<=[话机])"
    r"|(?<![a-z])(?:tail|ending|ends?|last 4|last four)(?:\s*(?:in|with))?)"
    r"\s*[:是为]?\s*(?P<tail>\d{3,4})(?!\d)"
    r"|(?<=phone )(?P<said>\d{4})(?!\d))"
)
_PLACE = (
    rf"(?<![\da-z-])(?P<building>{_NO})\s*(?:栋|幢|号楼|座|\#(?=\s*\d{{3}}))\s*-?\s*"
    rf"(?:(?P<unit>{_NO})\s*(?:单元|-(?=\d{{3}}))\s*-?\s*)?"
    r"(?:(?P<room>\d{3,4}[a-z]?)(?!\d)\s*[室号房]?)?"
    r"|(?<![\d-])(?P<building2>\d{1,2}|[a-d])-(?:(?P<unit2>\d{1,2})-)?"
    r"(?P<room2>\d{3,4})(?![\d-])\s*室?"
    r"|(?<!\d)(?P<unit3>\d{1,2})\s*单元\s*(?:(?P<room3>\d{3,4})(?!\d)\s*[室号]?)?"
    r"|(?<!\d)(?P<room4>\d{3,4})\s*[室房]"
    r"|(?<![a-z])(?:bldg|building|block)\.?\s*(?P<building5>\d{1,3}|[a-z])(?![a-z\d])"
    r"|(?<![a-z])(?:room|rm|apt|apartment|flat)\.?\s*\#?(?P<room5>\d{1,4}[a-z]?)(?![a-z\d])"
    r"|(?<![a-z])unit\.?\s*(?P<unit5>\d{1,3})(?!\d)"
)
_WHERE = re.compile(
    rf"\s*(?:(?:地址|住址|房号|楼栋|address)\s*:?\s*)?(?:{_PLACE}|{_PHONE})\s*[,、;]?"
)
_GAP = " "


def take_out(text: str) -> tuple[str, dict[str, str]]:
    """`text`, in small letters, with every place and phone blanked, and what they were.

    The answer is as long as the text, so that places in it stay the same.
    """
    found: dict[str, str] = {}
    if not _MAY_SAY.search(text):
        return text, found

    def blanked(match: re.Match[str]) -> str:
        for group, value in match.groupdict().items():
            if value:
                found.setdefault(_FIELDS[group.rstrip("2345")], _spelled(value))
        return _GAP * len(match[0])

    return _WHERE.sub(blanked, text), found


_FIELDS = {
    "building": "building",
    "unit": "unit",
    "room": "room",
    "mobile": "phone_tail",
    "hidden": "phone_tail",
    "tail": "phone_tail",
    "said": "phone_tail",
}


def _spelled(value: str) -> str:
    """A number in digits, a letter in capitals: 十二 → 12, a → A."""
    number = numerals.of_han(value) if re.fullmatch(f"{numerals.HAN}+", value) else None
    return str(number) if number is not None else value.upper()


def note(found: dict[str, str], text: str) -> Note:
    return Note(
        building=found.get("building", ""),
        unit=found.get("unit", ""),
        room=found.get("room", ""),
        phone_tail=found.get("phone_tail", ""),
        text=text,
    )

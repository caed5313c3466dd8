"""Make pasted text plain: phone, postcode and remarks cut out, labels turned into marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 400
NAME_MARK, STREET_MARK = "\x01", "\x02"

_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe0f\ufeff]"
)
_PICTURE = re.compile(r"\[(?:[一-鿿]{1,4}|\d{3,6})\]|[\U0001f000-\U0001faff☀-➿⬀-⯿]")
_LIST_HEAD = re.compile(r"(?m)^[ \t]*(?:#|例[ :]|.{0,8}接龙).*$")
_LIST_NUMBER = re.compile(
    r"(?m)^[ \t]*\(?\d{1,3}[.、,)]+(?!\d)[ \t]*|\A\s*\d{1,3}[ \t]+(?=[㐀-鿿A-Za-z@])"
)
_BADGE = re.compile(r"[①-⑳❶-❿]|\d\ufe0f?\u20e3")
_LINE_END = re.compile(r"\r\n?|[【】]")

_MOBILE = re.compile(
    r"(?<![\d.])(?:(?:\+|00)?86[-\s]?)?(1[-\s]?[3-9](?:[-\s.]?\d){9})(?:[-转#]\s?(\d{3,5}))?(?!\d)"
)
_ABROAD = re.compile(r"(?<!\d)(?:\+|00)(?!86)([1-9]\d{0,2}[-\s]?\d(?:[-\s]?\d){5,11})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)\(?(0\d{2,3})\)?[-\s]?(\d{7,8})(?:[-转](\d{1,5}))?(?!\d)")
_BROKEN = re.compile(r"(?<!\d)(1[3-9](?:[-\s]?\d){5,8}|1[3-9](?:[-\s]?\d){10,12})(?!\d)")

_IDENTITY = re.compile(r"(?:身份证(?:号码?)?\s*:?\s*)?(?<!\d)\d{17}[\dXx](?!\d)")
_NOTE = re.compile(r"(?:备注|留言|附言|要求|说明|remarks?|note)\s*:\s*([^\n]*)", re.IGNORECASE)
_POSTCODE = re.compile(
    r"(?:(?:邮政编码|邮编|post ?code|zip(?: ?code)?)\s*:?\s*)?"
    r"(?<![\dA-Za-z#-])(\d{6})(?![\dA-Za-z号室栋])",
    re.IGNORECASE,
)
_PHONE_LABEL = re.compile(
    r"(?:收[货件]人?|联系人?)?(?:联系|手机|移动)?(?:电话|手机|方式)(?:号码|号)?\s*(?::\s*|(?=\n|$))"
    r"|(?<![A-Za-z])(?:tel(?:ephone)?|phone|mobile|mob|ph)\s*[:.]?\s*(?=\n|$)",
    re.IGNORECASE,
)
_NAME_LABEL = re.compile(
    r"(?:收[货件][人方]?(?:姓名|名字)|收[货件][人方]|联系人(?:姓名)?|(?:真实)?姓名)\s*[:是]?"
    r"|(?:名字|昵称|收[货件]|(?<![A-Za-z])(?:name|recipient|consignee|attn))\s*:"
    r"|(?<![^\s,;|。])(?:收\s*:|我叫|我是)",
    re.IGNORECASE,
)
_STREET_LABEL = re.compile(
    r"(?:详细|具体|收货|收件|家庭|邮寄|快递|联系|街道)?地址(?:信息)?\s*[:是]?"
    r"|(?<![A-Za-z])(?:address|addr|street)\s*:",
    re.IGNORECASE,
)
_REGION_LABEL = re.compile(
    r"(?:所在|收货|收件)(?:省市区?县?|地区|区域|地)\s*:?"
    r"|(?<![^\s,;|/])(?:省市区|地区|省份|城市|区县|区/县|街道|乡镇|省|市|区|县)\s*:"
)


@dataclass(frozen=True, slots=True)
class Pasted:
    """The text without what was cut out; NAME_MARK and STREET_MARK stand where labels stood."""

    text: str
    phone: str
    phone_confidence: float
    postcode: str
    note: str


def read_pasted(raw: str) -> Pasted:
    """Cut out what can be recognised by itself; of a longer text the first LONGEST characters."""
    text = _plain(raw)
    note = _NOTE.search(text)
    text = _IDENTITY.sub("\n", _NOTE.sub("\n", text))
    phone, confidence, text = _cut_phone(text)
    text = _PHONE_LABEL.sub("\n", text)
    postcode = _POSTCODE.search(text)
    text = _POSTCODE.sub("\n", text)
    text = _REGION_LABEL.sub("\n", text)
    text = _STREET_LABEL.sub(f"\n{STREET_MARK}", text)
    text = _NAME_LABEL.sub(f"\n{NAME_MARK}", text)
    return Pasted(
        text=text,
        phone=phone,
        phone_confidence=confidence,
        postcode=postcode.group(1) if postcode else "",
        note=note.group(1).strip() if note else "",
    )


def _plain(raw: str) -> str:
    """Half-width, without pictures, list heads and list numbers; lines end in a newline."""
    text = _LINE_END.sub("\n", _BADGE.sub("\n", raw[:LONGEST]))
    text = unicodedata.normalize("NFKC", text).replace("臺", "台")
    text = _PICTURE.sub(" ", _INVISIBLE.sub("", text))
    return _LIST_NUMBER.sub("", _LIST_HEAD.sub("", text).lstrip())


def _cut_phone(text: str) -> tuple[str, float, str]:
    """The first number that is a phone, how sure, and the text with every such number cut out."""
    for pattern, write, confidence in (
        (_MOBILE, _write_mobile, 1.0),
        (_ABROAD, _write_abroad, 0.9),
        (_LANDLINE, _write_landline, 0.9),
        (_BROKEN, _write_mobile, 0.3),
    ):
        found = pattern.search(text)
        if found:
            return write(found), confidence, pattern.sub("\n", text)
    return "", 0.0, text


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _write_mobile(found: re.Match[str]) -> str:
    extension = found.group(2) if found.re is _MOBILE else None
    number = _digits(found.group(1))
    return f"{number}-{extension}" if extension else number


def _write_abroad(found: re.Match[str]) -> str:
    return f"+{_digits(found.group(1))}"


def _write_landline(found: re.Match[str]) -> str:
    return "-".join(part for part in found.groups() if part)

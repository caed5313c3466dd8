"""The words of a pasted line: which are goods, thanks or punctuation; how a street is joined."""

from __future__ import annotations

import re

_CHUNK = re.compile(r"(?:[\n,;|、。!?\x01\x02]|(?<!\d)/|/(?!\d))+")
_WORD = re.compile(r"[A-Za-z][A-Za-z.'’-]*(?: [A-Za-z][A-Za-z.'’-]*)+|\S+")
_EDGES = " \t:-_@*#\"'“”‘’《》<>[]【】~/.+"
_TAKES_IT = re.compile(r"(?:[(\[]?(?:亲|本人)?收[)\]]?|\((?:男|女|先生|女士)\))$")
_ORDERED = re.compile(r"(?<=[㐀-鿿])[+×X*]\d{1,2}$")

_COLOUR = r"[黑白红蓝绿灰黄紫粉棕米卡驼]"
_SIZE = r"(?:[XSML]{1,4}|[2-6]XL)"
_COUNT = r"(?:\d{1,2}|[一二两三四五六七八九十])"
_SIZED = rf"(?:{_SIZE}|均|\d{{2,3}})码"
_ITEM = re.compile(
    rf"(?:{_COLOUR}色?)?(?:{_SIZED}|{_SIZE})?[X×*+]\d{{1,2}}[件条份双套]?"
    rf"|{_COLOUR}色(?:{_SIZE}码?)?|{_SIZED}|{_SIZE}|(?:{_SIZED})?{_COUNT}[件条份双套]"
)
_IDLE = re.compile(
    r"谢+|谢谢.{0,2}|麻烦.{0,3}|亲?收|中国|中华人民共和国|包邮|尽快发?货?|辛苦了?|已付款?|已转|顺丰|"
    r"[寄发送]到?|寄给|快递|地址|你?好|您?好|老板|群主|团长|自提"
)


def words_of(part: str) -> list[str]:
    """The words in order, those of a Latin name kept together; goods and thanks left out."""
    found = [word for chunk in _CHUNK.split(part) for word in _WORD.findall(chunk)]
    trimmed = (_ORDERED.sub("", word).strip(_EDGES) for word in found)
    return [
        word
        for word in trimmed
        if word and not _IDLE.fullmatch(word) and not _ITEM.fullmatch(word.upper())
    ]


def tidy(name: str) -> str:
    """张三(收), @张三, 张三收: 张三."""
    return _TAKES_IT.sub("", name).strip(_EDGES + "()")


def joined(words: list[str]) -> str:
    """Words of a street as one line; a space only between two that are not Chinese."""
    line = ""
    for word in words:
        gap = " " if line and line[-1].isascii() and word[0].isascii() else ""
        line += gap + word
    return line

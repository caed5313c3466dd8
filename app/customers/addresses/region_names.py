"""How people write a region's name: in full, without its suffix, with the suffix of older days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from app.customers.addresses import regions
from app.customers.addresses.regions import CITY, DISTRICT, PLACEHOLDER, PROVINCE

_PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|"
    "纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|"
    "俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺"
)
_PEOPLES_SUFFIX = re.compile(rf"(?:(?:{_PEOPLES})族?|各族)+自治[区州县旗]$")
_PLAIN_SUFFIX = re.compile(
    r"(?:特别行政区|族自治[区州县旗]|自治[区州县旗]|街道办事处|街道|地区|林区|新区|[省市区县旗盟镇乡])$"
)
_LAST_SUFFIX = re.compile(r"[市区县旗镇乡]$")
_OTHER_NAMES = {"15": ("内蒙",), "81": ("香港特区",), "82": ("澳门特区",)}
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write a region; `full` when nothing was left off."""

    text: str
    code: str
    full: bool


NamesByStart: TypeAlias = dict[str, list[Name]]


def names_of(code: str) -> tuple[Name, ...]:
    """The ways to write one region, at least two characters each."""
    found = regions.region(code)
    if found is None or PLACEHOLDER.fullmatch(found.name):
        return ()
    texts = [found.name, _short(found.name), *_OTHER_NAMES.get(code, ())]
    return tuple(
        Name(text, code, text == found.name)
        for text in dict.fromkeys(texts)
        if len(text) >= SHORTEST
    )


@cache
def names_within(parent: str, length: int) -> tuple[Name, ...]:
    """Every way to write the regions of one kind within a parent."""
    return tuple(
        name
        for found in regions.everything()
        if len(found.code) == length and found.code.startswith(parent)
        for name in names_of(found.code)
    )


@cache
def names_below(parent: str, length: int) -> NamesByStart:
    """The same by their first two characters."""
    return _by_start(names_within(parent, length))


@cache
def first_names() -> NamesByStart:
    """Names with which an address may begin, by their first two characters.

    Provinces and cities in any form; districts only in full, but 昆山市 and 浦东新区 also in short;
    none of these when two places share the name.
    """
    return _by_start((*names_within("", PROVINCE), *names_within("", CITY), *_telling_districts()))


def _by_start(names: Iterable[Name]) -> NamesByStart:
    grouped: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names:
        grouped[name.text[:SHORTEST]].append(name)
    return dict(grouped)


def _telling_districts() -> list[Name]:
    by_text: defaultdict[str, list[Name]] = defaultdict(list)
    for name in names_within("", DISTRICT):
        by_text[name.text].append(name)
    return [
        names[0]
        for text, names in by_text.items()
        if len(names) == 1 and len(text) >= SHORTEST and _may_begin(names[0])
    ]


def _may_begin(name: Name) -> bool:
    found = regions.region(name.code)
    if found is None:
        return False
    return found.name.endswith(("市", "新区")) or (name.full and found.name[-1] in "区县旗")


def _short(name: str) -> str:
    """Without its suffix; 碑林区 loses 区, not 林区."""
    for suffix in (_PEOPLES_SUFFIX, _PLAIN_SUFFIX, _LAST_SUFFIX):
        shorter = suffix.sub("", name)
        if SHORTEST <= len(shorter) < len(name):
            return shorter
    return name

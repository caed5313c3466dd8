"""Find where a line names the province, city and district: the longest walk down the tree wins."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.customers.addresses import regions
from app.customers.addresses.region_names import SHORTEST, Name, first_names, names_below
from app.customers.addresses.regions import CITY, DISTRICT, MUNICIPALITIES, PROVINCE

_GAP = r"[\s,;/·|>、.\x02-]*"
_NOBODYS = r"(?:市辖区|县(?=[\s,/])|(?:省|自治区)?直辖县级?(?:行政区划|行政单位)?)"
_BETWEEN = re.compile(rf"{_GAP}(?:{_NOBODYS}{_GAP})?")
# 南京 in 南京西路 is a road, 长安 in 长安镇 a town, 苏州 in 苏州街道 neither a city.
_NOT_A_REGION = re.compile(
    r"[东南西北中上下前后内外]?[一二三四五六七八九十]?(?:大?道|路|街|巷|弄|胡同|桥|[镇乡村庄寺湾港]|"
    r"大厦|广场|花园|小区|公寓|大学|学院|医院|酒店|饭店|银行|新村|名苑)"
)
# A short name may carry the suffix its rank had in older days; another rank's is another place.
_SUFFIX = re.compile(r"(?:地区|新区|特区|[省市县区州盟旗])(?!辖)")
_SUFFIXES = {
    PROVINCE: {"省", "市", "特区"},
    CITY: {"市", "州", "盟", "地区"},
    DISTRICT: {"市", "县", "区", "旗", "新区"},
}
# Each traditional character with its plain form, as far as names of regions need them.
_TRADITIONAL = (
    "區区縣县臺台灣湾鄉乡鎮镇東东龍龙觀观門门義义雲云蘭兰蓮莲園园嶺岭鳳凤營营馬马後后豐丰葉叶萬万興兴華华"
    "廣广慶庆寧宁陽阳陰阴陝陕貴贵黃黄蘇苏遼辽濟济瀋沈鄭郑漢汉長长濱滨爾尔齊齐烏乌魯鲁無无錫锡鹽盐連连揚扬"
    "廈厦贛赣壽寿麗丽紹绍開开鷹鹰撫抚瓊琼棗枣莊庄煙烟臨临濰潍萊莱蕪芜陸陆賀贺樂乐達达內内涼凉懷怀資资滄沧"
    "衛卫輝辉許许鶴鹤彌弥渾浑綏绥鐵铁嶼屿頭头溝沟劍剑橋桥祿禄靜静楊杨閔闵寶宝張张灘滩劃划蔥葱蘆芦鶯莺鳥鸟"
    "潤润瀝沥島岛圍围離离淨净鑼锣"
)
_SIMPLIFIED = str.maketrans(_TRADITIONAL[::2], _TRADITIONAL[1::2])


@dataclass(frozen=True, slots=True)
class Found:
    """A region in `text[start:end]`: its deepest `code`, and how each level was `said`."""

    start: int
    end: int
    code: str
    said: tuple[Name, ...]

    @property
    def rank(self) -> tuple[int, int, int]:
        """More levels beat fewer, full names beat short ones, earlier beats later."""
        return len(self.said), sum(name.full for name in self.said), -self.start


def find_region(text: str) -> Found | None:
    """The most complete region in the line, said twice or once; None when there is none."""
    text = text.translate(_SIMPLIFIED)  # one character for one, so that positions stay
    best = max(_walks(text), key=lambda walk: walk.rank, default=None)
    return _with_only_city(_said_again(text, best)) if best else None


def _walks(text: str) -> Iterator[Found]:
    for start in range(len(text) - 1):
        yield from _walks_from(text, start)


def _walks_from(text: str, start: int) -> Iterator[Found]:
    for name in first_names().get(text[start : start + SHORTEST], ()):
        if text.startswith(name.text, start) and _may_start(text, start, name):
            yield from _through(text, start, start, (name,))


def _may_start(text: str, start: int, name: Name) -> bool:
    """A bare 建德 begins an address, but not within 王建德."""
    if name.full or len(name.code) < DISTRICT or start == 0:
        return True
    return not text[start - 1].isalnum() or text.endswith(("中国", "共和国"), 0, start)


def _through(text: str, start: int, position: int, said: tuple[Name, ...]) -> Iterator[Found]:
    """Every walk that goes on from the last name said, which stands at `position`."""
    name = said[-1]
    for end, alone in _ends(text, position, name):
        beyond = _next(text, end)
        for deeper in _deeper(text, beyond, name.code):
            yield from _through(text, start, beyond, (*said, deeper))
        if alone:
            yield Found(start, end, name.code, said)


def _ends(text: str, position: int, name: Name) -> Iterator[tuple[int, bool]]:
    """Where the name may end, and whether it is a region there when nothing deeper follows.

    A short name may have kept a suffix (萧山市 for 萧山区), or what looks like one begins the next
    name: 青岛 + 市北区, 石家庄 + 桥西区.
    """
    end = position + len(name.text)
    if name.full:
        yield end, True
        return
    suffix = _SUFFIX.match(text, end)
    if suffix and suffix.group() in _SUFFIXES[len(name.code)]:
        yield suffix.end(), True
    yield end, not suffix and not _NOT_A_REGION.match(text, end)


def _deeper(text: str, position: int, code: str) -> Iterator[Name]:
    """The names standing here one level down; below a province also its districts directly."""
    if len(code) == PROVINCE:
        yield from _standing(text, position, code, CITY)
    if len(code) < DISTRICT:
        # Below 重庆市 lie two cities, 重庆市 and 县, and people name either, both or none.
        parent = code[:PROVINCE] if code[:PROVINCE] in MUNICIPALITIES else code
        yield from _standing(text, position, parent, DISTRICT)


def _standing(text: str, position: int, parent: str, length: int) -> list[Name]:
    """The names standing here that mean one region only within the parent."""
    candidates = names_below(parent, length).get(text[position : position + SHORTEST], ())
    here = [name for name in candidates if text.startswith(name.text, position)]
    meanings = Counter(name.text for name in here)
    return [name for name in here if meanings[name.text] == 1]


def _next(text: str, position: int) -> int:
    between = _BETWEEN.match(text, position)
    return between.end() if between else position


def _said_again(text: str, found: Found) -> Found:
    """浙江省杭州市西湖区 浙江省杭州市西湖区文三路: swallow the repeat, keep the deeper of both."""
    repeats = [
        walk
        for walk in _walks_from(text, _next(text, found.end))
        if walk.code.startswith(found.code) or found.code.startswith(walk.code)
    ]
    if not repeats:
        return found
    repeat = max(repeats, key=lambda walk: walk.rank)
    deeper = repeat if len(repeat.code) > len(found.code) else found
    return replace(deeper, start=found.start, end=repeat.end)


def _with_only_city(found: Found) -> Found:
    """Whoever says 上海市 has said its city, too."""
    inside = regions.cities(found.code)
    return replace(found, code=inside[0].code) if len(inside) == 1 else found

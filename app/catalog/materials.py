"""What cloth a description names: out of free words in two languages, a short list to choose by."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from app.platform.i18n import LazyText, lazy_gettext

MATERIALS: Final[Mapping[str, tuple[LazyText, str]]] = {
    "cotton": (lazy_gettext("Cotton"), "cotton 棉"),
    "denim": (lazy_gettext("Denim"), "denim 丹宁 牛仔布"),
    "corduroy": (lazy_gettext("Corduroy"), "corduroy 灯芯绒"),
    "canvas": (lazy_gettext("Canvas"), "canvas 帆布"),
    "linen": (lazy_gettext("Linen"), "linen 亚麻"),
    "ramie": (lazy_gettext("Ramie and hemp"), "ramie hemp 苎麻 大麻"),
    "wool": (lazy_gettext("Wool"), "wool lambswool merino 羊毛 羊羔毛 美利奴"),
    "tweed": (lazy_gettext("Tweed"), "tweed 粗花呢"),
    "cashmere": (lazy_gettext("Cashmere"), "cashmere 羊绒 山羊绒"),
    "mohair": (lazy_gettext("Mohair"), "mohair alpaca 马海毛 羊驼毛"),
    "silk": (lazy_gettext("Silk"), "silk 真丝 蚕丝 桑蚕丝"),
    "velvet": (lazy_gettext("Velvet"), "velvet velveteen 丝绒 天鹅绒"),
    "leather": (lazy_gettext("Leather"), "leather 皮 皮革"),
    "suede": (lazy_gettext("Suede"), "suede nubuck 麂皮 绒面皮"),
    "straw": (lazy_gettext("Straw"), "straw raffia 草 拉菲草"),
    "viscose": (lazy_gettext("Viscose"), "viscose rayon cupro modal 粘胶 人造丝 铜氨 莫代尔"),
    "acetate": (lazy_gettext("Acetate"), "acetate 醋酸"),
    "nylon": (lazy_gettext("Nylon"), "nylon polyamide 尼龙 锦纶"),
    "polyester": (lazy_gettext("Polyester"), "polyester 涤纶 聚酯 涤棉"),
    "acrylic": (lazy_gettext("Acrylic"), "acrylic 腈纶"),
}
"""By key: its name, and the words that mean it."""

_MEANS: Final = sorted(
    ((word, key) for key, (_name, words) in MATERIALS.items() for word in words.split()),
    key=lambda pair: -len(pair[0]),
)


def materials_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The keys of what is named, in the order of the list. Long words win: 麂皮 is no 皮."""
    rest = " ".join(texts).lower()
    found = set()
    for word, key in _MEANS:
        pattern = rf"\b{word}\b" if word.isascii() else word
        rest, times = re.subn(pattern, " ", rest)
        if times:
            found.add(key)
    return tuple(key for key in MATERIALS if key in found)

"""The words of this trade that mean one thing in many spellings: parts, decades, filler."""

from __future__ import annotations

from typing import Final

# Keyed as the catalogue names what it measures.
PARTS: Final[dict[str, tuple[str, ...]]] = {
    "chest": ("chest", "bust", "胸围", "胸"),
    "waist": ("waist", "腰围", "腰"),
    "hip": ("hips", "hip", "臀围", "臀"),
    "shoulder": ("shoulders", "shoulder", "肩宽", "肩"),
    "sleeve": ("sleeves", "sleeve", "袖长", "袖"),
    "length": ("body length", "length", "衣长", "裙长", "裤长", "全长", "长"),
    "hem": ("hem", "下摆"),
    "rise": ("front rise", "rise", "前裆", "前档"),
    "inseam": ("inside leg", "inseam", "内长"),
    "cuff": ("leg opening", "cuffs", "cuff", "裤脚", "脚口"),
    "thigh": ("thigh", "大腿围", "大腿"),
    "insole": ("insole", "鞋内长"),
    "outsole": ("outsole", "外底"),
    "height": ("height", "高"),
    "width": ("width", "宽"),
    "strap": ("strap drop", "strap", "肩带"),
}
PART_OF: Final[dict[str, str]] = {word: part for part, words in PARTS.items() for word in words}

DECADE_WORDS: Final[dict[str, str]] = {
    "twenties": "1920s",
    "thirties": "1930s",
    "forties": "1940s",
    "fifties": "1950s",
    "sixties": "1960s",
    "seventies": "1970s",
    "eighties": "1980s",
    "nineties": "1990s",
    "noughties": "2000s",
}
DECADE_DIGITS: Final[dict[str, str]] = dict(zip("二三四五六七八九", "23456789", strict=True))

# Keyed as the catalogue keeps them; a merchant's own word for a colour is taken as it is.
COLOURS: Final[dict[str, str]] = {
    "white": "white 白色",
    "beige": "beige cream 米色 米白",
    "brown": "brown 棕色 褐色 咖啡色",
    "red": "red 红色",
    "pink": "pink 粉色 粉红",
    "yellow": "yellow 黄色",
    "green": "green 绿色",
    "blue": "blue 蓝色",
    "purple": "purple 紫色",
    "grey": "grey gray 灰色",
    "black": "black 黑色",
}
# What kind of thing it is, where its title may only say plimsolls or 茶歇裙.
GARMENTS: Final[dict[str, str]] = {
    "trousers": "trousers pants 裤子",
    "dress": "dress 连衣裙 裙子",
    "skirt": "skirt 半身裙 裙子",
    "shoes": "shoes 鞋子",
    "bag": "bag 包包",
}
# What is made in a country is also called by these words.
PEOPLES: Final[dict[str, str]] = {
    "AT": "Austrian",
    "AU": "Australian",
    "BE": "Belgian",
    "CA": "Canadian",
    "CH": "Swiss",
    "CN": "Chinese",
    "CZ": "Czech",
    "DE": "German",
    "DK": "Danish",
    "ES": "Spanish",
    "FI": "Finnish",
    "FR": "French",
    "GB": "British English UK",
    "HU": "Hungarian",
    "IE": "Irish",
    "IN": "Indian",
    "IT": "Italian",
    "JP": "Japanese",
    "KR": "Korean",
    "MX": "Mexican",
    "NL": "Dutch",
    "NO": "Norwegian",
    "NZ": "New Zealand",
    "PL": "Polish",
    "PT": "Portuguese",
    "RU": "Russian",
    "SE": "Swedish",
    "TR": "Turkish",
    "US": "American USA",
    "VN": "Vietnamese",
}

FILLER: Final[frozenset[str]] = frozenset(
    ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with")
) | frozenset("的了和与")

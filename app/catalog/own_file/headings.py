"""How people head the columns of a table that they keep themselves, in English and in Chinese.

Only names that can mean one thing: what is not sure of its unit or its values is read over, and the
merchant sees so before anything is taken in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from app.catalog.own_file import columns as c

_NAMES: Mapping[str, str] = {
    c.SKU: "sku sku_code item_code item_number product_code 货号 款号 商品货号 商品编码 商家编码",
    c.TITLE: "title name product product_name product_title item item_name"
    " 标题 名称 品名 商品 商品名 商品名称 商品标题 产品名称",
    c.STORY: "story description product_description 故事 描述 商品描述 介绍 商品介绍 详情",
    c.BRAND: "brand maker vendor 品牌",
    c.MATERIAL: "material fabric 材质 面料 材料",
    c.COLOUR: "colour color 颜色 色彩",
    c.GRADE: "grade 成色 成色等级 等级",
    c.ERA: "era decade 年代",
    c.YEAR: "year 年份",
    c.PRICE: "price selling_price 价格 售价 单价 销售价 现价",
    c.COMPARE_AT: "price_before compare_at compare_at_price compare-at_price list_price"
    " original_price 原价 划线价 吊牌价 市场价",
    c.HERE: "stock quantity qty in_stock on_hand inventory units 库存 数量 库存数量 件数",
    c.IMAGE: "image photo picture image_url photo_url picture_url image_address"
    " 图片 照片 主图 图片地址 图片链接 照片地址",
    c.WEIGHT: "weight 重量 克重",
    "shoulder cm": "shoulder 肩宽",
    "chest cm": "chest bust 胸围",
    "length cm": "length 衣长 长度",
    "sleeve cm": "sleeve 袖长",
    "hem cm": "hem 下摆",
    "waist cm": "waist 腰围",
    "hip cm": "hip hips 臀围",
    "rise cm": "rise 前裆",
    "inseam cm": "inseam 内长",
    "cuff cm": "cuff 裤脚",
    "thigh cm": "thigh 大腿 大腿围",
    "insole cm": "insole 鞋内长",
    "outsole cm": "outsole 外底",
    "width cm": "width 宽 宽度",
    "height cm": "height 高 高度",
    "strap cm": "strap 肩带",
}
_COLUMNS = {
    name.replace("_", " "): column for column, names in _NAMES.items() for name in names.split()
}
_PRICES = frozenset((c.PRICE, c.COMPARE_AT))
_CENTIMETRES = frozenset(("cm", "厘米", "公分"))
_GRAMS = frozenset(("g", "gram", "grams", "克"))
_NO_UNIT = frozenset(("",))
_YUAN = frozenset(("元", "人民币", "rmb"))
_CURRENCY = re.compile(r"[a-z]{3}")
_HEADING = re.compile(r"(?P<name>[^(\[]*?)\s*(?:[(\[]\s*(?P<unit>[^)\]]*?)\s*[)\]])?[\s*:]*")
_LONGEST = 200
"""What is longer is no heading: the first line of a table that is separated in another way."""
_UNIT_BEHIND = re.compile(r"(?P<name>.+) (?P<unit>cm|g|grams)")


def column_of(heading: str) -> str | None:
    """Which of our columns a heading means; None when that is not sure."""
    name, unit = _parts(heading)
    column = _COLUMNS.get(name)
    if column in _PRICES:
        return column if not unit or currency_of(heading) else None
    return column if column and unit in _units_of(column, name) else None


def currency_of(heading: str) -> str:
    """The currency that stands behind the name of a price: CNY for “价格（元）”; empty without."""
    name, unit = _parts(heading)
    if _COLUMNS.get(name) not in _PRICES:
        return ""
    if unit in _YUAN:
        return "CNY"
    return unit.upper() if _CURRENCY.fullmatch(unit) else ""


def _parts(heading: str) -> tuple[str, str]:
    """Name and unit, in lower case and plain characters."""
    if len(heading) > _LONGEST:
        return heading, ""
    plain = unicodedata.normalize("NFKC", heading).replace("_", " ")
    plain = " ".join(plain.lower().split())
    match = _UNIT_BEHIND.fullmatch(plain) or _HEADING.fullmatch(plain)
    return (match["name"], match["unit"] or "") if match else (plain, "")


def _units_of(column: str, name: str) -> frozenset[str]:
    """Chinese tables give centimetres without saying so; an English number may as well be
    inches.
    """
    if column == c.WEIGHT:
        return _GRAMS
    if column not in c.MEASURES.values():
        return _NO_UNIT
    return _CENTIMETRES if name.isascii() else _CENTIMETRES | _NO_UNIT

"""The columns of WooCommerce's product CSV as its exporter names them in English.

Source: woocommerce.com, “Product CSV Importer and Exporter”, with its schema of columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from app.catalog.importing.rows import Vocabulary
from app.platform.i18n import LazyText
from app.platform.i18n import lazy_gettext as _


class Woo(StrEnum):
    ID = "ID"
    TYPE = "Type"
    SKU = "SKU"
    NAME = "Name"
    PUBLISHED = "Published"
    VISIBILITY = "Visibility in catalog"
    SHORT = "Short description"
    DESCRIPTION = "Description"
    SALE_STARTS = "Date sale price starts"
    SALE_ENDS = "Date sale price ends"
    IN_STOCK = "In stock?"
    STOCK = "Stock"
    BACKORDERS = "Backorders allowed?"
    SALE_PRICE = "Sale price"
    REGULAR_PRICE = "Regular price"
    CATEGORIES = "Categories"
    TAGS = "Tags"
    BRANDS = "Brands"
    IMAGES = "Images"
    PARENT = "Parent"


GRAMS: Mapping[str, str] = {"g": "1", "kg": "1000", "lbs": "453.59237", "oz": "28.349523125"}
"""What a unit of weight is in grams."""

WEIGHT = "Weight ({unit})"
_WEIGHT = re.compile(rf"weight \(({'|'.join(GRAMS)})\)")
_ATTRIBUTE = re.compile(r"attribute (\d{1,2}) (name|value\(s\))")
_NAMES = {column.value.lower(): column.value for column in Woo}
_MEANINGS: Mapping[str, LazyText] = {
    Woo.ID: _("what ties rows and repeated imports to one product"),
    Woo.TYPE: _("which rows are variants"),
    Woo.PARENT: _("which product a variant belongs to"),
    Woo.SKU: _("SKU"),
    Woo.NAME: _("title"),
    Woo.PUBLISHED: _("whether it is on sale"),
    Woo.VISIBILITY: _("whether it is on sale"),
    Woo.SHORT: _("story"),
    Woo.DESCRIPTION: _("story"),
    Woo.SALE_STARTS: _("whether the sale price is the price now"),
    Woo.SALE_ENDS: _("whether the sale price is the price now"),
    Woo.IN_STOCK: _("stock"),
    Woo.STOCK: _("stock"),
    Woo.SALE_PRICE: _("price"),
    Woo.REGULAR_PRICE: _("price, or the price before a sale, shown once it was asked here"),
    Woo.CATEGORIES: _("kind of garment"),
    Woo.TAGS: _("selling points that are known here"),
    Woo.BRANDS: _("brand"),
    Woo.IMAGES: _("photographs"),
}
_OPTION, _VALUE, _HEAVY = _("option"), _("option of the variant"), _("weight")


def attribute_name(number: int) -> str:
    return f"Attribute {number} name"


def attribute_values(number: int) -> str:
    return f"Attribute {number} value(s)"


def _column_of(name: str) -> str | None:
    weight, attribute = _WEIGHT.fullmatch(name), _ATTRIBUTE.fullmatch(name)
    if weight:
        return WEIGHT.format(unit=weight[1])
    if attribute:
        return f"Attribute {int(attribute[1])} {attribute[2]}"
    return _NAMES.get(name)


def _meaning_of(column: str) -> LazyText | str:
    if column.startswith("Attribute"):
        return _OPTION if column.endswith("name") else _VALUE
    return _HEAVY if column.startswith("Weight") else _MEANINGS.get(column, "")


WOOCOMMERCE = Vocabulary(
    "WooCommerce", _column_of, _meaning_of, (Woo.TYPE, Woo.NAME, Woo.REGULAR_PRICE)
)

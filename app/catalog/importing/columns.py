"""The columns of Shopify's product CSV, under the names of its export and of its newer template.

Source: help.shopify.com, “Using CSV files to import and export products”. Columns of other families
(metafields, Google Shopping, prices per market, unit prices) are read over.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from app.catalog.importing.rows import Vocabulary
from app.platform.i18n import LazyText
from app.platform.i18n import lazy_gettext as _


class Column(StrEnum):
    HANDLE = "Handle"
    TITLE = "Title"
    BODY = "Body (HTML)"
    VENDOR = "Vendor"
    CATEGORY = "Product Category"
    TYPE = "Type"
    TAGS = "Tags"
    PUBLISHED = "Published"
    OPTION1_NAME = "Option1 Name"
    OPTION1_VALUE = "Option1 Value"
    OPTION2_NAME = "Option2 Name"
    OPTION2_VALUE = "Option2 Value"
    OPTION3_NAME = "Option3 Name"
    OPTION3_VALUE = "Option3 Value"
    SKU = "Variant SKU"
    GRAMS = "Variant Grams"
    TRACKER = "Variant Inventory Tracker"
    QUANTITY = "Variant Inventory Qty"
    POLICY = "Variant Inventory Policy"
    PRICE = "Variant Price"
    COMPARE_AT = "Variant Compare At Price"
    SHIPPING = "Variant Requires Shipping"
    TAXABLE = "Variant Taxable"
    BARCODE = "Variant Barcode"
    IMAGE = "Image Src"
    IMAGE_POSITION = "Image Position"
    IMAGE_ALT = "Image Alt Text"
    GIFT_CARD = "Gift Card"
    SEO_TITLE = "SEO Title"
    SEO_DESCRIPTION = "SEO Description"
    VARIANT_IMAGE = "Variant Image"
    COST = "Cost per item"
    STATUS = "Status"


NEWER_NAMES = {
    "url handle": Column.HANDLE,
    "description": Column.BODY,
    "published on online store": Column.PUBLISHED,
    "sku": Column.SKU,
    "weight value (grams)": Column.GRAMS,
    "inventory tracker": Column.TRACKER,
    "inventory quantity": Column.QUANTITY,
    "continue selling when out of stock": Column.POLICY,
    "price": Column.PRICE,
    "compare-at price": Column.COMPARE_AT,
    "requires shipping": Column.SHIPPING,
    "charge tax": Column.TAXABLE,
    "barcode": Column.BARCODE,
    "product image url": Column.IMAGE,
    "variant image url": Column.VARIANT_IMAGE,
    "standardized product type": Column.CATEGORY,
    "custom product type": Column.TYPE,
}
NAMES = {**{column.value.lower(): column for column in Column}, **NEWER_NAMES}
OPTION_NAMES = (Column.OPTION1_NAME, Column.OPTION2_NAME, Column.OPTION3_NAME)
OPTION_VALUES = (Column.OPTION1_VALUE, Column.OPTION2_VALUE, Column.OPTION3_VALUE)
REQUIRED = (Column.HANDLE, Column.TITLE, Column.PRICE)

_OPTION, _VALUE = _("option"), _("option of the variant")
MEANINGS: Mapping[str, LazyText] = {
    Column.HANDLE: _("what ties rows and repeated imports to one product"),
    Column.TITLE: _("title"),
    Column.BODY: _("story"),
    Column.VENDOR: _("brand"),
    Column.CATEGORY: _("kind of garment"),
    Column.TYPE: _("kind of garment"),
    Column.TAGS: _("selling points that are known here"),
    Column.PUBLISHED: _("whether it is on sale"),
    Column.STATUS: _("whether it is on sale"),
    **dict.fromkeys(OPTION_NAMES, _OPTION),
    **dict.fromkeys(OPTION_VALUES, _VALUE),
    Column.SKU: _("SKU"),
    Column.GRAMS: _("weight"),
    Column.TRACKER: _("whether the stock is counted"),
    Column.QUANTITY: _("stock"),
    Column.PRICE: _("price"),
    Column.COMPARE_AT: _("price before, shown once it was asked here"),
    Column.IMAGE: _("photographs"),
    Column.IMAGE_POSITION: _("order of the photographs"),
    Column.IMAGE_ALT: _("what a photograph shows"),
    Column.VARIANT_IMAGE: _("photographs"),
    Column.GIFT_CARD: _("gift cards are left out"),
}
"""What becomes of a column here; the others are only checked."""

SHOPIFY = Vocabulary("Shopify", NAMES.get, lambda column: MEANINGS.get(column, ""), REQUIRED)

"""What a product file says, in our words; independent of the system that wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.platform.errors import DomainError
from app.platform.i18n import lazy_gettext as _
from app.platform.money import Money


class ImportedStatus(StrEnum):
    ACTIVE = "active"
    DRAFT = "draft"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class ImageSource:
    """A picture by its address, or by its path below the file's own folder."""

    text: str
    is_local: bool


@dataclass(frozen=True, slots=True)
class ImportedImage:
    source: ImageSource
    position: int
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ImportedVariant:
    """One thing that can be bought; `options` are its values in the order of the product's.

    `quantity` is None when stock is not counted or not in the file. `sku_is_derived` marks a SKU
    made from handle and options because the file gave none.
    """

    row: int
    sku: str
    sku_is_derived: bool
    options: tuple[str, ...]
    price: Money
    compare_at: Money | None = None
    cost: Money | None = None
    quantity: int | None = None
    may_oversell: bool = False
    weight_grams: int | None = None
    barcode: str = ""
    needs_shipping: bool = True
    is_taxable: bool = True
    image: ImageSource | None = None


@dataclass(frozen=True, slots=True)
class ImportedProduct:
    """A product with at least one variant. `body_html` is clean; `row` is where it begins.

    `source` names the system in the product's key, `sku_column` the column where its SKUs stand.
    """

    row: int
    handle: str
    title: str
    body_html: str
    vendor: str
    category: str
    type: str
    tags: tuple[str, ...]
    status: ImportedStatus
    is_published: bool
    options: tuple[str, ...]
    variants: tuple[ImportedVariant, ...]
    images: tuple[ImportedImage, ...]
    is_gift_card: bool = False
    seo_title: str = ""
    seo_description: str = ""
    source: str = "shopify"
    sku_column: str = "Variant SKU"


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one cell; `row` counts records as a spreadsheet does, the header being 1.

    `is_left_out` is False when the value was mended and the row imported all the same.
    """

    row: int
    column: str
    message: str
    is_left_out: bool = True


class UnreadableFile(DomainError):
    """Not a product file at all; the one message says what it is instead and what to do."""

    code = "unreadable_file"
    status = 422
    default_message = _("This file cannot be read as a product export.")

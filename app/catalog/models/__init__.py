"""Tables of the catalogue, by noun."""

from app.catalog.models.exporting import EXPORT_MOVES, ExportKind, ExportRun, ExportState
from app.catalog.models.importing import (
    RUN_MOVES,
    ImportLine,
    ImportRun,
    LineKind,
    ProductImport,
    RunState,
)
from app.catalog.models.listing import IN_STOCK, ListedMaterial, ListedProduct, ListingStamp
from app.catalog.models.media import Media, MediaState, ProductImage
from app.catalog.models.price import PriceChange
from app.catalog.models.product import (
    Collection,
    CollectionProduct,
    Fault,
    GatheredProduct,
    Grade,
    Piece,
    Product,
    ProductKind,
    ProductState,
    ProductTag,
    Variant,
)
from app.catalog.models.stock import (
    STOCK_PART,
    Hold,
    HoldState,
    MovementReason,
    Stock,
    StockMovement,
)

__all__ = [
    "EXPORT_MOVES",
    "IN_STOCK",
    "RUN_MOVES",
    "STOCK_PART",
    "Collection",
    "CollectionProduct",
    "ExportKind",
    "ExportRun",
    "ExportState",
    "Fault",
    "GatheredProduct",
    "Grade",
    "Hold",
    "HoldState",
    "ImportLine",
    "ImportRun",
    "LineKind",
    "ListedMaterial",
    "ListedProduct",
    "ListingStamp",
    "Media",
    "MediaState",
    "MovementReason",
    "Piece",
    "PriceChange",
    "Product",
    "ProductImage",
    "ProductImport",
    "ProductKind",
    "ProductState",
    "ProductTag",
    "RunState",
    "Stock",
    "StockMovement",
    "Variant",
]

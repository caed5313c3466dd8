"""Files to import and pictures to find, for the tests of imports."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image
from sqlalchemy import select

from app.catalog.commands.importing import Import, Target
from app.catalog.commands.importing.beside import Folder
from app.catalog.commands.importing.pictures import Pictures
from app.catalog.gateways.pictures import PictureUnreachable, Unfetched
from app.catalog.models import Product, Variant
from app.platform.actor import SYSTEM, Actor
from app.platform.db import db
from app.shop.queries import locations

DATA = Path(__file__).parent.parent / "data"
SAMPLE = DATA / "shopify_export.csv"
FRONT, BACK = "https://pictures.example/front.jpg", "https://pictures.example/back.jpg"
JACKET = {
    "Handle": "jacket",
    "Title": "Denim jacket",
    "Body (HTML)": "<p>Indigo.</p><p>Washed.</p>",
    "Vendor": "Testmade",
    "Type": "Jacket",
    "Tags": "",
    "Option1 Name": "Title",
    "Option1 Value": "Default Title",
    "Variant SKU": "J-1",
    "Variant Grams": "900",
    "Variant Inventory Tracker": "shopify",
    "Variant Inventory Qty": "1",
    "Variant Price": "1280.00",
    "Variant Compare At Price": "",
    "Image Src": FRONT,
    "Image Position": "1",
    "Image Alt Text": "front",
    "Gift Card": "",
    "Status": "active",
}


def file_of(*rows: Mapping[str, str]) -> BytesIO:
    """A CSV of these rows as Shopify writes it."""
    names = list(dict.fromkeys([*JACKET, *(name for row in rows for name in row)]))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return BytesIO(text.getvalue().encode("utf-8-sig"))


def jacket(**changes: str) -> dict[str, str]:
    """The jacket's row; `Variant_SKU="J-2"` changes a cell."""
    return {**JACKET, **{name.replace("_", " "): value for name, value in changes.items()}}


def photograph(shade: int = 90, size: tuple[int, int] = (400, 500)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, (shade, 60, 40)).save(buffer, "JPEG")
    return buffer.getvalue()


@dataclass
class FakeWeb:
    """Addresses and what is behind them; remembers what it was asked for."""

    pictures: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def fetch(self, address: str) -> bytes:
        self.asked.append(address)
        if address not in self.pictures:
            raise PictureUnreachable(Unfetched.NOT_THERE)
        return self.pictures[address]


def web() -> FakeWeb:
    return FakeWeb({FRONT: photograph(90), BACK: photograph(120)})


def bring(
    merchant_id: int,
    now: datetime,
    found: FakeWeb | None = None,
    *,
    folder: Path | None = None,
    actor: Actor = SYSTEM,
) -> Import:
    """A way in to this merchant's first location."""
    place = next(each for each in locations(SYSTEM) if each.merchant_id == merchant_id)
    return Import(
        Target(merchant_id, place.id),
        Pictures(Folder(folder) if folder else None, found, now=now),
        actor,
        now,
    )


def product(handle: str = "jacket") -> Product:
    """The imported product as it stands now."""
    statement = select(Product).where(Product.source_key == f"shopify:{handle}")
    found: Product = db.session.scalars(statement.execution_options(populate_existing=True)).one()
    return found


def variants(handle: str = "jacket") -> dict[str, Variant]:
    """Those on sale, by SKU."""
    statement = select(Variant).where(
        Variant.product_id == product(handle).id, Variant.retired.is_(False)
    )
    rows = db.session.scalars(statement.execution_options(populate_existing=True))
    return {row.sku: row for row in rows}

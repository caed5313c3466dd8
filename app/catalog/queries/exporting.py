"""The files products go out in: their columns, and rows as they are read from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from app.catalog.exporting import shopify, woocommerce
from app.catalog.exporting.speech import Speech
from app.catalog.models import ExportKind, ExportRun
from app.catalog.own_file.columns import header
from app.catalog.own_file.files import csv_of, write_xlsx
from app.catalog.own_file.whole import WholeProduct
from app.catalog.own_file.writing import Cells, rows_of
from app.catalog.queries.pictures import MEDIA_PATH
from app.catalog.queries.whole import Place, count_of, whole_products
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.i18n import current_locale
from app.platform.rbac import found, visible
from app.shop.queries import locations

Told = Callable[[], object]
OTHERS: dict[ExportKind, tuple[Sequence[str], Callable[[WholeProduct, Speech], Iterator[Cells]]]]
OTHERS = {
    ExportKind.SHOPIFY: (shopify.HEADER, shopify.rows_of),
    ExportKind.WOOCOMMERCE: (woocommerce.HEADER, woocommerce.rows_of),
}


@dataclass(frozen=True, slots=True)
class Export:
    merchant_id: int
    places: Sequence[Place]
    actor: Actor
    currency: str

    @property
    def header(self) -> tuple[str, ...]:
        """Of the shop's own file."""
        return header(place.key for place in self.places)

    def products(self) -> int:
        """How many there are."""
        return count_of(self.merchant_id, self.actor)

    def rows(self, told: Told = lambda: None) -> Iterator[Cells]:
        """All rows of all products, in the order of their №; `told` hears of each product."""
        for product in self._whole(told):
            yield from rows_of(product, self.currency)

    def write(self, kind: ExportKind, target: BinaryIO, told: Told = lambda: None) -> None:
        """The whole file in bounded memory; another system's in the language that is spoken.

        Raises Invalid for a text that a workbook cannot hold.
        """
        if kind is ExportKind.XLSX:
            write_xlsx(target, self.header, self.rows(told))
        elif kind is ExportKind.CSV:
            target.writelines(csv_of(self.header, self.rows(told)))
        else:
            columns, rows = OTHERS[kind]
            media_url = settings().public_url.rstrip("/") + MEDIA_PATH.rstrip("/")
            speech = Speech(current_locale(), self.currency, media_url)
            of_all = (row for product in self._whole(told) for row in rows(product, speech))
            target.writelines(csv_of(columns, of_all))

    def photographs(self) -> Iterator[tuple[str, Path]]:
        """(name in the file, original) of every photograph, each once."""
        seen: set[str] = set()
        for product in self._whole():
            for picture in product.pictures:
                if picture.name not in seen:
                    seen.add(picture.name)
                    yield picture.name, settings().media_dir / picture.name[:2] / picture.name

    def _whole(self, told: Told = lambda: None) -> Iterator[WholeProduct]:
        for product in whole_products(self.merchant_id, self.places, self.actor):
            yield product
            told()


def export_of(merchant_id: int, actor: Actor) -> Export:
    """Everything of one merchant that the actor may see."""
    own = (each for each in locations(actor) if each.merchant_id == merchant_id)
    places = [Place(each.id, each.key) for each in own]
    return Export(merchant_id, places, actor, settings().currency)


def export_run(run_id: int, actor: Actor) -> ExportRun:
    """Raises NotFound for those of others too."""
    statement = select(ExportRun).where(ExportRun.id == run_id, visible(actor, ExportRun))
    run: ExportRun | None = db.session.scalar(statement.execution_options(populate_existing=True))
    return found(run)


def own_exports(actor: Actor) -> Sequence[ExportRun]:
    """Those the actor asked for, newest first."""
    statement = select(ExportRun).where(visible(actor, ExportRun))
    return db.session.scalars(statement.order_by(ExportRun.id.desc())).all()

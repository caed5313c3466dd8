"""The shop's own product file: its columns, and its rows as they are read from the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.catalog.own_file.columns import header
from app.catalog.own_file.writing import Cells, rows_of
from app.catalog.queries.whole import Place, count_of, whole_products
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.shop.queries import locations


@dataclass(frozen=True, slots=True)
class Export:
    merchant_id: int
    places: Sequence[Place]
    actor: Actor
    currency: str

    @property
    def header(self) -> tuple[str, ...]:
        return header(place.key for place in self.places)

    def products(self) -> int:
        """How many there are."""
        return count_of(self.merchant_id, self.actor)

    def rows(self, told: Callable[[], object] = lambda: None) -> Iterator[Cells]:
        """All rows of all products, in the order of their №; `told` hears of each product."""
        for product in whole_products(self.merchant_id, self.places, self.actor):
            yield from rows_of(product, self.currency)
            told()

    def photographs(self) -> Iterator[tuple[str, Path]]:
        """(name in the file, original) of every photograph, each once."""
        seen: set[str] = set()
        for product in whole_products(self.merchant_id, self.places, self.actor):
            for picture in product.pictures:
                if picture.name not in seen:
                    seen.add(picture.name)
                    yield picture.name, settings().media_dir / picture.name[:2] / picture.name


def export_of(merchant_id: int, actor: Actor) -> Export:
    """Everything of one merchant that the actor may see."""
    own = (each for each in locations(actor) if each.merchant_id == merchant_id)
    places = [Place(each.id, each.key) for each in own]
    return Export(merchant_id, places, actor, settings().currency)

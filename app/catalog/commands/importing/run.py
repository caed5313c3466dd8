"""Go through a whole file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from typing import BinaryIO

from sqlalchemy.exc import IntegrityError

from app.catalog.commands.collections import may_arrange
from app.catalog.commands.importing import loading, planning
from app.catalog.commands.importing.foreign import Foreign
from app.catalog.commands.importing.formats import Circumstances, ProductFile, open_products
from app.catalog.commands.importing.incoming import Incoming, Target
from app.catalog.commands.importing.memory import Said, recalled
from app.catalog.commands.importing.own import Own
from app.catalog.commands.importing.pictures import LATER, Pictures
from app.catalog.commands.importing.plan import Found
from app.catalog.commands.importing.report import Outcome, Report, Result
from app.catalog.importing.records import ImportedProduct, RowError
from app.catalog.own_file.whole import HERE, WholeProduct
from app.catalog.queries.collections import ids_by_slug
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.errors import DomainError, Invalid
from app.shop.queries import locations

Told = Callable[[Outcome], None]
Batch = list[Incoming | RowError]
AT_ONCE = 100
"""Products of one transaction: enough that a statement for all of them pays, few enough that nobody
who buys meanwhile waits for long.
"""


@dataclass(frozen=True, slots=True)
class Import:
    """A file's way into one merchant's shop: who brings it, when, and where its pictures are.

    `at_once` products are written in one transaction. With `fetches_later` workers are told of
    pictures that are still to be fetched.
    """

    target: Target
    pictures: Pictures
    actor: Actor
    now: datetime
    at_once: int = AT_ONCE
    fetches_later: bool = False

    def look_into(self, stream: BinaryIO) -> Report:
        """What loading would do; writes nothing and fetches nothing. Raises UnreadableFile."""
        return self._reported(stream, self.looking)

    def load(self, stream: BinaryIO, *, told: Told = lambda _outcome: None) -> Report:
        """Load batch after batch; `told` hears of each product. Raises UnreadableFile."""
        return self._reported(stream, self.loading, told)

    def looking(self, file: ProductFile, *, after: int = 0) -> Iterator[list[Result]]:
        """What would become of each batch, beginning behind the first `after` results."""
        for batch in self._batches(file, after):
            yield list(_together(batch, self._foreseen(_products(batch))))

    def loading(self, file: ProductFile, *, after: int = 0) -> Iterator[list[Result]]:
        """What became of each batch, as soon as it is written."""
        for batch in self._batches(file, after):
            found = self._found(_products(batch))
            pictures = (each.pictures for each in found)
            yield list(_together(batch, zip(self._loaded(found), pictures, strict=True)))

    def _reported(
        self,
        stream: BinaryIO,
        going_through: Callable[[ProductFile], Iterator[list[Result]]],
        told: Told = lambda _outcome: None,
    ) -> Report:
        file = open_products(stream)
        with closing(file.table):
            report = Report(file.format.vocabulary.system, file.columns)
            for results in going_through(file):
                for outcome in report.add(results):
                    told(outcome)
        return report

    def _batches(self, file: ProductFile, after: int) -> Iterator[Batch]:
        """The file's products and what is wrong with rows, as many at a time as go together."""
        incoming = islice(self._incoming(file), after, None)
        while batch := list(islice(incoming, self.at_once)):
            yield batch

    def _incoming(self, file: ProductFile) -> Iterator[Incoming | RowError]:
        known = _Surroundings(self.target, self.actor)
        is_whole = True
        for found in file.read(Circumstances(settings().currency, self.now)):
            if isinstance(found, RowError):
                is_whole = is_whole and not found.is_left_out
                yield found
            else:
                yield known.of(found, is_whole=is_whole)
                is_whole = True

    def _foreseen(self, products: list[Incoming]) -> Iterator[tuple[Outcome, tuple[Said, ...]]]:
        self.pictures.recognise(said for each in products for said in each.pictures)
        heres = planning.standings(products, self.target, self.actor)
        for incoming, here in zip(products, heres, strict=True):
            pictures = self.pictures.foreseen(incoming.pictures, here.memory)
            yield planning.foresee(incoming, pictures, here), pictures
        db.session.rollback()

    def _found(self, products: list[Incoming]) -> list[Found]:
        """Each with the pictures that could be had; nothing is open while they are fetched."""
        self.pictures.recognise(said for each in products for said in each.pictures)
        heres = planning.standings(products, self.target, self.actor)
        memories = [here.memory for here in heres]
        db.session.rollback()
        return [
            Found(incoming, self.pictures.of(incoming.pictures, memory))
            for incoming, memory in zip(products, memories, strict=True)
        ]

    def _loaded(self, found: list[Found]) -> Iterator[Outcome]:
        """One outcome for each, in as few transactions as can be."""
        while found:
            outcomes = self._load(found)
            yield from outcomes
            found = found[len(outcomes) :]

    def _load(self, found: list[Found]) -> list[Outcome]:
        """What was made of those from the front; halves are tried when one of them is refused."""
        try:
            return self._try(found)
        except (DomainError, IntegrityError) as error:
            db.session.rollback()
            if len(found) > 1:
                return self._load(found[: len(found) // 2])
            if not isinstance(error, DomainError):
                raise
            sentences = error.errors.values() if isinstance(error, Invalid) else ()
            message = " ".join(sentences) or error.message
            return [planning.refused(found[0].incoming, "", message)]

    def _try(self, found: list[Found]) -> list[Outcome]:
        write = partial(
            loading.load, found, self.target, fetches_later=self.fetches_later, actor=self.actor,
            now=self.now,
        )  # fmt: skip
        try:
            return write()
        except IntegrityError:
            # Somebody else created the same product or SKU at this moment; now it can be seen.
            return write()


class _Surroundings:
    """What a product of a file is read against, asked for once."""

    def __init__(self, target: Target, actor: Actor) -> None:
        self._target = target
        own = (each for each in locations(actor) if each.merchant_id == target.merchant_id)
        self._places = {place.key.lower(): place.id for place in own} | {HERE: target.location_id}
        self._may_arrange = may_arrange(actor)
        self._collections = frozenset(ids_by_slug())

    def of(self, found: ImportedProduct | WholeProduct, *, is_whole: bool) -> Incoming:
        if isinstance(found, ImportedProduct):
            return Foreign(found, self._target.location_id, is_whole)
        own = Own(found, self._places, self._collections, self._may_arrange)
        # What the first product needs is there for the next.
        self._collections |= frozenset(own.new_collections())
        return own


def fetch_missing(product_id: int, pictures: Pictures, *, now: datetime) -> None:
    """Try one product's missing pictures again and hang up those that come.

    When time is up before the last, the rest is told to be wanted again.
    """
    memory = recalled(product_id)
    db.session.rollback()
    if not memory.missing:
        return
    found = pictures.again(memory)
    loading.complete(product_id, found, now=now)
    if found != memory.pictures and any(said.reason == LATER for said in found):
        loading.want_pictures(product_id, now=now)


def _products(batch: Batch) -> list[Incoming]:
    return [each for each in batch if not isinstance(each, RowError)]


def _together(
    batch: Batch, of_products: Iterable[tuple[Outcome, tuple[Said, ...]]]
) -> Iterator[Result]:
    """The results of a batch in the order of the file."""
    results = iter(of_products)
    for each in batch:
        yield each if isinstance(each, RowError) else next(results)
    next(results, None)

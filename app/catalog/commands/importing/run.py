"""Go through a whole file."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.catalog.commands.collections import may_arrange
from app.catalog.commands.importing import loading, planning
from app.catalog.commands.importing.foreign import Foreign
from app.catalog.commands.importing.formats import Circumstances, open_products
from app.catalog.commands.importing.incoming import Incoming, Target
from app.catalog.commands.importing.memory import Said, recalled
from app.catalog.commands.importing.own import Own
from app.catalog.commands.importing.pictures import LATER, Pictures, reason_of
from app.catalog.commands.importing.plan import Found
from app.catalog.commands.importing.report import MissingPicture, Outcome, Report
from app.catalog.importing.records import ImportedProduct, RowError
from app.catalog.models import Collection
from app.catalog.own_file.whole import WholeProduct
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

    `at_once` products are written in one transaction.
    """

    target: Target
    pictures: Pictures
    actor: Actor
    now: datetime
    at_once: int = AT_ONCE

    def look_into(self, stream: BinaryIO, *, seconds: float | None = None) -> Report:
        """What loading would do; writes nothing and fetches nothing. Raises UnreadableFile.

        After `seconds` products are read but no longer compared; `to_do` says how many.
        """
        report = Report()
        patience = _Patience(seconds)
        for batch in self._batches(stream, report):
            if patience.is_over():
                report.to_do += len(_products(batch))
            else:
                _note(report, batch, self._foreseen(_products(batch)))
        return report

    def load(
        self,
        stream: BinaryIO,
        *,
        told: Told = lambda _outcome: None,
        seconds: float | None = None,
        after: int = 0,
    ) -> Report:
        """Load batch after batch; `told` hears of each product. Raises UnreadableFile.

        After `seconds` no other is begun; `to_do` says how many products are left for the next
        time, which passes over the `after` products that are done.
        """
        report = Report()
        patience = _Patience(seconds)
        for batch in self._batches(stream, report, after=after):
            if patience.is_over():
                report.to_do += len(_products(batch))
                continue
            found = self._found(_products(batch))
            outcomes = self._loaded(found)
            for outcome in _note(report, batch, zip(outcomes, found, strict=True)):
                told(outcome)
        return report

    def _batches(self, stream: BinaryIO, report: Report, *, after: int = 0) -> Iterator[Batch]:
        """The file's products and what is wrong with rows, as many at a time as go together."""
        incoming = self._incoming(stream, report, after=after)
        while batch := list(islice(incoming, self.at_once)):
            yield batch

    def _incoming(
        self, stream: BinaryIO, report: Report, *, after: int
    ) -> Iterator[Incoming | RowError]:
        file = open_products(stream)
        report.system, report.columns = file.format.vocabulary.system, file.columns
        known = _Surroundings(self.target, self.actor)
        is_whole = True
        with closing(file.table):
            for found in file.read(Circumstances(settings().currency, self.now)):
                if isinstance(found, RowError):
                    is_whole = is_whole and not found.is_left_out
                    yield found
                    continue
                after -= 1
                if after < 0:
                    yield known.of(found, is_whole=is_whole)
                is_whole = True

    def _foreseen(self, products: list[Incoming]) -> Iterator[tuple[Outcome, Found]]:
        self.pictures.recognise(said for each in products for said in each.pictures)
        heres = planning.standings(products, self.target, self.actor)
        for incoming, here in zip(products, heres, strict=True):
            pictures = self.pictures.foreseen(incoming.pictures, here.memory)
            yield planning.foresee(incoming, pictures, here), Found(incoming, pictures)
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
        try:
            return loading.load(found, self.target, actor=self.actor, now=self.now)
        except IntegrityError:
            # Somebody else created the same product or SKU at this moment; now it can be seen.
            return loading.load(found, self.target, actor=self.actor, now=self.now)


class _Surroundings:
    """What a product of a file is read against, asked for once."""

    def __init__(self, target: Target, actor: Actor) -> None:
        self._target = target
        own = (each for each in locations(actor) if each.merchant_id == target.merchant_id)
        self._places = {place.key.lower(): place.id for place in own}
        self._may_arrange = may_arrange(actor)
        self._collections = frozenset(db.session.scalars(select(Collection.slug)))

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


class _Patience:
    """Runs out after so many seconds, counted from when it is first asked: reading a long file to
    where work begins must not use it up.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = math.inf if seconds is None else seconds
        self._until: float | None = None

    def is_over(self) -> bool:
        now = time.monotonic()
        if self._until is None:
            self._until = now + self._seconds
        return now > self._until


def _products(batch: Batch) -> list[Incoming]:
    return [each for each in batch if not isinstance(each, RowError)]


def _note(report: Report, batch: Batch, results: Iterable[tuple[Outcome, Found]]) -> list[Outcome]:
    """Write a batch into the report in the order of the file."""
    of_products = iter(results)
    outcomes = []
    for each in batch:
        if isinstance(each, RowError):
            report.note(each)
            continue
        outcome, found = next(of_products)
        report.take(outcome)
        _tell_missing(report, each.row, found.pictures)
        outcomes.append(outcome)
    return outcomes


def _tell_missing(report: Report, row: int, pictures: tuple[Said, ...]) -> None:
    for said in pictures:
        if said.reason == LATER:
            report.waiting += 1
        elif said.media_id is None:
            report.miss(MissingPicture(row, said.source, reason_of(said)))

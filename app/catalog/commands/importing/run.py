"""Go through a whole file."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
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


@dataclass(frozen=True, slots=True)
class Import:
    """A file's way into one merchant's shop: who brings it, when, and where its pictures are."""

    target: Target
    pictures: Pictures
    actor: Actor
    now: datetime

    def look_into(self, stream: BinaryIO, *, seconds: float | None = None) -> Report:
        """What loading would do; writes nothing and fetches nothing. Raises UnreadableFile.

        After `seconds` products are read but no longer compared; `to_do` says how many.
        """
        report = Report()
        patience = _Patience(seconds)
        for incoming in self._incoming(stream, report):
            if patience.is_over():
                report.to_do += 1
                continue
            here = planning.standing(incoming, self.target, self.actor)
            found = self.pictures.foreseen(incoming.pictures, here.memory)
            report.take(planning.foresee(incoming, found, self.target, self.actor))
            _tell_missing(report, incoming, found)
            db.session.rollback()
        return report

    def load(
        self,
        stream: BinaryIO,
        *,
        told: Told = lambda _outcome: None,
        seconds: float | None = None,
        after: int = 0,
    ) -> Report:
        """Load product after product; `told` hears of each. Raises UnreadableFile.

        After `seconds` no other is begun; `to_do` says how many are left for the next time, which
        passes over the `after` products that are done.
        """
        report = Report()
        patience = _Patience(seconds)
        for place, incoming in enumerate(self._incoming(stream, report)):
            if place < after:
                continue
            if patience.is_over():
                report.to_do += 1
                continue
            here = planning.standing(incoming, self.target, self.actor)
            found = self.pictures.of(incoming.pictures, here.memory)
            to_fetch = sum(said.media_id is None and not said.is_local for said in found)
            outcome = replace(self._loaded(incoming, found), to_fetch=to_fetch)
            report.take(outcome)
            _tell_missing(report, incoming, found)
            told(outcome)
        return report

    def _incoming(self, stream: BinaryIO, report: Report) -> Iterator[Incoming]:
        """The file's products; what is wrong with rows goes into the report."""
        file = open_products(stream)
        report.system, report.columns = file.format.vocabulary.system, file.columns
        known = _Surroundings(self.target, self.actor)
        is_whole = True
        with closing(file.table):
            for found in file.read(Circumstances(settings().currency, self.now)):
                if isinstance(found, RowError):
                    report.note(found)
                    is_whole = is_whole and not found.is_left_out
                    continue
                yield known.of(found, is_whole=is_whole)
                is_whole = True

    def _loaded(self, incoming: Incoming, found: tuple[Said, ...]) -> Outcome:
        try:
            return self._load(incoming, found)
        except IntegrityError:
            # Somebody else created the same product or SKU at this moment; now it can be seen.
            return self._load(incoming, found)
        except DomainError as error:
            db.session.rollback()
            sentences = error.errors.values() if isinstance(error, Invalid) else ()
            return planning.refused(incoming, "", " ".join(sentences) or error.message)

    def _load(self, incoming: Incoming, found: tuple[Said, ...]) -> Outcome:
        return loading.load(incoming, found, self.target, actor=self.actor, now=self.now)


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


def _tell_missing(report: Report, incoming: Incoming, found: tuple[Said, ...]) -> None:
    for said in found:
        if said.reason == LATER:
            report.waiting += 1
        elif said.media_id is None:
            report.miss(MissingPicture(incoming.row, said.source, reason_of(said)))

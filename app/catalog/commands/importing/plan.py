"""What becomes of one product of a file while it is loaded beside others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.catalog.commands.importing import planning
from app.catalog.commands.importing.incoming import At, Incoming, Standing
from app.catalog.commands.importing.memory import NOTHING, Memory, Said
from app.catalog.commands.importing.report import Outcome
from app.catalog.models import Product, ProductState
from app.platform.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Found:
    """A product of a file, and its pictures as far as they could be had."""

    incoming: Incoming
    pictures: tuple[Said, ...]


class Plan:
    """Made of what the file says and what is here; filled in with what was done.

    `product` is the row once it is written, `too_low` where more is promised than the file has,
    `reached` the state it was brought to, `missing` the sentence that says why it was not.
    """

    def __init__(self, found: Found, here: Standing) -> None:
        self.incoming, self.pictures, self.here = found.incoming, found.pictures, here
        self.product: Product | None = here.product
        self.refused = planning.refusal(self.incoming, here)
        self.too_low: list[At] = []
        self.reached: ProductState | None = None
        self.missing = ""
        if self.refused is None:
            self.draft = self.incoming.draft(here, self.pictures)
            self.changed = planning.differences(self.incoming, here, self.draft)
            self.counts = self.incoming.counts(here)
            self.wanted_state = planning.next_state(self.incoming, here)
            self._notes = planning.notes_on(self.incoming, here, self.changed)
            self._was = here.product.state if here.product else None

    @property
    def is_new(self) -> bool:
        return self.here.product is None

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to write."""
        return self.refused is not None or (not self.changed and self._is_known())

    def marks(self) -> set[tuple[str, object]]:
        """What no other product loaded beside it may have."""
        marks: set[tuple[str, object]] = {("sku", sku.casefold()) for sku in self.incoming.rows}
        if self.incoming.key:
            marks.add(("key", self.incoming.key))
        if self.here.product is not None:
            marks.add(("id", self.here.product.id))
        return marks

    def written(self) -> Product:
        if self.product is None:
            raise AssertionError("asked for a product before it was written")
        return self.product

    def memory(self) -> Memory:
        """What is to be remembered of the file."""
        incoming, before = self.incoming, self.here.memory
        return Memory(
            pictures=self.pictures,
            stock=self._stock_said(),
            skus=tuple(incoming.rows),
            faults=incoming.fault_pictures,
            state=self.reached.value if self.reached else before.state,
            wanted=incoming.state.value if incoming.state else before.wanted,
            language=incoming.language,
        )

    def outcome(self) -> Outcome:
        if self.refused is not None:
            return self.refused
        to_fetch = sum(said.media_id is None and not said.is_local for said in self.pictures)
        if self.is_settled:
            told = planning.outcome(self.incoming, self.here, self.changed, self._notes)
            return replace(told, to_fetch=to_fetch)
        changed = set(self.changed)
        if self.counts.to_take:
            changed.add("stock")
        if self.reached and self.reached != self._was:
            changed.add("state")
        told = planning.outcome(self.incoming, self.here, changed, self._all_notes())
        return replace(told, product_id=self.written().id, to_fetch=to_fetch)

    def _is_known(self) -> bool:
        """Whether nothing of a product that does not differ is worth remembering either."""
        here = self.here
        if here.product is None or self.counts.said or self.counts.notes:
            return False
        if here.memory is NOTHING:
            is_kept = all(said.media_id is not None for said in self.pictures)
            return is_kept and self.incoming.state in {None, self._was}
        return here.memory.pictures == self.pictures and self.wanted_state is None

    def _stock_said(self) -> dict[str, dict[str, int]]:
        """What was said before with what was taken in now; what could not be is to be tried
        again.
        """
        said = {sku: dict(places) for sku, places in self.here.memory.stock.items()}
        for at, units in self.counts.said.items():
            if at not in self.too_low:
                said.setdefault(at.sku, {})[str(at.location_id)] = units
        return said

    def _all_notes(self) -> list[str]:
        notes = [*self._notes, *self._renumbered(), *self.counts.notes]
        notes += [
            _("%(sku)s: more units are promised to orders than the file has.", sku=at.sku)
            for at in self.too_low
        ]
        return [*notes, *([self.missing] if self.missing else [])]

    def _renumbered(self) -> Iterator[str]:
        wished, number = self.incoming.number, self.written().number
        if self.is_new and wished not in {None, number}:
            yield _("№ %(wished)s is taken; it became № %(number)s.", wished=wished, number=number)


def apart(plans: Iterable[Plan]) -> Iterator[Plan]:
    """Those from the front that have nothing in common; the others must see them written first."""
    taken: set[tuple[str, object]] = set()
    for plan in plans:
        own = plan.marks()
        if taken & own:
            return
        taken |= own
        yield plan

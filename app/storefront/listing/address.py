"""A list's address: every list has exactly one, whatever was typed or ticked in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import quote

from werkzeug.datastructures import MultiDict

from app.catalog.fitting import Body
from app.catalog.materials import MATERIALS
from app.catalog.queries.listing.asking import EVERYTHING, FACETS, SORTS, STOCK, Asked
from app.catalog.rules import GARMENT_NAMES, GRADES
from app.catalog.sizing import BANDS
from app.platform import numbers
from app.platform.configuration import settings
from app.platform.money import unit_of

MOST_VALUES: Final = 12
LONGEST_VALUE: Final = 80
RELEVANCE: Final = "best"
DEEP: Final = 2
"""More filters than these make a page that search engines need not keep."""
_KNOWN: Final[Mapping[str, Any]] = {
    "garment": GARMENT_NAMES,
    "grade": GRADES,
    "size": BANDS,
    "material": MATERIALS,
    "stock": STOCK,
}
"""Values of the facets that have a list of them; the others have what the goods have."""
FITS: Final = ("fits", "me")
OWN: Final = (*FACETS, "stock", "fits", "min", "max", "sort", "after")


@dataclass(frozen=True, slots=True)
class Address:
    """`fixed` is what a search was asked for (`q`, `in`); it stands before all else."""

    path: str
    asked: Asked = EVERYTHING
    fixed: tuple[tuple[str, str], ...] = ()
    sort: str = "new"
    usual_sort: str = "new"
    after: str = ""

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Names and values in the one order they always have."""
        found = [*self.fixed]
        for facet in (*FACETS, "stock"):
            found += [(facet, value) for value in self.asked.of(facet)]
        found += [FITS] if self.asked.body is not None else []
        for name, minor in (("min", self.asked.low), ("max", self.asked.high)):
            found += (
                [(name, str(minor // unit_of(settings().currency)))] if minor is not None else []
            )
        found += [("sort", self.sort)] if self.sort != self.usual_sort else []
        return found + ([("after", self.after)] if self.after else [])

    def __str__(self) -> str:
        query = "&".join(f"{name}={quote(value, safe='')}" for name, value in self.pairs)
        return f"{self.path}?{query}" if query else self.path

    @property
    def canonical(self) -> str:
        """Without what only orders or parts the same list."""
        return str(replace(self, sort=self.usual_sort, after=""))

    @property
    def is_deep(self) -> bool:
        """Nor what is somebody's own."""
        is_personal = self.asked.body is not None
        return (
            is_personal
            or self.asked.count > DEEP
            or self.sort != self.usual_sort
            or bool(self.after)
        )

    def asking(self, asked: Asked) -> Address:
        """The same list for something else, from its beginning."""
        return replace(self, asked=asked, after="")

    def with_value(self, facet: str, value: str) -> Address:
        """The list with one value more."""
        values = sorted({*self.asked.of(facet), value})
        return self.asking(self.asked.choosing(facet, tuple(values)))

    def without(self, facet: str, value: str = "") -> Address:
        """The list with one value less; `price` takes the whole range away, `fits` the body."""
        if facet == "price":
            return self.asking(replace(self.asked, low=None, high=None))
        if facet == "fits":
            return self.asking(replace(self.asked, body=None))
        left = tuple(one for one in self.asked.of(facet) if one != value)
        return self.asking(self.asked.choosing(facet, left))


def read(
    path: str, args: MultiDict[str, str], *, fixed: Sequence[tuple[str, str]] = (),
    usual_sort: str = "new", body: Callable[[], Body | None] = lambda: None,
) -> Address:  # fmt: skip
    """What an address asks for; what makes no sense is as if it were not there.

    `body` tells whose list it is; it is called only if it is asked what fits.
    """
    facets = {facet: _values(facet, args) for facet in (*FACETS, "stock")}
    low, high = _amount(args.get("min")), _amount(args.get("max"))
    if low is not None and high is not None and low > high:
        low, high = high, low
    sort = args.get("sort", usual_sort)
    wants_fit = args.get("fits") == FITS[1]
    return Address(
        path=path,
        asked=Asked(**facets, body=body() if wants_fit else None, low=low, high=high),
        fixed=tuple(fixed),
        sort=sort if sort in {*SORTS, usual_sort} else usual_sort,
        usual_sort=usual_sort,
        after=args.get("after", "")[:LONGEST_VALUE],
    )


def is_as_written(address: Address, args: MultiDict[str, str]) -> bool:
    """Whether the request's own words are those of the address; others are not looked at."""
    names = {*OWN, *(name for name, _value in address.fixed)}
    given = [(name, value) for name, value in args.items(multi=True) if name in names]
    return given == address.pairs


def _values(facet: str, args: MultiDict[str, str]) -> tuple[str, ...]:
    given = {" ".join(value.split())[:LONGEST_VALUE] for value in args.getlist(facet)} - {""}
    if facet in _KNOWN:
        given &= set(_KNOWN[facet])
    return tuple(sorted(given)[:MOST_VALUES])


def _amount(text: str | None) -> int | None:
    whole = numbers.whole((text or "").strip())
    return (
        None
        if whole is None or whole > numbers.BIGGEST_ID // 10**4
        else whole * unit_of(settings().currency)
    )

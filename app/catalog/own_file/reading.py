"""Read the shop's own file back: the rows that share a key make one product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.catalog.importing.cells import CellReader
from app.catalog.importing.files import Table
from app.catalog.importing.languages import language_of
from app.catalog.importing.records import RowError
from app.catalog.importing.rows import Row, read_rows
from app.catalog.own_file import columns as c
from app.catalog.own_file.cells import undefused
from app.catalog.own_file.facts import read_facts
from app.catalog.own_file.parts import SkuRows, read_parts
from app.catalog.own_file.vocabulary import OWN
from app.catalog.own_file.whole import WholeProduct
from app.platform.i18n import gettext as _

MAX_KEY = 255
MAX_ROWS_OF_A_PRODUCT = 2500
BY_SKU = "sku:"
"""How the key of a product begins that the file gives none."""


def read_products(table: Table, *, currency: str) -> Iterator[WholeProduct | RowError]:
    """Every product as soon as its last row was read, the problems of its rows before it.

    The file is read twice: once to see where each product ends. Raises UnreadableFile.
    """
    ends: dict[str, int] = {}
    keys = _Keys()
    for row in read_rows(table, OWN):
        ends[keys.of(row)] = row.number
    return _products(table, ends, currency)


class _Keys:
    """What each row belongs to; one without a key and a title of its own goes on with the last."""

    def __init__(self) -> None:
        self._last = ""

    def of(self, row: Row) -> str:
        key = " ".join(row.text(c.KEY).split())
        if not key and not self._continues(row):
            key = BY_SKU + row.text(c.SKU)
        self._last = key or self._last
        return self._last

    def _continues(self, row: Row) -> bool:
        if not self._last or not row.text(c.SKU):
            return bool(self._last)
        names = (c.TITLE, *c.spoken(c.TITLE))
        titles = [column for column in names if column in row.header.places]
        return bool(titles) and not any(row.text(column) for column in titles)


def _products(
    table: Table, ends: dict[str, int], currency: str
) -> Iterator[WholeProduct | RowError]:
    unfinished: dict[str, list[Row]] = {}
    keys, skus = _Keys(), SkuRows()
    for row in read_rows(table, OWN):
        key = keys.of(row)
        problem = _refused(row, key, len(unfinished.get(key, ())))
        if problem:
            yield problem
        else:
            unfinished.setdefault(key, []).append(_plain(row))
        if ends[key] == row.number and key in unfinished:
            readers = [CellReader(each, currency) for each in unfinished.pop(key)]
            yield from _product(key, readers, skus)


def _plain(row: Row) -> Row:
    """The row as the shop's own file would have it."""
    cells = {name: undefused(cell) for name, cell in row.cells.items()}
    spelled = dict(row.header.spelled)
    for name in (c.TITLE, c.STORY, c.MATERIAL):
        words = cells.pop(name, "")
        if words:
            column = f"{name}:{language_of(words)}"
            cells.setdefault(column, words)
            spelled.setdefault(column, spelled[name])
    return replace(row, cells=cells, header=replace(row.header, spelled=spelled))


def _refused(row: Row, key: str, rows_so_far: int) -> RowError | None:
    overflow = row.overflow()
    if overflow:
        return overflow
    if key == BY_SKU:
        return RowError(row.number, row.spelled(c.SKU), _("The SKU is missing."))
    if len(key) > MAX_KEY:
        message = _("Longer than %(most)s characters.", most=MAX_KEY)
        return RowError(row.number, row.spelled(c.KEY), message)
    if rows_so_far >= MAX_ROWS_OF_A_PRODUCT:
        message = _("A product has at most %(most)s rows.", most=MAX_ROWS_OF_A_PRODUCT)
        return RowError(row.number, row.spelled(c.KEY), message)
    return None


def _product(
    key: str, readers: list[CellReader], skus: SkuRows
) -> Iterator[WholeProduct | RowError]:
    facts = read_facts(readers)
    is_readable = all(reader.is_usable for reader in readers)
    parts = read_parts(readers, len(facts.draft.option_names), skus)
    for reader in readers:
        yield from reader.problems
    if not is_readable or (parts.is_any_left_out and not parts.variants):
        return
    draft = replace(facts.draft, variants=parts.variants, source_key=undefused(key))
    if draft.piece:
        draft = replace(draft, piece=replace(draft.piece, faults=parts.faults))
    yield WholeProduct(
        key="" if key.startswith(BY_SKU) and not readers[0].row.text(c.KEY) else undefused(key),
        draft=draft,
        kind=facts.kind,
        state=facts.state,
        number=facts.number,
        pictures=parts.pictures,
        stock=parts.stock,
        says=frozenset(readers[0].row.header.places).union(*(each.row.cells for each in readers)),
        row=readers[0].row.number,
        rows=parts.rows,
    )

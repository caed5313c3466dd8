"""Bringing a whole shop in and taking it along: rows a second, and the most memory held at once."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from app.catalog.commands.importing import Import, Target, Verb
from app.catalog.commands.importing.pictures import Pictures
from app.catalog.drafts import ProductDraft, VariantDraft
from app.catalog.own_file.columns import header
from app.catalog.own_file.files import csv_of, write_xlsx
from app.catalog.own_file.whole import Units, WholeProduct
from app.catalog.own_file.writing import rows_of
from app.catalog.queries.exporting import export_of
from app.platform import clock
from app.platform.actor import SYSTEM
from tests.bench.surroundings import peak_memory_mb, shop_on
from tests.bench.table import Figure
from tests.cast import house

PRODUCTS, VARIANTS = 25_000, 4
ROWS = PRODUCTS * VARIANTS
PLACE = "store-house"
MOST_MB = 400
STORY = "A coat that was worn on Sundays only, and kept in a drawer with lavender. " * 8


def measure() -> list[Figure]:
    """Each database in a process of its own: memory that was held once counts until the end."""
    found: list[Figure] = []
    for database in ("sqlite", "postgresql"):
        command = [sys.executable, "-m", "tests.bench.moving", database]
        answer = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        for line in answer.splitlines():
            what, value, unit = line.split("\t")
            is_memory = unit == "MB"
            bar = f"≤ {MOST_MB}" if is_memory else ""
            is_met = float(value) <= MOST_MB if is_memory else None
            found.append(Figure(f"moving, {database}", what, float(value), unit, bar, is_met))
    return found


def _measure(database: str) -> None:
    with shop_on(database) as app, TemporaryDirectory() as folder, app.app_context():
        table, book = Path(folder) / "shop.csv", Path(folder) / "shop.xlsx"
        owner = house(clock.now())
        cells = [cells for each in map(_product, range(1)) for cells in rows_of(each, "CNY")]
        assert len(cells) == VARIANTS
        with table.open("wb") as file:
            rows = (cells for n in range(PRODUCTS) for cells in rows_of(_product(n), "CNY"))
            file.writelines(csv_of(header([PLACE]), rows))
        target = Target(owner.merchant_id, owner.store_id)
        work = Import(target, Pictures(None, None, now=clock.now()), SYSTEM, clock.now())
        with table.open("rb") as stream:
            _timed(f"{ROWS:,} rows of CSV looked into", lambda: work.look_into(stream))
            report = _timed(f"{ROWS:,} rows of CSV loaded", lambda: work.load(stream))
            assert report.counts == {Verb.CREATE: PRODUCTS}, report.errors
        export = export_of(owner.merchant_id, SYSTEM)
        with book.open("wb") as file:
            _timed("exported as XLSX", lambda: write_xlsx(file, export.header, export.rows()))
        with book.open("rb") as stream:
            report = _timed("the XLSX loaded over itself", lambda: work.load(stream))
            assert report.counts == {Verb.UNCHANGED: PRODUCTS}, report.errors
        print(f"most memory\t{peak_memory_mb()}\tMB")


def _timed(what, do):
    began = time.perf_counter()
    answer = do()
    print(f"{what}\t{ROWS / (time.perf_counter() - began)}\trows/s", flush=True)
    return answer


def _product(number: int) -> WholeProduct:
    variants = tuple(
        VariantDraft(f"B-{number}-{n}", 12800 + number, None, 700, (f"{n}",))
        for n in range(VARIANTS)
    )
    draft = ProductDraft(
        title={"en": f"Coat {number}", "zh-Hans": f"大衣{number}"},
        story={"en": STORY, "zh-Hans": "只在星期天穿的大衣。" * 20},
        variants=variants,
        option_names=("Size",),
        brand="Testmade",
        garment="top",
    )
    stock = {each.sku: {PLACE: Units(3, 3)} for each in variants}
    return WholeProduct(
        key=f"bench:{number}", draft=draft, kind="stocked", state="draft", number=number + 1,
        stock=stock,
    )  # fmt: skip


if __name__ == "__main__":
    _measure(sys.argv[1])

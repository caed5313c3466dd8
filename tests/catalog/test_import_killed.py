"""A file of any kind whose import is killed in the middle of a commit ends as if it never was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.catalog.commands.importing import Verb
from app.catalog.models import Product, Stock, StockMovement, Variant
from app.catalog.own_file.cells import usual
from app.catalog.own_file.columns import header
from app.catalog.own_file.files import csv_of, write_xlsx
from app.catalog.own_file.writing import rows_of
from app.catalog.queries.drafts import drafts_of
from app.platform.audit.models import AuditRow
from app.platform.db import db
from tests import cast
from tests.bench import generated
from tests.catalog.goods import DATA, SAMPLE, bring, photograph

KINDS = ("csv", "xlsx", "shopify", "woocommerce")
KILLED = """
import os, sys
from dataclasses import replace
from pathlib import Path
from app.catalog.commands.importing import loading
from app.factory import create_app
from app.platform import clock
from tests.catalog.goods import bring

def die(_memories, *, now):
    os.kill(os.getpid(), 9)

def load(path, merchant_id):
    kept = []
    def remember(memories, *, now):
        loading.remember_all = die
        whole(memories, now=now)
    whole, loading.remember_all = loading.remember_all, remember
    with app.app_context(), path.open("rb") as stream:
        work = bring(merchant_id, clock.now(), folder=path.parent)
        replace(work, at_once=2).load(stream)

app = create_app()
for path, merchant_id in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
    child = os.fork()
    if not child:
        load(Path(path), int(merchant_id))
    print(os.waitpid(child, 0)[1])
"""


@pytest.fixture
def files(tmp_path):
    """One file of each kind, its photograph beside it."""
    (tmp_path / "front.jpg").write_bytes(photograph())
    for sample, kind in ((SAMPLE, "shopify"), (DATA / "woocommerce_export.csv", "woocommerce")):
        (tmp_path / kind).write_bytes(sample.read_bytes())
    columns = header(["store-house"])
    rows = [
        cells
        for product in generated.products(5, ["front.jpg"])
        for cells in rows_of(product, "CNY")
    ]
    (tmp_path / "csv").write_bytes(b"".join(csv_of(columns, rows)))
    with (tmp_path / "xlsx").open("wb") as target:
        write_xlsx(target, columns, rows)
    return tmp_path


def state_of(merchant_id):
    """All that is known of each of a merchant's products, by key; № are the whole shop's."""
    products = db.session.scalars(select(Product).where(Product.merchant_id == merchant_id)).all()
    drafts = drafts_of(products)
    return {
        product.source_key: (
            product.state,
            product.version,
            usual(drafts[product.id]),
            units(product.id),
            told(product.id),
        )
        for product in products
    }


def units(product_id):
    """By SKU what lies there, and what the ledger says."""
    statement = (
        select(Variant.sku, Stock.on_hand, func.sum(StockMovement.change))
        .join(Stock, Stock.variant_id == Variant.id)
        .outerjoin(StockMovement, StockMovement.stock_id == Stock.id)
        .where(Variant.product_id == product_id)
        .group_by(Variant.sku, Stock.on_hand)
    )
    return {sku: (on_hand, moved) for sku, on_hand, moved in db.session.execute(statement)}


def told(product_id):
    statement = select(AuditRow.verb).where(
        AuditRow.object_kind == "product", AuditRow.object_id == product_id
    )
    return list(db.session.scalars(statement.order_by(AuditRow.id)))


@pytest.mark.slow
def test_a_killed_import_is_finished_by_running_again(app, clock, environment, files):
    cast.house(clock.now)
    shops = {kind: cast.house(clock.now, kind, is_house=False).merchant_id for kind in KINDS}
    twins = {kind: cast.house(clock.now, f"{kind}-2", is_house=False).merchant_id for kind in KINDS}
    arguments = [word for kind in KINDS for word in (str(files / kind), str(shops[kind]))]
    db.session.rollback()

    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *arguments],
        env={**environment, "PYTHONPATH": str(Path(__file__).parents[2]), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert killed.stdout.split() == ["9"] * len(KINDS), killed.stderr[-2000:]
    for kind in KINDS:
        kept = len(state_of(shops[kind]))
        with (files / kind).open("rb") as stream:
            again = bring(shops[kind], clock.now, folder=files).load(stream)
            whole = bring(twins[kind], clock.now, folder=files).load(stream)
        assert 0 < again.counts[Verb.UNCHANGED] == kept < whole.counts[Verb.CREATE], kind
        assert again.errors == whole.errors, kind
        assert state_of(shops[kind]) == state_of(twins[kind]), kind

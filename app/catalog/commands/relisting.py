"""Keep what lists know of products as the products are, in the transaction that changes them.

Everything is worked out anew from the product's own rows, so that doing it twice changes nothing.
Listed rows are locked after everything else, in the order of their ids (docs/locking.md).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from secrets import token_hex
from typing import Any, Final

from sqlalchemy import ARRAY, Integer, Row, cast, delete, func, select

from app.catalog.commands.gathering import regather
from app.catalog.decades import decade_of
from app.catalog.materials import materials_in
from app.catalog.models import (
    IN_STOCK,
    ListedMaterial,
    ListedProduct,
    ListingStamp,
    Piece,
    Product,
    ProductState,
    Stock,
    StockMovement,
    Variant,
)
from app.catalog.sizing import size_of
from app.platform import clock
from app.platform.db import db, insert_or_update, insert_rows
from app.platform.locks import recalled, remember
from app.platform.transaction import command, gather

SHELVES = 16
AT_ONCE = 500
_UNLISTED: Final = 0x11573D
"""Which of the locks on words alone these are; any number, but always this one."""


def relist(product_id: int, now: datetime) -> None:
    """List the product as it will be when this transaction commits, or no longer."""
    gather(_write_of_product, (product_id, now))


def relist_stock(stock_id: int, now: datetime) -> None:
    """The same for the product whose units lie there."""
    gather(_write_of_stock, (stock_id, now))


def mend() -> int:
    """List what is live and not listed, take out what is listed and not live; returns how many."""
    is_listed = select(ListedProduct.product_id).where(ListedProduct.product_id == Product.id)
    is_live = Product.state == ProductState.LIVE
    missing = select(Product.id).where(is_live, ~is_listed.exists())
    left = (
        select(Product.id)
        .join(ListedProduct, ListedProduct.product_id == Product.id)
        .where(~is_live)
    )
    ids = [*db.session.scalars(missing), *db.session.scalars(left)]
    for start in range(0, len(ids), AT_ONCE):
        write_now(ids[start : start + AT_ONCE], now=clock.now())
    return len(ids)


@command
def write_now(product_ids: Sequence[int], *, now: datetime) -> None:
    """List these as they are at this moment."""
    _write_of_product([(product_id, now) for product_id in product_ids])


def _write_of_product(changed: list[tuple[int, datetime]]) -> None:
    """What a rule asks for may have changed though nothing that is listed has."""
    ids = sorted({product_id for product_id, _now in changed})
    _write(ids)
    regather(ids, now=changed[-1][1])
    _stamp(ids)


def _write_of_stock(moved: list[tuple[int, datetime]]) -> None:
    changed = _write_rows(sorted(products_of(stock_id for stock_id, _now in moved)))[0]
    if changed:
        regather(sorted(changed), now=moved[-1][1])
        _stamp(changed)


def products_of(stock_ids: Iterable[int]) -> set[int]:
    """The products whose units lie there: those of one stock row never change."""
    ids = set(stock_ids)
    known = {stock_id: recalled(_key(stock_id)) for stock_id in ids}
    unknown = [stock_id for stock_id in ids if known[stock_id] is None]
    if unknown:
        statement = select(Stock.id, Variant.product_id).join(Variant)
        for stock_id, product_id in db.session.execute(statement.where(Stock.id.in_(unknown))):
            know_product(stock_id, product_id)
            known[stock_id] = product_id
    return {product_id for product_id in known.values() if product_id is not None}


def know_product(stock_id: int, product_id: int) -> None:
    """Spare this transaction asking for it."""
    remember(_key(stock_id), product_id)


def _key(stock_id: int) -> tuple[str, int]:
    return ("product of stock", stock_id)


def _write(ids: Sequence[int]) -> set[int]:
    """Returns the products of which lists know something else now."""
    changed, after = _write_rows(ids)
    return changed | _write_materials(ids, after)


def _write_rows(ids: Sequence[int]) -> tuple[set[int], Mapping[int, object]]:
    """The products whose row is another now, and all rows as they are."""
    db.session.flush()
    before = _locked(ids)
    _lock_unlisted(ids, before.keys())
    after = _worked_out(ids)
    changed = {key for key in ids if before.get(key) != after.get(key)}
    gone = changed - after.keys()
    if gone:
        db.session.execute(delete(ListedProduct).where(ListedProduct.product_id.in_(gone)))
    insert_or_update(ListedProduct, [after[product_id] for product_id in sorted(changed - gone)])
    return changed, after


def _locked(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Whoever changes the same product at this moment waits here, and then sees what we wrote."""
    columns = ListedProduct.__table__.columns
    statement = select(*columns).where(ListedProduct.product_id.in_(ids))
    rows = db.session.execute(statement.order_by(ListedProduct.product_id).with_for_update())
    return {row.product_id: dict(zip(columns.keys(), row, strict=True)) for row in rows}


def _lock_unlisted(ids: Sequence[int], listed: Collection[int]) -> None:
    """Where there is no row yet to wait at, a lock on the shelf stands for it: who publishes a
    product and who counts its first unit at that moment would else not see each other.
    """
    shelves = sorted({product_id % SHELVES for product_id in ids if product_id not in listed})
    if not shelves or db.session.get_bind().dialect.name == "sqlite":
        return
    shelf = func.unnest(cast(shelves, ARRAY(Integer))).column_valued("shelf")
    db.session.execute(select(func.pg_advisory_xact_lock(_UNLISTED, shelf)))


def _worked_out(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    price = (
        select(func.min(Variant.price))
        .where(Variant.product_id == Product.id, Variant.retired.is_(False))
        .scalar_subquery()
    )
    units = (
        select(func.coalesce(func.sum(Stock.on_hand), 0))
        .join(Variant, Variant.id == Stock.variant_id)
        .where(Variant.product_id == Product.id, Variant.retired.is_(False))
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(
            Product.id, Product.garment, Product.brand, Product.colour, Piece.grade, Piece.era,
            Piece.year, Piece.measurements, price.label("price"), units.label("units"),
            func.coalesce(Product.first_live_at, Product.created_at).label("first_live_at"),
        )
        .outerjoin(Piece, Piece.product_id == Product.id)
        .where(Product.id.in_(ids), Product.state == ProductState.LIVE)
    ).all()  # fmt: skip
    sold = _last_sold([row.id for row in rows if not row.units])
    return {row.id: _listed(row, sold) for row in rows}


def _listed(row: Row[*tuple[Any, ...]], sold: Mapping[int, datetime]) -> dict[str, Any]:
    measured = row.measurements or {}
    return {
        "product_id": row.id,
        "first_live_at": row.first_live_at,
        "gone_at": IN_STOCK if row.units else sold.get(row.id, row.first_live_at),
        "price": int(row.price or 0),
        "garment": row.garment,
        "era": decade_of(row.era or "", row.year),
        "grade": row.grade or "",
        "size": size_of(row.garment, measured),
        "brand": row.brand.strip(),
        "colour": row.colour,
        **{part: int(measured.get(part) or 0) for part in ("chest", "waist", "hip", "insole")},
    }


def _last_sold(ids: Sequence[int]) -> dict[int, datetime]:
    if not ids:
        return {}
    rows = db.session.execute(
        select(Variant.product_id, func.max(StockMovement.moved_at))
        .join(Stock, Stock.variant_id == Variant.id)
        .join(StockMovement, StockMovement.stock_id == Stock.id)
        .where(Variant.product_id.in_(ids), StockMovement.change < 0)
        .group_by(Variant.product_id)
    )
    return dict(rows.all())


def _write_materials(ids: Sequence[int], listed: Mapping[int, object]) -> set[int]:
    """Returns the products whose materials are others now."""
    before: defaultdict[int, set[str]] = defaultdict(set)
    rows = db.session.execute(
        select(ListedMaterial.product_id, ListedMaterial.material).where(
            ListedMaterial.product_id.in_(ids)
        )
    )
    for product_id, material in rows:
        before[product_id].add(material)
    texts = db.session.execute(
        select(Product.id, Product.material).where(Product.id.in_(list(listed)))
    )
    after = {product_id: set(materials_in(words.values())) for product_id, words in texts}
    changed = {key for key in ids if before[key] != after.get(key, set())}
    if changed:
        db.session.execute(delete(ListedMaterial).where(ListedMaterial.product_id.in_(changed)))
        made = [
            {"product_id": key, "material": material}
            for key in sorted(changed)
            for material in sorted(after.get(key, ()))
        ]
        insert_rows(ListedMaterial, made)
    return changed


def restamp_all() -> None:
    """Anything may be in other lists than before."""
    _stamp(range(SHELVES))


def _stamp(product_ids: Iterable[int]) -> None:
    shelves = sorted({product_id % SHELVES for product_id in product_ids})
    rows = [{"shelf": shelf, "stamp": token_hex(8)} for shelf in shelves]
    insert_or_update(ListingStamp, rows)

"""Takes the demo shop away again: its orders, goods, pictures, people and stores, what was still to
be told of them, the callbacks about them, and nothing else.

The ledger and the movements are append-only; their triggers are lifted for this one transaction.
The audit log keeps what happened. What something of your own stands on stays, and is named.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import text

from app.demo.copy.shop import COLLECTIONS, MERCHANTS
from app.demo.loading import purged_facts as facts
from app.demo.loading import purged_presales as presales
from app.demo.loading import words
from app.demo.loading.goods import MARK
from app.demo.loading.people import TEAM
from app.demo.loading.promotions import CODES
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.transaction import transaction

GUARDED = ("ledger_entry", "price_change", "stock_movement", *presales.GUARDED)
_ORDERS = presales.ORDERS
_PRODUCTS = f"(SELECT id FROM product WHERE source_key LIKE '{MARK}%')"
_VARIANTS = f"(SELECT id FROM variant WHERE product_id IN {_PRODUCTS})"
_STOCK = f"(SELECT id FROM stock WHERE variant_id IN {_VARIANTS})"
_PAYMENTS = f"(SELECT id FROM payment WHERE subject IN {_ORDERS})"
_PARCELS = f"(SELECT id FROM parcel WHERE order_id IN {_ORDERS})"
_NUMBERS = f"(SELECT tracking_number FROM parcel WHERE order_id IN {_ORDERS})"
_REFERENCES = f"(SELECT 'order:' || id FROM \"order\" WHERE id IN {_ORDERS})"
_REVIEWS = f"(SELECT id FROM review WHERE order_id IN {_ORDERS})"
_MAILS = f"(SELECT id FROM message WHERE reference IN {_REFERENCES})"
_DECISIONS = f"(SELECT id FROM order_refund WHERE order_id IN {_ORDERS})"
_FACTS = {
    "order_id": _ORDERS,
    "refund_id": f"(SELECT id FROM refund WHERE payment_id IN {_PAYMENTS})",
    "review_id": _REVIEWS,
    "message_id": _MAILS,
    **presales.FACTS,
}
_FACTS_OF_GOODS = {"product_id": _PRODUCTS, "variant_id": _VARIANTS}
"""What facts name of all this, by key of their payload."""
_NAMED_IN_CALLBACKS = (
    f"SELECT reference FROM payment WHERE subject IN {_ORDERS}"
    f" UNION SELECT reference FROM refund WHERE payment_id IN {_PAYMENTS}"
    f" UNION SELECT tracking_number FROM parcel WHERE order_id IN {_ORDERS}"
)

_STATEMENTS = (
    f"DELETE FROM ledger_entry WHERE order_id IN {_ORDERS}",
    f"DELETE FROM order_refund_line WHERE order_refund_id IN {_DECISIONS}",
    f"DELETE FROM order_refund WHERE order_id IN {_ORDERS}",
    f"DELETE FROM payment_proof WHERE payment_id IN {_PAYMENTS}",
    f"DELETE FROM refund WHERE payment_id IN {_PAYMENTS}",
    f"DELETE FROM payment WHERE subject IN {_ORDERS}",
    f"DELETE FROM review_report WHERE review_id IN {_REVIEWS}",
    f"DELETE FROM review WHERE order_id IN {_ORDERS}",
    f"DELETE FROM review_invitation WHERE order_id IN {_ORDERS}",
    f"DELETE FROM parcel_line WHERE parcel_id IN {_PARCELS}",
    f"DELETE FROM parcel_event WHERE tracking_number IN {_NUMBERS}",
    f"DELETE FROM parcel WHERE order_id IN {_ORDERS}",
    f"UPDATE checkout SET order_id = NULL WHERE order_id IN {_ORDERS}",
    f"DELETE FROM order_event WHERE order_id IN {_ORDERS}",
    f"DELETE FROM order_due WHERE order_id IN {_ORDERS}",
    f"DELETE FROM order_delivery WHERE order_id IN {_ORDERS}",
    f"DELETE FROM order_line WHERE order_id IN {_ORDERS}",
    f"DELETE FROM message_attempt WHERE message_id IN {_MAILS}",
    f"DELETE FROM message WHERE id IN {_MAILS}",
    f'DELETE FROM "order" WHERE id IN {_ORDERS}',
)
_GOODS = (
    f"DELETE FROM bag_line WHERE variant_id IN {_VARIANTS}",
    f"DELETE FROM hold WHERE stock_id IN {_STOCK}",
    f"DELETE FROM stock_movement WHERE stock_id IN {_STOCK}",
    f"DELETE FROM stock WHERE variant_id IN {_VARIANTS}",
    f"DELETE FROM price_change WHERE variant_id IN {_VARIANTS}",
    f"DELETE FROM variant WHERE product_id IN {_PRODUCTS}",
    f"DELETE FROM fault WHERE product_id IN {_PRODUCTS}",
    f"DELETE FROM piece WHERE product_id IN {_PRODUCTS}",
    f"DELETE FROM product_tag WHERE product_id IN {_PRODUCTS}",
    f"DELETE FROM collection_product WHERE product_id IN {_PRODUCTS}",
    f"DELETE FROM product_image WHERE product_id IN {_PRODUCTS}",
    f"DELETE FROM former_address WHERE kind = 'product' AND target_id IN {_PRODUCTS}",
    f"DELETE FROM product WHERE source_key LIKE '{MARK}%'",
)


@dataclass
class Purged:
    """What went, and what stayed because something of your own stands on it."""

    orders: int = 0
    products: int = 0
    kept: list[str] = field(default_factory=list)


def purge() -> Purged:
    """Remove the demo shop; doing it twice removes nothing more.

    Goods that real orders were placed for stay with them.
    """
    done = Purged()
    with transaction():
        _guard(raised=False)
        if _count(f"campaign WHERE {presales.IS_JOINED}"):
            done.kept.append("the demo's presales that somebody real joined")
        done.orders = _count(f'"order" WHERE id IN {_ORDERS}')
        callbacks = facts.callbacks_about(_NAMED_IN_CALLBACKS)
        facts.forget_facts(_ids(_FACTS) | {"event_id": callbacks})
        _run(presales.STATEMENTS)
        _run(_STATEMENTS)
        facts.forget_callbacks(callbacks)
        sold = _count(f"order_line WHERE product_id IN {_PRODUCTS}")
        if sold:
            done.kept.append("the demo's goods, because real orders were placed for them")
        else:
            done.products = _count(f"product WHERE source_key LIKE '{MARK}%'")
            facts.forget_facts(_ids(_FACTS_OF_GOODS))
            _run(_GOODS)
        _remove_frame(done)
        pictures = _remove_pictures()
        _guard(raised=True)
    for path in pictures:
        path.unlink(missing_ok=True)
    return done


def _remove_frame(done: Purged) -> None:
    """Collections, people, stores and merchants of the demo that nothing stands on any more."""
    for collection in COLLECTIONS:
        db.session.execute(
            text(
                "DELETE FROM collection WHERE slug = :slug AND NOT EXISTS "
                "(SELECT 1 FROM collection_product WHERE collection_id = collection.id) "
                "AND NOT EXISTS "
                "(SELECT 1 FROM gathered_product WHERE collection_id = collection.id)"
            ),
            {"slug": collection.slug},
        )
    for _merchant, _role, email, _name in TEAM:
        db.session.execute(text(presales.DELETE_STAFF), {"email": email})
    _remove_promotions()
    words.purge()
    for merchant in MERCHANTS:
        if _is_used(merchant.key):
            done.kept.append(
                f"the merchant {merchant.key}, because something of yours belongs to it"
            )
            continue
        for statement in (
            "DELETE FROM location WHERE merchant_id IN (SELECT id FROM merchant WHERE key = :key)",
            "DELETE FROM merchant WHERE key = :key",
        ):
            db.session.execute(text(statement), {"key": merchant.key})


def _remove_promotions() -> None:
    """Those of the demo that no order of your own has."""
    codes = ", ".join(f"'{code}'" for code in CODES)
    unused = db.session.scalars(
        text(
            f"SELECT promotion_id FROM promotion_code WHERE code IN ({codes}) "
            "AND promotion_id NOT IN (SELECT promotion_id FROM promotion_use)"
        )
    ).all()
    _run([f"UPDATE bag SET code = '' WHERE code IN ({codes})"])
    for promotion_id in unused:
        _run([f"DELETE FROM promotion_code WHERE promotion_id = {promotion_id:d}"])
        _run([f"DELETE FROM promotion WHERE id = {promotion_id:d}"])


def _is_used(key: str) -> bool:
    own = "(SELECT id FROM merchant WHERE key = :key)"
    asked = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE merchant_id IN {own})"
        for table in ("product", "staff", "order_line", "promotion")
    )
    return bool(db.session.execute(text(f"SELECT {asked}"), {"key": key}).scalar())


def _remove_pictures() -> Sequence[Path]:
    """Rows of pictures that no product shows; returns their files."""
    rows = db.session.execute(
        text("SELECT id, sha256 FROM media WHERE id NOT IN (SELECT media_id FROM product_image)")
    ).all()
    facts.forget_facts({"media_id": [row.id for row in rows]})
    for row in rows:
        db.session.execute(text("DELETE FROM media WHERE id = :id"), {"id": row.id})
    folder = settings().media_dir
    return [path for row in rows for path in (folder / row.sha256[:2]).glob(f"{row.sha256}*")]


def _ids(selects: Mapping[str, str]) -> dict[str, Sequence[int]]:
    return {
        key: db.session.scalars(text(f"SELECT id FROM {ids} AS gone")).all()
        for key, ids in selects.items()
    }


def _run(statements: Sequence[str]) -> None:
    for statement in statements:
        db.session.execute(text(statement))


def _count(what: str) -> int:
    return int(db.session.execute(text(f"SELECT count(*) FROM {what}")).scalar() or 0)


def _guard(*, raised: bool) -> None:
    """Lift or set the triggers that refuse to delete; on SQLite they are dropped and made anew."""
    sqlite = db.session.get_bind().dialect.name == "sqlite"
    for table in GUARDED:
        if not sqlite:
            verb = "ENABLE" if raised else "DISABLE"
            db.session.execute(text(f"ALTER TABLE {table} {verb} TRIGGER {table}_append_only"))
        elif raised:
            db.session.execute(
                text(
                    f"CREATE TRIGGER {table}_refuses_delete BEFORE DELETE ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                )
            )
        else:
            db.session.execute(text(f"DROP TRIGGER {table}_refuses_delete"))

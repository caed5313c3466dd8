"""Tell somebody when something can be had: asked, confirmed, told once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, delete, func, or_, select, update

from app.customers.queries import email_of
from app.platform import clock
from app.platform.actor import Actor
from app.platform.configuration import settings
from app.platform.db import changed_rows, db, insert_if_new
from app.platform.due import each
from app.platform.facts import publish
from app.platform.quiet_hours import is_quiet
from app.platform.rbac import found
from app.platform.transaction import command
from app.wishes.errors import CanBeHad
from app.wishes.events import AlertAsked, AlertDue, SimilarArrived
from app.wishes.models import StockAlert
from app.wishes.queries.alerts import (
    Wanted,
    arrived,
    free_products,
    free_variants,
    waited_for,
    wanted,
)
from app.wishes.rules import (
    ALIKE_WITHIN,
    TOLD_FOR,
    UNCONFIRMED_A_DAY,
    UNCONFIRMED_FOR,
    UNTOLD_FOR,
)

_WAITING = (StockAlert.told_at.is_(None), StockAlert.confirmed_at.is_not(None))


@command
def ask(variant_id: int, email: str, locale: str, *, actor: Actor, now: datetime) -> None:
    """Note an address; the mail to it asks whether that was meant. Again asks again.

    An account's own address needs no asking, and one that is asked too often is left in peace
    without a word. Raises NotFound, and CanBeHad while nobody need wait.
    """
    thing = wanted(variant_id, now=now)
    if thing.is_free:
        raise CanBeHad
    customer_id = actor.id if actor.kind == "customer" else None
    is_own = customer_id is not None and email_of(customer_id) == email
    if not is_own and _is_pestered(email, now):
        return
    alert = _noted(thing, email, locale, now)
    alert.locale, alert.asked_at = locale, now
    alert.told_at = alert.found_id = None
    if is_own:
        alert.customer_id = customer_id
        alert.confirmed_at = alert.confirmed_at or now
    elif alert.confirmed_at is None:
        publish(AlertAsked(alert.id, now))


@command
def confirm(token: str, *, now: datetime) -> None:
    """It was meant; again changes nothing. Raises NotFound."""
    alert = found(
        db.session.scalar(select(StockAlert).where(StockAlert.token == token).with_for_update())
    )
    alert.confirmed_at = alert.confirmed_at or now


@command
def withdraw(token: str) -> None:
    """Forget the address at once; again changes nothing."""
    db.session.execute(delete(StockAlert).where(StockAlert.token == token))


def note_arrivals(product_ids: Sequence[int], *, now: datetime) -> None:
    """Within the command that shows them: have pieces compared later, if anybody waits for such."""
    for product_id in waited_for(product_ids):
        publish(SimilarArrived(product_id, now))


@command
def match(product_id: int, *, now: datetime, limit: int = 500) -> int:
    """Mark who waits for something like this piece; returns how many. The rest has its own turn."""
    piece = arrived(product_id)
    if piece is None or not piece.garment:
        return 0
    like = select(StockAlert.id).where(
        *_WAITING,
        StockAlert.garment == piece.garment,
        StockAlert.found_id.is_(None),
        StockAlert.product_id != product_id,
        or_(StockAlert.era == "", StockAlert.era == piece.era),
        or_(
            StockAlert.measured.is_(None),
            StockAlert.measured.between(
                (piece.measured or 0) - ALIKE_WITHIN, (piece.measured or 0) + ALIKE_WITHIN
            ),
        ),
    )
    ids = db.session.scalars(like.order_by(StockAlert.id).limit(limit)).all()
    marked = changed_rows(
        update(StockAlert)
        .where(StockAlert.id.in_(ids), StockAlert.found_id.is_(None), StockAlert.told_at.is_(None))
        .values(found_id=product_id)
    )
    if len(ids) == limit:
        publish(SimilarArrived(product_id, now))
    return marked


def tell_due(limit: int = 100) -> int:
    """Tell who waits for what can be had now; returns how many. Nobody is told anything at night:
    what is still true in the morning is told then.
    """
    now = clock.now()
    if is_quiet(now, settings().zone):
        return 0
    due = _back(limit, now) | _like(limit, now)
    db.session.rollback()
    return each(list(due), lambda alert_id: tell(alert_id, due[alert_id], now=now))


@command
def tell(alert_id: int, product_id: int, *, now: datetime) -> bool:
    """Tell one of them of a product; False when somebody was quicker."""
    untold = update(StockAlert).where(StockAlert.id == alert_id, StockAlert.told_at.is_(None))
    if not changed_rows(untold.values(told_at=now, found_id=product_id)):
        return False
    publish(AlertDue(alert_id, product_id, now))
    return True


def forget_old() -> int:
    """Forget addresses that are needed no more; returns how many."""
    return _forget_old(now=clock.now())


@command
def _forget_old(*, now: datetime) -> int:
    asked, confirmed = StockAlert.asked_at, StockAlert.confirmed_at
    over = or_(
        and_(confirmed.is_(None), asked <= now - UNCONFIRMED_FOR),
        StockAlert.told_at <= now - TOLD_FOR,
        asked <= now - UNTOLD_FOR,
    )
    return changed_rows(delete(StockAlert).where(over))


def _noted(thing: Wanted, email: str, locale: str, now: datetime) -> StockAlert:
    insert_if_new(
        StockAlert, variant_id=thing.variant_id, product_id=thing.product_id, email=email,
        locale=locale, token=secrets.token_urlsafe(24), garment=thing.garment, era=thing.era,
        measured=thing.measured, asked_at=now,
    )  # fmt: skip
    return db.session.scalars(
        select(StockAlert)
        .where(StockAlert.variant_id == thing.variant_id, StockAlert.email == email)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _is_pestered(email: str, now: datetime) -> bool:
    counted = select(func.count()).where(
        StockAlert.email == email,
        StockAlert.confirmed_at.is_(None),
        StockAlert.asked_at > now - timedelta(days=1),
    )
    return (db.session.scalar(counted) or 0) >= UNCONFIRMED_A_DAY


def _back(limit: int, now: datetime) -> dict[int, int]:
    """Whose own variant can be had: products by alert."""
    ids = free_variants(limit, now=now)
    statement = select(StockAlert.id, StockAlert.product_id).where(
        *_WAITING, StockAlert.variant_id.in_(ids)
    )
    rows = db.session.execute(statement.order_by(StockAlert.id).limit(limit)) if ids else ()
    return {row.id: row.product_id for row in rows}


def _like(limit: int, now: datetime) -> dict[int, int]:
    """For whom something like it can be had; what was sold meanwhile is waited for again."""
    rows = db.session.execute(
        select(StockAlert.id, StockAlert.found_id)
        .where(*_WAITING, StockAlert.found_id.is_not(None))
        .order_by(StockAlert.id)
        .limit(limit)
    ).all()
    free = free_products([row.found_id for row in rows], now=now) if rows else set()
    gone = [row.id for row in rows if row.found_id not in free]
    if gone:
        _wait_again(gone)
    return {row.id: row.found_id for row in rows if row.found_id in free}


@command
def _wait_again(alert_ids: list[int]) -> None:
    db.session.execute(
        update(StockAlert)
        .where(StockAlert.id.in_(alert_ids), StockAlert.told_at.is_(None))
        .values(found_id=None)
    )

"""Photographs of what one has received: kept with its line, changed, made smaller, removed.

Files are written before their row and removed after it, so that a row always has its files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import exists, select, update
from sqlalchemy.orm import aliased

from app.catalog.commands.media import derived_files
from app.orders.locks import lock_order, lock_orders
from app.orders.models import OrderLine
from app.platform import clock
from app.platform.actor import SYSTEM
from app.platform.db import changed_rows, db, insert_if_new
from app.platform.facts import publish
from app.platform.images import Upright
from app.platform.rbac import found
from app.platform.transaction import command
from app.reviews import photo_files
from app.reviews.errors import TooLate
from app.reviews.events import PhotoDropped, PhotoKept
from app.reviews.models import Review, ReviewPhoto, ReviewState
from app.reviews.queries import order_ids_of, photos_of_orders
from app.reviews.rules import MOST_PHOTOS, UNSENT_FOR, may_change

log = structlog.get_logger("reviews")
MOST_AT_ONCE = 1_000
Facts = dict[str, Any]
"""Of a picture that is written: the columns that say what it is."""


@dataclass(frozen=True, slots=True)
class Shots:
    """What is to become of a line's photographs: `words` by name of what is kept already, `added`
    with `caption` as the words of each. `added` is read once, a picture at a time.
    """

    words: Mapping[str, str]
    dropped: Collection[str]
    added: Iterable[Upright]
    caption: str


def change(line: OrderLine, shots: Shots, *, now: datetime) -> None:
    """Keep what is new and drop what is not wanted; a review that is changed by it waits for a look
    again.

    Of more than there may be the first are kept, the same picture once. Raises NotFound for a line
    of which nothing has arrived, TooLate.
    """
    found(line if line.delivered > 0 else None)
    written: dict[str, Facts] = {}
    used: Collection[str] = ()
    try:
        for picture in shots.added:
            written[photo_files.write(line.id, picture)] = _facts(picture)
        used = _change(line, shots, written, now=now)
    finally:
        for name in written.keys() - used:
            photo_files.remove(line.id, name)


def derive(photo_id: int) -> None:
    """Make the smaller files; what was dropped meanwhile leaves none."""
    photo = db.session.get(ReviewPhoto, photo_id, populate_existing=True)
    if photo is None:
        return
    line_id, name, original = photo.line_id, photo.name, str(photo.sources["original"])
    db.session.rollback()
    try:
        files = derived_files(photo_files.folder_of(line_id), original)
    except OSError:
        log.exception("reviews.photo_failed", photo=photo_id)
        return
    if not _list_files(photo_id, {"original": original, "files": files}):
        photo_files.remove(line_id, name)


@command
def drop(order_ids: Sequence[int], *, now: datetime) -> None:
    """Every photograph sent with these orders; their files follow from a worker."""
    for _order_id, photo in photos_of_orders(order_ids):
        _drop(photo, now)


def forget_unsent() -> int:
    """Drop what was chosen for reviews that were never sent; returns how many."""
    return _forget_unsent(now=clock.now())


@command
def _forget_unsent(*, now: datetime) -> int:
    """Of a line whose last photograph came long ago, so that nobody is at it.

    Looked for once more behind the locks of their orders: a review may be sent at that moment.
    """
    latest = aliased(ReviewPhoto)
    recent = exists().where(
        latest.line_id == ReviewPhoto.line_id, latest.kept_at > now - UNSENT_FOR
    )
    is_sent = exists().where(Review.line_id == ReviewPhoto.line_id)
    unsent = select(ReviewPhoto).where(~is_sent, ~recent).order_by(ReviewPhoto.id)
    lines = set(
        db.session.scalars(unsent.with_only_columns(ReviewPhoto.line_id).limit(MOST_AT_ONCE))
    )
    lock_orders(order_ids_of(lines))
    photos = db.session.scalars(
        unsent.where(ReviewPhoto.line_id.in_(lines)).with_for_update()
    ).all()
    for photo in photos:
        _drop(photo, now)
    return len(photos)


@command
def _change(
    line: OrderLine, shots: Shots, written: Mapping[str, Facts], *, now: datetime
) -> Collection[str]:
    """The names of those that were kept."""
    line_id = line.id
    lock_order(line.order_id, SYSTEM)
    review = db.session.scalar(
        select(Review)
        .where(Review.line_id == line_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    rows = db.session.scalars(select(ReviewPhoto).where(ReviewPhoto.line_id == line_id)).all()
    left = [photo for photo in rows if photo.name not in shots.dropped]
    said = [photo for photo in left if shots.words.get(photo.name, photo.alt) != photo.alt]
    if len(left) == len(rows) and not said and not written:
        return ()
    if review is not None and not may_change(review.written_at, now=now):
        raise TooLate
    for photo in set(rows) - set(left):
        _drop(photo, now)
    for photo in said:
        photo.alt = shots.words[photo.name]
    room = MOST_PHOTOS - len(left)
    used = _add(line_id, dict(list(written.items())[:room]), shots.caption, now)
    is_changed = used or said or len(left) < len(rows)
    if review is not None and is_changed:
        review.state, review.reason, review.decided_at = ReviewState.PENDING, None, None
        review.changed_at = now
    return used


def _facts(picture: Upright) -> Facts:
    return {
        "sha256": picture.sha256,
        "width": picture.image.width,
        "height": picture.image.height,
        "dominant": picture.dominant,
    }


def _add(line_id: int, written: Mapping[str, Facts], caption: str, now: datetime) -> list[str]:
    used = []
    for name, facts in written.items():
        is_new = insert_if_new(
            ReviewPhoto, line_id=line_id, name=name, alt=caption, kept_at=now, **facts,
            sources={"original": photo_files.original_of(name), "files": []},
        )  # fmt: skip
        if is_new:
            used.append(name)
    for photo_id in db.session.scalars(select(ReviewPhoto.id).where(ReviewPhoto.name.in_(used))):
        publish(PhotoKept(photo_id, now))
    return used


def _drop(photo: ReviewPhoto, now: datetime) -> None:
    db.session.delete(photo)
    publish(PhotoDropped(photo.line_id, photo.name, now))


@command
def _list_files(photo_id: int, sources: dict[str, object]) -> bool:
    row = update(ReviewPhoto).where(ReviewPhoto.id == photo_id)
    return bool(changed_rows(row.values(sources=sources)))

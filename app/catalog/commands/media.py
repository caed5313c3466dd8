"""Keep pictures by the hash of their content, and derive the smaller files that pages use."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import structlog
from PIL import Image
from sqlalchemy import select, update

from app.catalog.events import MediaStored
from app.catalog.models import Media, MediaState
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.facts import publish
from app.platform.images import Upright, write_once
from app.platform.locks import lock_name
from app.platform.transaction import command

WIDTHS = (360, 720, 1080, 1600)
JPEG_QUALITY = 82
AVIF_QUALITY = 58
AVIF_SPEED = 9
log = structlog.get_logger("media")


def keep(picture: Upright, *, now: datetime) -> int:
    """Write the original and its row, each once; returns the row's id.

    Smaller files follow from a worker.
    """
    path = f"{picture.sha256[:2]}/{picture.sha256}.jpg"
    write_once(settings().media_dir / path, picture.jpeg)
    return _row(picture, path, now=now)


def kept_as(hashes: Collection[str]) -> dict[str, int]:
    """The rows of originals that are kept already, by hash."""
    statement = select(Media.sha256, Media.id).where(Media.sha256.in_(hashes))
    return dict(db.session.execute(statement).all()) if hashes else {}


def derive(media_id: int) -> None:
    """Make the AVIF and JPEG files of a picture and list them; doing it again makes the same
    files, and of a picture that is gone there is nothing to make.
    """
    media = db.session.get(Media, media_id)
    if media is None:
        return
    original = str(media.sources["original"])
    db.session.rollback()
    try:
        files = derived_files(settings().media_dir, original)
    except OSError as error:
        log.exception("media.derive_failed", media=media_id)
        _ended(media_id, MediaState.FAILED, [], original, reason=type(error).__name__)
        return
    _ended(media_id, MediaState.READY, files, original)


def derived_files(folder: Path, original: str) -> list[dict[str, Any]]:
    """Write the AVIF and JPEG files of a picture beside it, each once; raises OSError.

    They are listed as `Media.sources` lists them, by their paths in the folder.
    """
    with Image.open(folder / original) as opened:
        image = opened.convert("RGB")
    stem = original.removesuffix(".jpg")
    files: list[dict[str, Any]] = []
    for width in _widths(image.width):
        smaller = _scaled(image, width)
        for kind, suffix, options in (
            ("avif", "avif", {"quality": AVIF_QUALITY, "speed": AVIF_SPEED}),
            ("jpeg", "jpg", {"quality": JPEG_QUALITY, "optimize": True, "progressive": True}),
        ):
            path = f"{stem}-{width}.{suffix}"
            buffer = BytesIO()
            smaller.save(buffer, kind.upper(), **options)
            write_once(folder / path, buffer.getvalue())
            files.append({"format": kind, "width": width, "height": smaller.height, "path": path})
    return files


@command
def _row(picture: Upright, path: str, *, now: datetime) -> int:
    lock_name("picture", picture.sha256)
    known = db.session.scalar(select(Media.id).where(Media.sha256 == picture.sha256))
    if known is not None:
        return known
    media = Media(
        sha256=picture.sha256,
        mime="image/jpeg",
        width=picture.image.width,
        height=picture.image.height,
        size=len(picture.jpeg),
        dominant=picture.dominant,
        state=MediaState.PENDING,
        sources={"original": path, "files": []},
        created_at=now,
    )
    db.session.add(media)
    db.session.flush()
    publish(MediaStored(media.id, now))
    return media.id


@command
def _ended(
    media_id: int,
    state: MediaState,
    files: list[dict[str, Any]],
    original: str,
    *,
    reason: str | None = None,
) -> None:
    db.session.execute(
        update(Media)
        .where(Media.id == media_id)
        .values(state=state, reason=reason, sources={"original": original, "files": files})
    )


def _widths(width: int) -> list[int]:
    """The widths to make: none larger than the original, and the original's own when it is between
    two.
    """
    smaller = [wanted for wanted in WIDTHS if wanted < width]
    return [*smaller, min(width, WIDTHS[-1])]


def _scaled(image: Image.Image, width: int) -> Image.Image:
    if width >= image.width:
        return image
    height = round(image.height * width / image.width)
    return image.resize((width, height), Image.Resampling.LANCZOS)

"""Take photographs in: kept ones by what they show, refused ones with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from werkzeug.datastructures import FileStorage

from app.catalog.commands import media
from app.catalog.queries.admin import Photo, photos_by_hash
from app.platform import clock
from app.platform.web.uploads import Refused, pictures


def take_in(files: Sequence[FileStorage], *, room: int) -> tuple[tuple[Photo, ...], Refused]:
    """What was kept, and (file name, sentence) for what was not. The same bytes are kept once."""
    hashes: list[str] = []
    refused: Refused = []
    for picture in pictures(files, refused, room=room):
        media.keep(picture, now=clock.now())
        hashes.append(picture.sha256)
    return photos_by_hash(hashes), refused


def moved(photos: list[str], action: str, sha256: str) -> list[str]:
    """The order after one button: up, down, cover, remove."""
    if sha256 not in photos:
        return photos
    place = photos.index(sha256)
    others = [each for each in photos if each != sha256]
    if action == "remove":
        return others
    target = {"up": max(place - 1, 0), "down": place + 1, "cover": 0}[action]
    return [*others[:target], sha256, *others[target:]]

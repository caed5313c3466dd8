"""What the catalogue does when something has happened."""

from __future__ import annotations

from app.catalog.commands import importing, media
from app.catalog.commands.importing.pictures import Pictures
from app.catalog.events import MediaStored, PicturesWanted
from app.catalog.gateways.pictures import WebPictures
from app.platform import clock
from app.platform.facts import on

FETCHING_SECONDS = 30.0
"""Less than a delivery's lease, so that nobody begins the same pictures again meanwhile."""


def derive_files(fact: MediaStored) -> None:
    media.derive(fact.media_id)


def fetch_pictures(fact: PicturesWanted) -> None:
    now = clock.now()
    with WebPictures() as web:
        pictures = Pictures(None, web, now=now, seconds=FETCHING_SECONDS)
        importing.fetch_missing(fact.product_id, pictures, now=now)


SUBSCRIPTIONS = (
    on(MediaStored, derive_files, patient=True),
    on(PicturesWanted, fetch_pictures, patient=True),
)

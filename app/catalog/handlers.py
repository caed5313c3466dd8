"""What the catalogue does when something has happened."""

from __future__ import annotations

from app.catalog.commands import media
from app.catalog.events import MediaStored
from app.platform.facts import on


def derive_files(fact: MediaStored) -> None:
    media.derive(fact.media_id)


SUBSCRIPTIONS = (on(MediaStored, derive_files),)

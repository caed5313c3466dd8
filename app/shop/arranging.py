"""Arrange the home page: every step makes a new draft, so that each can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update

from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Invalid, NotFound
from app.platform.i18n import gettext as _
from app.platform.locks import lock_name
from app.platform.rbac import ensure
from app.platform.transaction import command
from app.shop.commands import next_number, take_number
from app.shop.errors import ArrangedMeanwhile
from app.shop.home import MOST_SECTIONS, Section, draft
from app.shop.models import HomeVersion

PERMISSION = "settings.edit"
VERSIONS = "home_version"


@command
def add(section: Section, *, seen: int, actor: Actor, now: datetime) -> int:
    """Put a section at the end; returns its place."""

    def longer(sections: list[Section]) -> list[Section]:
        if len(sections) >= MOST_SECTIONS:
            raise Invalid({"kind": _("At most %(most)s sections.", most=MOST_SECTIONS)})
        return [*sections, section]

    return len(_arrange(longer, seen, actor, now)) - 1


@command
def change(place: int, section: Section, *, seen: int, actor: Actor, now: datetime) -> None:
    """Say something else in a section; raises NotFound where there is none."""

    def changed(sections: list[Section]) -> list[Section]:
        _at(sections, place)
        return [*sections[:place], section, *sections[place + 1 :]]

    _arrange(changed, seen, actor, now)


@command
def remove(place: int, *, seen: int, actor: Actor, now: datetime) -> None:
    def shorter(sections: list[Section]) -> list[Section]:
        _at(sections, place)
        return [*sections[:place], *sections[place + 1 :]]

    _arrange(shorter, seen, actor, now)


@command
def move(place: int, step: int, *, seen: int, actor: Actor, now: datetime) -> None:
    """One place up (-1) or down (+1); at an end nothing moves."""

    def moved(sections: list[Section]) -> list[Section]:
        section = _at(sections, place)
        rest = [*sections[:place], *sections[place + 1 :]]
        target = min(max(place + step, 0), len(rest))
        return [*rest[:target], section, *rest[target:]]

    _arrange(moved, seen, actor, now)


@command
def undo(*, seen: int, actor: Actor, now: datetime) -> None:
    """Take the last step back; a published page stays as it is."""
    ensure(actor, PERMISSION)
    _refuse_if_moved_on(seen)
    own = HomeVersion.id == seen, HomeVersion.published_at.is_(None)
    if db.session.scalar(select(HomeVersion.id).where(*own)) is not None:
        db.session.execute(delete(HomeVersion).where(*own))
        record(actor, "home.undo", "home", seen, now=now)


@command
def publish(*, seen: int, actor: Actor, now: datetime) -> None:
    """Show the draft to everybody; publishing what is published changes nothing."""
    ensure(actor, PERMISSION)
    _refuse_if_moved_on(seen)
    own = HomeVersion.id == seen, HomeVersion.published_at.is_(None)
    db.session.execute(update(HomeVersion).where(*own).values(published_at=now))
    record(actor, "home.publish", "home", seen, now=now)


def _arrange(
    step: Callable[[list[Section]], list[Section]], seen: int, actor: Actor, now: datetime
) -> Sequence[Section]:
    ensure(actor, PERMISSION)
    _refuse_if_moved_on(seen)
    before = list(draft().sections)
    after = step(before)
    if after != before:
        version = HomeVersion(
            id=_number(seen), sections=[one.stored() for one in after], made_at=now
        )
        db.session.add(version)
        db.session.flush()
        record(actor, "home.arrange", "home", version.id, now=now,
               after={"sections": [one.kind for one in after]})  # fmt: skip
    return after


def _refuse_if_moved_on(seen: int) -> None:
    """Two people at once: whoever is second looks at what the first has done."""
    lock_name("home page")
    newest = db.session.scalar(select(func.max(HomeVersion.id))) or 0
    if newest != seen:
        raise ArrangedMeanwhile


def _number(newest: int) -> int:
    """One that no version had before, those that were taken back included: who still sees one of
    them must not change what has its number now.
    """
    take_number(VERSIONS, newest)
    return next_number(VERSIONS)


def _at(sections: list[Section], place: int) -> Section:
    if not 0 <= place < len(sections):
        raise NotFound
    return sections[place]

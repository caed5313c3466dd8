"""Verbs of chat groups: found one, call it otherwise, put it away, take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.community.models import EVERY_GROUP, ChatGroup
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.i18n import gettext as _
from app.platform.locks import lock_name
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command
from app.shop.queries import staff_member

LONGEST_NAME = 60
LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class GroupWords:
    """What a group is called, in which chat app it is, and a note of its leader's."""

    name: str
    app: str = ""
    note: str = ""


@command
def create(words: GroupWords, *, actor: Actor, now: datetime, leader_id: int | None = None) -> int:
    """A new group of the actor's own, or of a colleague for those who see every group.

    Raises Invalid for a name that is missing, too long or taken by another group of that leader.
    """
    ensure(actor, "groups.share")
    if actor.id is None or actor.merchant_id is None:
        raise AssertionError("a group is led by a member of staff")
    leader = actor.id
    if leader_id is not None and leader_id != actor.id:
        ensure(actor, EVERY_GROUP)
        leader = staff_member(leader_id, actor).id
    _check(words, leader)
    group = ChatGroup(
        merchant_id=actor.merchant_id, leader_id=leader, name=words.name, app=words.app,
        note=words.note, created_at=now,
    )  # fmt: skip
    db.session.add(group)
    db.session.flush()
    after = {"name": words.name, "leader": leader}
    record(actor, "community.create_group", "chat_group", group.id, now=now, after=after)
    return group.id


@command
def change(group_id: int, words: GroupWords, *, actor: Actor, now: datetime) -> None:
    """Call it otherwise; links and standings stay. Raises Invalid as `create`."""
    ensure(actor, "groups.share")
    group = lock_group(group_id, actor)
    _check(words, group.leader_id, besides=group.id)
    before = {"name": group.name, "app": group.app}
    group.name, group.app, group.note = words.name, words.app, words.note
    after = {"name": words.name, "app": words.app}
    record(
        actor, "community.change_group", "chat_group", group.id, now=now, before=before, after=after
    )


@command
def archive(group_id: int, *, actor: Actor, now: datetime) -> None:
    """Put a group away: nothing new is shared in it, its links go on. Once."""
    ensure(actor, "groups.share")
    group = lock_group(group_id, actor)
    if group.archived_at is None:
        group.archived_at = now
        record(actor, "community.archive_group", "chat_group", group.id, now=now)


@command
def restore(group_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a group back. Once."""
    ensure(actor, "groups.share")
    group = lock_group(group_id, actor)
    if group.archived_at is not None:
        group.archived_at = None
        record(actor, "community.restore_group", "chat_group", group.id, now=now)


def lock_group(group_id: int, actor: Actor) -> ChatGroup:
    """The group, locked and fresh, if the actor may see it; raises NotFound."""
    statement = (
        select(ChatGroup)
        .where(ChatGroup.id == group_id, visible(actor, ChatGroup))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found(db.session.scalar(statement))


def _check(words: GroupWords, leader_id: int, besides: int = 0) -> None:
    wrong: dict[str, str] = {}
    lock_name("chat groups", str(leader_id))
    if not words.name.strip():
        wrong["name"] = _("Please give the group a name you will know it by.")
    elif len(words.name) > LONGEST_NAME:
        wrong["name"] = _("At most %(count)s characters, please.", count=LONGEST_NAME)
    elif _is_taken(words.name, leader_id, besides):
        wrong["name"] = _("Another group has this name already.")
    if len(words.app) > LONGEST_NAME:
        wrong["app"] = _("At most %(count)s characters, please.", count=LONGEST_NAME)
    if len(words.note) > LONGEST_NOTE:
        wrong["note"] = _("At most %(count)s characters, please.", count=LONGEST_NOTE)
    if wrong:
        raise Invalid(wrong)


def _is_taken(name: str, leader_id: int, besides: int) -> bool:
    same = select(ChatGroup.id).where(
        ChatGroup.leader_id == leader_id, ChatGroup.name == name, ChatGroup.id != besides
    )
    return db.session.scalar(same) is not None

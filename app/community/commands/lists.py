"""Verbs of chat lists: confirm what was read, take an entry out, see who of it has joined.

An entry is what somebody wrote in a chat. It holds no stock and is in no count of who joined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, insert, or_, select, update

from app.community.commands.links import lock_link
from app.community.errors import ListClosed, StillUnclear
from app.community.models import ChatList, ListEntry, ListItem, ShareLink
from app.community.queries.campaigns import shareable, sku_ids
from app.community.queries.listed import came_by, closed_before
from app.platform import clock
from app.platform.actor import Actor
from app.platform.audit.commands import record
from app.platform.db import db
from app.platform.ids import spoken_code
from app.platform.rbac import ensure, found, visible
from app.platform.transaction import command

KEPT_AFTER_CLOSE = timedelta(days=14)
LONGEST_NAME = 40
LONGEST_NOTE = 200
MOST_UNITS = 99


@dataclass(frozen=True, slots=True)
class NewEntry:
    """A line as it was confirmed; `key` and `said` are those it was read with."""

    key: str
    said: str
    position: int
    name: str
    items: Mapping[int, int]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How many entries came of it; nothing at all when it had been confirmed before."""

    added: int = 0
    changed: int = 0
    withdrawn: int = 0

    @property
    def is_nothing(self) -> bool:
        return not (self.added or self.changed or self.withdrawn)


@dataclass(frozen=True, slots=True)
class PastedList:
    """What a leader confirms of a list: lines to keep, and entries that are taken out, each with
    what the list says of it now (empty where it says nothing any more).
    """

    text: str
    lines: Sequence[NewEntry]
    withdrawn: Mapping[int, str]


@command
def confirm(code: str, pasted: PastedList, *, actor: Actor, now: datetime) -> Confirmed:
    """Keep the lines of a list as entries of a link; the same again changes nothing.

    Who has joined stays as they are. Raises ListClosed, StillUnclear, NotFound.
    """
    ensure(actor, "groups.share")
    link = lock_link(code, actor)
    if link.revoked_at is not None or shareable(link.campaign_id, actor, now=now) is None:
        raise ListClosed
    _check(link, pasted.lines)
    own = _entries(link.id)
    changed = [line for line in pasted.lines if line.key in own and _differs(own[line.key], line)]
    added = [line for line in pasted.lines if line.key not in own]
    withdrawn = [
        entry
        for entry in own.values()
        if entry.id in pasted.withdrawn and not entry.joined_at and not entry.withdrawn_at
    ]
    result = Confirmed(len(added), len(changed), len(withdrawn))
    if result.is_nothing:
        return result
    paste = ChatList(
        merchant_id=link.merchant_id, leader_id=link.leader_id, link_id=link.id,
        text=pasted.text, created_at=now,
    )  # fmt: skip
    db.session.add(paste)
    db.session.flush()
    for line in added:
        _add(paste, line, now=now)
    for line in changed:
        _change(own[line.key], line)
    for entry in withdrawn:
        entry.withdrawn_at = now
        entry.said = pasted.withdrawn[entry.id] or entry.said
    after = {"added": len(added), "changed": len(changed), "withdrawn": len(withdrawn)}
    record(actor, "community.confirm_list", "share_link", link.id, now=now, after=after)
    db.session.flush()
    return result


@command
def withdraw(code: str, entry_id: int, *, actor: Actor, now: datetime) -> None:
    """Take an entry out: its link leads to the presale like the group's own. Once; who has joined
    stays.
    """
    ensure(actor, "groups.share")
    entry = _locked(code, entry_id, actor)
    if entry.withdrawn_at is None and entry.joined_at is None:
        entry.withdrawn_at = now
        record(actor, "community.withdraw_entry", "list_entry", entry.id, now=now)


@command
def take_back(code: str, entry_id: int, *, actor: Actor, now: datetime) -> None:
    """Put an entry back that was taken out. Once."""
    ensure(actor, "groups.share")
    entry = _locked(code, entry_id, actor)
    if entry.withdrawn_at is not None:
        entry.withdrawn_at = None
        record(actor, "community.take_back_entry", "list_entry", entry.id, now=now)


@command
def settle_entry(participation_id: int, *, now: datetime) -> None:
    """Note on the entry whose own link was used that it has joined; the first time only."""
    came = came_by(participation_id)
    if came is None:
        return
    entry_id, campaign_id = came
    links = select(ShareLink.id).where(ShareLink.campaign_id == campaign_id)
    db.session.execute(
        update(ListEntry)
        .where(
            ListEntry.id == entry_id,
            ListEntry.participation_id.is_(None),
            ListEntry.link_id.in_(links),
        )
        .values(participation_id=participation_id, joined_at=now, withdrawn_at=None)
    )


@command
def forget_lists() -> int:
    """Forget what was pasted, and the names in it, two weeks after a presale has closed; returns
    how many lists. For the schedule.
    """
    over = closed_before(clock.now() - KEPT_AFTER_CLOSE)
    forgotten = db.session.execute(
        update(ChatList)
        .where(ChatList.link_id.in_(over), ChatList.text != "")
        .values(text="")
        .returning(ChatList.id)
        .execution_options(synchronize_session=False)
    ).all()
    forget_people(ListEntry.link_id.in_(over))
    return len(forgotten)


def forget_people(which: ColumnElement[bool]) -> None:
    """Take the persons out of these entries, and what a line of theirs could be found by."""
    db.session.execute(
        update(ListEntry)
        .where(which, or_(ListEntry.name != "", ListEntry.note != ""))
        .values(name="", note="", said="", key=ListEntry.code)
        .execution_options(synchronize_session=False)
    )


def _check(link: ShareLink, lines: Sequence[NewEntry]) -> None:
    known = set(sku_ids(link.campaign_id))
    for line in lines:
        is_clear = bool(line.name.strip()) and bool(line.items) and set(line.items) <= known
        if not is_clear or not all(0 < units <= MOST_UNITS for units in line.items.values()):
            raise StillUnclear


def _entries(link_id: int) -> dict[str, ListEntry]:
    statement = select(ListEntry).where(ListEntry.link_id == link_id)
    rows = db.session.scalars(statement.execution_options(populate_existing=True))
    return {row.key: row for row in rows}


def _differs(entry: ListEntry, line: NewEntry) -> bool:
    if entry.joined_at is not None:
        return False
    return entry.withdrawn_at is not None or entry.said != line.said


def _add(paste: ChatList, line: NewEntry, *, now: datetime) -> None:
    entry = ListEntry(
        list_id=paste.id, link_id=paste.link_id, code=spoken_code(), key=line.key,
        said=line.said, position=line.position, name=line.name[:LONGEST_NAME],
        note=line.note[:LONGEST_NOTE], created_at=now,
    )  # fmt: skip
    db.session.add(entry)
    db.session.flush()
    _put_items(entry.id, line.items)


def _change(entry: ListEntry, line: NewEntry) -> None:
    entry.said, entry.position, entry.withdrawn_at = line.said, line.position, None
    entry.name, entry.note = line.name[:LONGEST_NAME], line.note[:LONGEST_NOTE]
    db.session.execute(delete(ListItem).where(ListItem.entry_id == entry.id))
    _put_items(entry.id, line.items)


def _put_items(entry_id: int, items: Mapping[int, int]) -> None:
    rows = [
        {"entry_id": entry_id, "sku_id": sku, "quantity": units} for sku, units in items.items()
    ]
    db.session.execute(insert(ListItem), rows)


def _locked(code: str, entry_id: int, actor: Actor) -> ListEntry:
    """The entry of this link, locked and fresh, if the actor may see it; raises NotFound."""
    statement = (
        select(ListEntry)
        .join(ShareLink, ShareLink.id == ListEntry.link_id)
        .where(ListEntry.id == entry_id, ShareLink.code == code, visible(actor, ShareLink))
        .with_for_update(of=ListEntry)
        .execution_options(populate_existing=True)
    )
    return found(db.session.scalar(statement))

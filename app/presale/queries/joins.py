"""The ledger of joins, for everybody to read: names are masked here, before anybody can show them.

Numbers are never given twice, so that who has left stays in the list, marked as gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select

from app.platform.db import db
from app.platform.masking import masked_name
from app.presale.models import Commitment, Participation

PAGE = 20


@dataclass(frozen=True, slots=True)
class Join:
    """One place in the sequence. `name` is empty for whoever joined anonymously; `units` are those
    wanted, by SKU.
    """

    id: int
    number: int
    name: str
    units: tuple[tuple[int, int], ...]
    at: datetime
    has_left: bool


@dataclass(frozen=True, slots=True)
class JoinPage:
    """Places from the latest down; `before` begins the next page, None at the end."""

    joins: tuple[Join, ...]
    before: int | None


def joins(
    campaign_id: int, *, link_id: int | None = None, before: int | None = None, limit: int = PAGE
) -> JoinPage:
    """A page of the ledger, in one query; `link_id` limits it to who came through a group's link,
    `before` to lower numbers.
    """
    wanted = select(Participation.id).where(
        Participation.campaign_id == campaign_id, Participation.number.is_not(None)
    )
    if link_id is not None:
        wanted = wanted.where(Participation.link_id == link_id)
    if before is not None:
        wanted = wanted.where(Participation.number < before)
    ids = wanted.order_by(Participation.number.desc()).limit(limit + 1).subquery()
    rows = db.session.execute(
        select(Participation, Commitment)
        .join(ids, ids.c.id == Participation.id)
        .join(Commitment, Commitment.participation_id == Participation.id)
        .order_by(Participation.number.desc(), Commitment.id)
    ).all()
    found = _grouped(rows)
    return JoinPage(tuple(found[:limit]), found[limit - 1].number if len(found) > limit else None)


def own(campaign_id: int, participation_ids: Sequence[int]) -> list[Join]:
    """Somebody's own places, whoever has shown that they are."""
    rows = db.session.execute(
        select(Participation, Commitment)
        .join(Commitment, Commitment.participation_id == Participation.id)
        .where(
            Participation.campaign_id == campaign_id,
            Participation.id.in_(participation_ids),
            Participation.number.is_not(None),
        )
        .order_by(Participation.number.desc(), Commitment.id)
    ).all()
    return _grouped(rows)


def _grouped(rows: Sequence[Row[Participation, Commitment]]) -> list[Join]:
    units: dict[int, list[tuple[int, int]]] = {}
    people: dict[int, Participation] = {}
    for person, commitment in rows:
        people[person.id] = person
        units.setdefault(person.id, []).append((commitment.sku_id, commitment.quantity))
    return [
        Join(
            id=person.id,
            number=person.number or 0,
            name="" if person.is_anonymous else masked_name(person.name),
            units=tuple(units[person.id]),
            at=person.confirmed_at or person.joined_at,
            has_left=person.left_at is not None,
        )
        for person in people.values()
    ]

"""The home page put together: its sections with what each shows, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Final

from app.catalog.queries.cards import Card, cards
from app.catalog.queries.listing import rows
from app.platform.i18n import pick
from app.presale.queries import listing
from app.presale.queries.listing import Running
from app.shop.home import Section
from app.storefront.frame import frame_of_request
from app.storefront.presale_marks import marked

HOME_PRESALES: Final = 3
MOST_CARDS: Final = 24
_TEMPLATES: Final = {"new": "cards", "collection": "cards"}


@dataclass(frozen=True, slots=True)
class Block:
    """One section as its template shows it; `key` is its anchor, one of its own."""

    kind: str
    key: str
    title: str = ""
    text: str = ""
    href: str = ""
    card: Card | None = None
    cards: Sequence[Card] = ()
    presales: Sequence[Running] = field(default_factory=tuple)

    @property
    def template(self) -> str:
        return _TEMPLATES.get(self.kind, self.kind)


def blocks(sections: Sequence[Section], *, now: datetime) -> tuple[list[Block], str]:
    """Every section, or nothing of one whose collection is gone; and the stamp of all lists."""
    newest = max((_count(one) for one in sections if one.kind == "new"), default=0)
    has_hero = any(one.kind == "hero" for one in sections)
    slugs: dict[str, int] = {}
    for one in filter(_is_row, sections):
        slugs[one.said["slug"]] = max(_count(one), slugs.get(one.said["slug"], 0))
    numbers = [int(one.said["number"]) for one in sections if one.said.get("number")]
    found = rows.rows(newest + has_hero, slugs, numbers)
    ids = dict.fromkeys(chain(found.newest, found.numbered.values(), *found.members.values()))
    by_id = {card.product_id: card for card in marked(cards(list(ids), now=now), now=now)}
    shown = _Shown(found, by_id, now)
    made = (shown.block(section, place) for place, section in enumerate(sections))
    return [block for block in made if block is not None], found.stamp


class _Shown:
    """What has been read for all sections together."""

    def __init__(self, found: rows.Rows, by_id: Mapping[int, Card], now: datetime) -> None:
        self._found, self._cards, self._now = found, by_id, now
        self._hero: Card | None = None

    def block(self, section: Section, place: int) -> Block | None:
        said = section.said
        block = Block(
            section.kind, f"s{place}", title=pick(said.get("title")), text=pick(said.get("text"))
        )
        if section.kind == "hero":
            return self._opening(block, section)
        if section.kind == "new":
            newest = [one for one in self._of(self._found.newest) if one is not self._hero]
            fresh = [replace(card, is_new=False) for card in newest or self._of(self._found.newest)]
            return replace(block, key="newest", cards=fresh[: _count(section)])
        if section.kind == "collection":
            return self._row(block, section)
        if section.kind == "presales":
            most = int(said.get("count") or HOME_PRESALES)
            return replace(block, presales=listing.running(most, now=self._now))
        return block

    def _opening(self, block: Block, section: Section) -> Block:
        """The first collection opens the page of a shop that has said nothing else."""
        collections = frame_of_request().collections
        chosen = section.said.get("slug") or (collections[0][1] if collections else "")
        about = next((one for one in collections if one[1] == chosen), None)
        number = self._found.numbered.get(int(section.said.get("number") or 0))
        candidates = self._of([number] if number else self._found.newest)
        self._hero = next(iter(candidates), None)
        return replace(
            block,
            title=block.title or (about[2] if about else ""),
            text=block.text or (about[3] if about and not block.title else ""),
            href=f"/c/{chosen}" if chosen else "",
            card=self._hero,
        )

    def _row(self, block: Block, section: Section) -> Block | None:
        slug = section.said.get("slug", "")
        title = self._found.titles.get(slug)
        if title is None:
            return None
        members = self._of(self._found.members.get(slug, ()))
        return replace(
            block, title=block.title or pick(title), href=f"/c/{slug}",
            cards=members[: _count(section)],
        )  # fmt: skip

    def _of(self, ids: Sequence[int]) -> list[Card]:
        return [self._cards[one] for one in ids if one in self._cards]


def _count(section: Section) -> int:
    return min(section.count, MOST_CARDS)


def _is_row(section: Section) -> bool:
    return section.kind == "collection" and bool(section.said.get("slug"))

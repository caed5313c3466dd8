"""What a leader sends to the chat about its list: the list as it stands, and who has not joined.

Names go out shortened, but to the one person a reminder is for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.community import words
from app.community.chat_list.shapes import ListedEntry, ListedItem, SkuName
from app.community.chat_list.writing import Frame, shown_name, write
from app.community.queries.lists import EntryView, Person, Stand
from app.platform.i18n import gettext as _
from app.platform.i18n import speaking
from app.presale.queries.pages import CampaignView
from app.presale.rules.stage import BEFORE_CLOSE


@dataclass(frozen=True, slots=True)
class Occasion:
    """What the texts are made of; `link` is the address of the group's link, and `view` was loaded
    in the language of the texts.
    """

    view: CampaignView
    link: str
    skus: Sequence[SkuName]
    language: str

    @property
    def labels(self) -> Mapping[int, str]:
        return {sku.id: sku.label for sku in self.view.skus}

    def own_link(self, entry: EntryView) -> str:
        return f"{self.link}?e={entry.code}"

    def items(self, entry: EntryView) -> str:
        with speaking(self.language):
            parts = (f"{self.labels.get(sku, '')} × {units}".strip() for sku, units in entry.items)
            return _(", ").join(parts)


def current_list(occasion: Occasion, people: Sequence[Person], entries: Sequence[EntryView]) -> str:
    """Who has joined through the link, then who is on its list and has not, as chat text."""
    said = [(each.name, each.items, each.has_left) for each in people]
    said += [(each.name, each.items, False) for each in entries if each.stand is Stand.WAITING]
    lines = [
        ListedEntry(at, name, [ListedItem(str(sku), units) for sku, units in items], has_left)
        for at, (name, items, has_left) in enumerate(said, 1)
    ]
    with speaking(occasion.language):
        frame = _frame(occasion)
    return write(lines, occasion.skus, frame, language=occasion.language)


def reminder(occasion: Occasion, entries: Sequence[EntryView]) -> str:
    """For the whole group: everybody who has not joined, each with their own link."""
    view = occasion.view
    with speaking(occasion.language):
        head = _(
            "%(title)s: %(count)d on the list have not joined yet. Nothing is kept for you until "
            "you pay; please open your own link.",
            title=view.title,
            count=len(entries),
        )
        lines = [
            f"{each.position}. {shown_name(each.name)} {occasion.items(each)}\n"
            f"{occasion.own_link(each)}"
            for each in entries
        ]
        return "\n".join([head, *lines, _closes(view)])


def personal_reminder(occasion: Occasion, entry: EntryView) -> str:
    """For one person, in a chat of their own."""
    with speaking(occasion.language):
        return _(
            "%(name)s, you are on the list for %(title)s with %(items)s. Nothing is kept for you "
            "until you pay. Your own link, until %(moment)s: %(link)s",
            name=entry.name,
            title=occasion.view.title,
            items=occasion.items(entry),
            moment=words.moment(occasion.view.campaign.closes_at),
            link=occasion.own_link(entry),
        )


def _frame(occasion: Occasion) -> Frame:
    view = occasion.view
    is_open = view.stage in BEFORE_CLOSE
    has_goal = view.campaign.threshold is not None
    return Frame(
        topic=view.title,
        promise=" ".join(filter(None, (_closes(view), words.refund(view)))) if is_open else "",
        link=occasion.link if is_open else "",
        missing=view.missing if is_open and has_goal else None,
    )


def _closes(view: CampaignView) -> str:
    return _("Closes %(moment)s.", moment=words.moment(view.campaign.closes_at))

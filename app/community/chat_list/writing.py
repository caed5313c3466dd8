"""Write the current list back as chat text, for groups that keep to the old way.

Whatever is written here, `reading.read` reads again: see docs/chat-lists.md.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.community.chat_list.shapes import ListedEntry, ListedItem, SkuName
from app.platform.i18n import gettext as _
from app.platform.i18n import speaking
from app.platform.masking import masked_name


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the entries: topic and promise above, where to join below.

    `missing` is how many are needed yet; None where no number is needed.
    """

    topic: str
    promise: str = ""
    link: str = ""
    missing: int | None = None


def write(
    entries: Sequence[ListedEntry], skus: Sequence[SkuName], frame: Frame, *, language: str
) -> str:
    """The list in one language, names masked, cancelled entries struck through.

    Raises KeyError for an item whose SKU is not among `skus`.
    """
    labels = {sku.key: _label(sku, skus, language) for sku in skus}
    with speaking(language):
        lines = [*_head(frame), "", *(_line(entry, labels) for entry in entries)]
        lines += ["", *_foot(frame)]
    return "\n".join(lines).rstrip("\n")


def _label(sku: SkuName, skus: Sequence[SkuName], language: str) -> str:
    """M/黑色; with its product's title before it where the campaign sells several products."""
    several = len({tuple(sorted(other.title.items())) for other in skus}) > 1
    return f"{sku.title_in(language)} {sku.label(language)}" if several else sku.label(language)


def _head(frame: Frame) -> Iterator[str]:
    yield _("#List %(topic)s", topic=_one_line(frame.topic)).rstrip()
    if frame.promise:
        yield _("Promise: %(promise)s", promise=_one_line(frame.promise))


def _line(entry: ListedEntry, labels: Mapping[str, str]) -> str:
    items = _(", ").join(_item(item, labels) for item in entry.items)
    said = f"{shown_name(entry.name)} {items}".rstrip()
    if entry.cancelled:
        said = _("~~%(entry)s~~ (cancelled)", entry=said)
    return f"{entry.number}. {said}"


def _item(item: ListedItem, labels: Mapping[str, str]) -> str:
    return f"{labels[item.sku]}×{item.quantity}"


def shown_name(name: str) -> str:
    """小鱼 → 小**; an emoji before it is left out, and who has no letter is anonymous."""
    plain = unicodedata.normalize("NFKC", name)
    letters = "".join(sign for sign in plain if sign.isalpha() and sign.isprintable())
    return masked_name(letters) or _("Anonymous")


def _foot(frame: Frame) -> Iterator[str]:
    said = _standing(frame.missing)
    link = _one_line(frame.link)
    join = _("Join here: %(link)s", link=link) if link else ""
    if said and join:
        yield _("%(said)s %(join)s", said=said, join=join)
    elif said or join:
        yield said or join


def _standing(missing: int | None) -> str:
    if missing is None:
        return ""
    if missing > 0:
        return _("Still needed: %(num)d.", num=missing)
    return _("The goal is met, you can still join.")


def _one_line(text: str) -> str:
    return " ".join(text.split())

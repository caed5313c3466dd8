"""What a finished draft says: whose it is, which items, and how far it can be trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.community.chat_list import notes
from app.community.chat_list.drafts import Draft
from app.community.chat_list.items import Assembly, assemble
from app.community.chat_list.names import MASKED
from app.community.chat_list.order import Order
from app.community.chat_list.reasons import Reason, is_serious
from app.community.chat_list.shapes import Entry, Item
from app.community.chat_list.tokens import Kind, Token
from app.community.chat_list.vocabulary import Vocabulary

_LONGEST_NAME = 40
_NAMELESS = re.compile(rf"{MASKED.pattern}|匿名$|anonymous$", re.IGNORECASE)


def finished(drafts: Sequence[Draft], raw: Sequence[str], words: Vocabulary) -> tuple[Entry, ...]:
    """The entries of a list, with those marked that share a number or say the same twice."""
    entries: list[Entry] = []
    for draft in drafts:
        entries.append(_entry(draft, entries, raw, words))
    numbers = Counter(entry.number for entry in entries)
    seen: set[object] = set()
    marked = []
    for entry in entries:
        is_double = entry.number is not None and numbers[entry.number] > 1
        more = [Reason.DOUBLE_NUMBER] if is_double else []
        said = (entry.name, entry.items)
        if said in seen and not entry.cancelled and not _NAMELESS.match(entry.name):
            more.append(Reason.REPEATED)
        if entry.name and not entry.cancelled and not entry.unclear:
            seen.add(said)
        marked.append(replace(entry, reasons=(*entry.reasons, *more)) if more else entry)
    return tuple(marked)


def _entry(draft: Draft, above: Sequence[Entry], raw: Sequence[str], words: Vocabulary) -> Entry:
    """What the draft says; `above` are the entries it may call “the same”."""
    tokens = _together(draft.orders)
    cancelled = draft.cancelled or any(order.cancelled for order in draft.orders)
    assembly = _assembly(tokens, above, words, cancelled=cancelled)
    where = {part: found for order in draft.orders for part, found in order.where.items()}
    remarks = (remark for order in draft.orders for remark in order.remarks)
    reasons = [
        *draft.reasons,
        *(reason for order in draft.orders for reason in order.reasons),
        *_about_name(draft, where),
        *assembly.reasons,
    ]
    if not assembly.items and not cancelled and not any(map(is_serious, assembly.reasons)):
        reasons.append(Reason.NO_ITEMS)
    return Entry(
        number=draft.number,
        name=draft.name,
        items=assembly.items,
        cancelled=cancelled,
        note=notes.note(where, " ".join(remarks)),
        lines=tuple(draft.lines),
        raw=tuple(raw[line] for line in draft.lines),
        unread=tuple(word for order in draft.orders for word in order.unread),
        reasons=tuple(dict.fromkeys(reasons)),
    )


def _together(orders: Sequence[Order]) -> list[Token]:
    tokens: list[Token] = []
    for order in orders:
        if tokens and order.tokens:
            tokens.append(Token(Kind.SEPARATOR, 0, 0))
        tokens += order.tokens
    return tokens


def _assembly(
    tokens: Sequence[Token], above: Sequence[Entry], words: Vocabulary, *, cancelled: bool
) -> Assembly:
    ditto = next((token for token in tokens if token.kind is Kind.DITTO), None)
    if ditto is not None:
        return _same_as(ditto, assemble(tokens, words), above)
    assembly = assemble(tokens, words)
    if assembly.items or len(words.keys) != 1 or any(map(is_serious, assembly.reasons)):
        return assembly
    assumed = () if cancelled else (Reason.ASSUMED_ONE,)
    return Assembly((Item(words.keys[0], 1),), (*assembly.reasons, *assumed))


def _same_as(ditto: Token, own: Assembly, above: Sequence[Entry]) -> Assembly:
    """The items of the entry above or of the one that is named, perhaps in another quantity."""
    meant = above[-1:]
    if ditto.number is not None:
        meant = [one for one in above if one.number == ditto.number]
    said = tuple(reason for reason in own.reasons if reason is not Reason.SEVERAL_SKUS)
    if not meant or meant[-1].unclear or meant[-1].cancelled or not meant[-1].items:
        return Assembly((), (*said, Reason.DITTO_OF_UNCLEAR))
    items = meant[-1].items
    if len(own.items) == 1 and len(items) == 1 and own.items[0].sku in (None, items[0].sku):
        items = (Item(items[0].sku, own.items[0].quantity),)
    elif own.items:
        return Assembly(items, (*said, Reason.DITTO_OF_UNCLEAR))
    return Assembly(items, (*said, Reason.DITTO))


def _about_name(draft: Draft, where: dict[str, str]) -> list[Reason]:
    if not draft.name:
        return [Reason.PLACE_FOR_NAME if "room" in where else Reason.NO_NAME]
    sure = all(order.name_sure for order in draft.orders) and len(draft.name) <= _LONGEST_NAME
    spoken = any(sign.isalnum() for sign in draft.name)
    return [] if sure and spoken else [Reason.NAME_UNSURE]

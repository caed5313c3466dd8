"""Read a pasted chat list: every line becomes part of an entry, is ignored for a reason, or is
left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.community.chat_list import asides
from app.community.chat_list.drafts import Draft
from app.community.chat_list.entries import finished
from app.community.chat_list.numbering import Numbered, numbered, split_run_on
from app.community.chat_list.order import Order, read_order, read_remark
from app.community.chat_list.plain import plain
from app.community.chat_list.reasons import Aside, Reason
from app.community.chat_list.shapes import IgnoredLine, ParsedList, SkuName, UnclearLine
from app.community.chat_list.vocabulary import vocabulary

LONGEST_LINE = 300
"""A longer line is talk; it is left to a person unread."""
_STRUCK = re.compile(r"~~(\W*\d.*)~~\W*(?:已?(?:取消|作废)|cancel\w*)?\W*$", re.IGNORECASE)
_TIME = (
    r"(?:\d{1,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}日?)?,?\s+)?\d{1,2}:\d{2}(?::\d{2})?\s*(?:[ap]m)?"
)
_STAMP = re.compile(rf"\W{{0,2}}{_TIME}(?:\W*\s|\)\s*)", re.IGNORECASE)
_SENDER = re.compile(rf"(\S.{{0,20}}?)\s+{_TIME}$", re.IGNORECASE)
_CALLED_OFF = re.compile(
    r"(?:第?(?P<number>\d{1,4})\s*[号位.、]?|(?P<name>\S{1,12}?))\s*[:,]?\s*"
    r"(?:已|先|说)?(?:取消|不要|退出|作废|cancel(?:s|led|ed)?)了?\W*$",
    re.IGNORECASE,
)
_ADDED = re.compile(r"\s*(?:[+\-*·&]|和|还有|and\b)")
_NEAR = 10


def read(text: str, skus: Sequence[SkuName]) -> ParsedList:
    """Read a list of any shape against the SKUs of its campaign; never raises.

    `skus` are all that can be ordered; without any, every entry is unclear.
    """
    reader = _Reader(text, skus)
    for at in range(len(reader.raw)):
        reader.take(at)
    return reader.parsed()


class _Reader:
    """Goes down the list once; what a line means depends on the entry above it."""

    def __init__(self, text: str, skus: Sequence[SkuName]) -> None:
        self.raw = text.splitlines()
        self._words = vocabulary(skus)
        self._lines = [plain(line) for line in self.raw]
        self._heads = [self._head(line) for line in self._lines]
        heads = [head for head in self._heads if head is not None]
        self._is_numbered = len(heads) > 1 or any(head.marked for head in heads)
        self._drafts: list[Draft] = []
        self._last_number = 0
        self._ignored: dict[int, Aside] = {}
        self._unclear: list[int] = []
        self._example_follows = False

    def parsed(self) -> ParsedList:
        for draft in self._drafts:
            if draft.is_silent:
                self._ignored.update(dict.fromkeys(draft.lines, Aside.TIME))
        drafts = [draft for draft in self._drafts if not draft.is_silent]
        ignored = sorted(self._ignored.items())
        return ParsedList(
            entries=finished(drafts, self.raw, self._words),
            ignored=tuple(IgnoredLine(at, self.raw[at], why) for at, why in ignored),
            unclear=tuple(UnclearLine(at, self.raw[at]) for at in self._unclear),
        )

    def take(self, at: int) -> None:
        line, head = self._lines[at], self._heads[at]
        if not line:
            self._ignored[at] = Aside.BLANK
            if self._drafts:
                self._drafts[-1].closed = True
        elif (framing := asides.frame(line)) is not None:
            self._ignored[at] = framing
        elif len(line) > LONGEST_LINE:
            self._unclear.append(at)
        elif self._example_follows:
            self._ignored[at] = Aside.EXAMPLE
            self._example_follows = False
        elif head is not None and self._is_next(head):
            self._numbered(at, head)
        else:
            self._unnumbered(at, line)

    @staticmethod
    def _head(line: str) -> Numbered | None:
        struck = _STRUCK.match(line)
        if struck is None:
            return numbered(line)
        head = numbered(struck[1])
        return head and head._replace(rest=f"~~{head.rest}~~")

    def _is_next(self, head: Numbered) -> bool:
        """A number without a sign after it counts only where the list has come to it."""
        if head.marked or head.number == self._last_number + 1:
            return True
        near = 0 < head.number <= self._last_number + _NEAR
        return near and bool(read_order(head.rest, self._words).name)

    # --- lines with a number ----------------------------------------------------------------------

    def _numbered(self, at: int, head: Numbered) -> None:
        if self._calls_off(at):
            return
        entries = split_run_on(head.rest, head.number)
        for number, rest in entries:
            order = read_order(rest, self._words)
            if len(entries) == 1 and _is_rule(order, rest):
                self._ignored[at] = Aside.RULE
                return
            orders = [order] if rest else []
            self._drafts.append(Draft(number, orders, [at]))
            self._last_number = number

    def _calls_off(self, at: int) -> bool:
        """「3号取消」 cancels the one entry above that has this number or name."""
        found = _CALLED_OFF.match(self._lines[at])
        if found is None:
            return False
        meant = [draft for draft in self._drafts if _is_meant(draft, found)]
        if len(meant) != 1:
            return False
        meant[0].cancelled = True
        meant[0].reasons.append(Reason.CANCELLED_ELSEWHERE)
        meant[0].lines.append(at)
        return True

    # --- lines without one ------------------------------------------------------------------------

    def _unnumbered(self, at: int, line: str) -> None:
        if self._labelled(at, line) or self._sent(at, line) or self._calls_off(at):
            return
        if stamp := _STAMP.match(line):
            line = line[stamp.end() :]
        order = read_order(line, self._words)
        kind = asides.aside(line)
        if kind is not None:
            self._aside(at, kind, order)
            self._example_follows = asides.is_example_label(line)
        elif not order.name:
            self._nameless(at, line, order)
        elif order.orders:
            self._named(at, line, order)
        else:
            self._only_name(at, line, order)

    def _open(self) -> Draft | None:
        """The entry that the next line may still belong to."""
        return self._drafts[-1] if self._drafts and not self._drafts[-1].closed else None

    def _labelled(self, at: int, line: str) -> bool:
        """尺码：M and 姓名：小鱼 belong to an entry, unless they describe the campaign."""
        name, draft = asides.NAME_LABEL.match(line), self._open()
        if name:
            order = read_order(line[name.end() :], self._words)
            order = order if order.orders else Order(name=line[name.end() :])
            if draft is not None and not draft.name:
                draft.add(order, at)
            else:
                self._drafts.append(Draft(None, [order], [at]))
            return True
        if draft is None or not asides.LABEL.match(line):
            return False
        draft.add(read_remark(line) or read_order(line, self._words, name=""), at)
        return True

    def _sent(self, at: int, line: str) -> bool:
        """A chat program writes who and when above what was said."""
        sender = _SENDER.match(line)
        if sender is None or self._is_numbered:
            return False
        self._drafts.append(Draft(None, [Order(name=sender[1])], [at], is_sender=True))
        return True

    def _aside(self, at: int, kind: Aside, order: Order) -> None:
        may_order = kind in asides.BY_A_WORD and order.names_options and order.name
        if may_order and self._drafts:
            self._unclear.append(at)
        else:
            self._ignored[at] = kind

    def _nameless(self, at: int, line: str, order: Order) -> None:
        draft = self._open()
        says_something = order.orders or order.where or order.remarks
        if draft is not None and says_something:
            if order.orders and draft.orders and draft.orders[0].orders and not _ADDED.match(line):
                draft.reasons.append(Reason.LATE_LINE)
            draft.add(order, at)
        elif not self._drafts:
            self._before_list(at, order)
        elif not says_something and asides.is_chatter(line):
            self._ignored[at] = Aside.CHATTER
        else:
            self._unclear.append(at)

    def _named(self, at: int, line: str, order: Order) -> None:
        draft = self._open()
        if draft is not None and not draft.name and not draft.has_order:
            draft.add(order, at)
        elif not self._drafts and self._is_numbered:
            self._before_list(at, order)
        elif draft is not None and not draft.has_order:
            draft.add(read_order(line, self._words, name=draft.name), at)
        elif order.is_clean(self._words) or (not self._is_numbered and order.names_options):
            self._drafts.append(Draft(None, [order], [at], [Reason.NO_NUMBER]))
        elif asides.is_chatter(line):
            self._ignored[at] = Aside.CHATTER
        elif not self._drafts:
            self._ignored[at] = Aside.HEADER
        else:
            self._unclear.append(at)

    def _only_name(self, at: int, line: str, order: Order) -> None:
        draft = self._open()
        if draft is not None and not draft.name and not draft.has_order:
            draft.add(order, at)
        elif asides.is_chatter(line) or asides.is_chatter(line.partition(":")[2]):
            self._ignored[at] = Aside.CHATTER
        elif not self._is_numbered and self._order_follows(at):
            self._drafts.append(Draft(None, [order], [at], [Reason.NO_NUMBER]))
        elif not self._drafts:
            self._ignored[at] = Aside.HEADER
        else:
            self._unclear.append(at)

    def _order_follows(self, at: int) -> bool:
        following = self._lines[at + 1] if at + 1 < len(self._lines) else ""
        if not following or len(following) > LONGEST_LINE:
            return False
        order = read_order(following, self._words)
        return not order.name and order.orders

    def _before_list(self, at: int, order: Order) -> None:
        """Above the first number stands the topic; a whole order there may be somebody's."""
        if asides.options_of_campaign(self._lines[at]):
            self._ignored[at] = Aside.OPTIONS
        elif order.name and order.names_options and order.is_clean(self._words):
            self._drafts.append(Draft(None, [order], [at], [Reason.BEFORE_LIST], closed=True))
        elif order.is_ditto or (order.names_options and not self._is_numbered):
            self._unclear.append(at)
        else:
            self._ignored[at] = Aside.HEADER


def _is_rule(order: Order, rest: str) -> bool:
    return asides.is_rule(order.name or rest) and not order.names_options


def _is_meant(draft: Draft, found: re.Match[str]) -> bool:
    if found["number"]:
        return draft.number == int(found["number"])
    return bool(draft.name) and draft.name == found["name"]

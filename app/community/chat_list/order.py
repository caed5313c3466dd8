"""One stretch of an entry, usually its line: the name, the order, and what is only a note."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from app.community.chat_list import names, notes
from app.community.chat_list.items import assemble
from app.community.chat_list.plain import lowered
from app.community.chat_list.reasons import Reason, is_serious
from app.community.chat_list.tokens import ORDERING, Kind, Token, tokenise
from app.community.chat_list.vocabulary import Vocabulary

_STRUCK = re.compile(r"~~(.*?)~~")
_MENTION = re.compile(r"(?<=\S)\s*@\S+")
_REMARK_LABEL = re.compile(r"\W*(?:备注|留言|notes?)\s*:", re.IGNORECASE)
_A_NUMBER = re.compile(r"\d|[一二两三四五六七八九十]\s*[件个套份只条双]")
_PART_OF_A_WORD = (Kind.OPTION, Kind.QUANTITY, Kind.FOREIGN, Kind.FILLER, Kind.SEPARATOR)


@dataclass(slots=True)
class Order:
    """What one stretch says; `tokens` come after the name and carry no unknown words."""

    name: str = ""
    name_sure: bool = True
    tokens: list[Token] = field(default_factory=list)
    cancelled: bool = False
    where: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)

    @property
    def orders(self) -> bool:
        return any(token.kind in ORDERING for token in self.tokens)

    @property
    def names_options(self) -> bool:
        return any(token.kind is Kind.OPTION for token in self.tokens)

    @property
    def is_ditto(self) -> bool:
        return any(token.kind is Kind.DITTO for token in self.tokens)

    def is_clean(self, words: Vocabulary) -> bool:
        """Whether it orders something and leaves nothing open."""
        doubtful = not self.name_sure or any(map(is_serious, self.reasons))
        return not doubtful and assemble(self.tokens, words).is_clean


def read_remark(line: str) -> Order | None:
    """备注：周三在家, a line that is a remark by its label."""
    label = _REMARK_LABEL.match(line)
    return Order(remarks=[line[label.end() :].strip()]) if label else None


def read_order(text: str, words: Vocabulary, *, name: str | None = None) -> Order:
    """Read `text`, which begins with a name unless the name is given."""
    order = Order(name=name or "")
    text = _without_struck(text, order)
    if masked := names.MASKED.match(text) if name is None else None:
        name = order.name = masked[1]
        text = " " * masked.end() + text[masked.end() :]
    small = lowered(text)
    if "@" in small:
        small = _MENTION.sub(lambda found: " " * len(found[0]), small)
    small, order.where = notes.take_out(small)
    tokens = tokenise(small, words)
    if "(" in small:
        tokens = _without_remarks(small, text, tokens, order)
    if name is None:
        found = names.split(text, tokens, lambda rest: _is_clean(rest, words))
        order.name, order.name_sure = found.name, found.sure
        tokens = tokens[found.rest :]
    kinds = {token.kind for token in tokens}
    order.tokens = _known(text, tokens, order) if Kind.UNKNOWN in kinds else tokens
    if Kind.CANCEL in kinds:
        _cancel(order)
    return order


def _without_struck(text: str, order: Order) -> str:
    """What is left beside the struck words, or those words themselves when nothing is."""
    if "~~" not in text:
        return text
    left = _STRUCK.sub(lambda found: " " * len(found[0]), text)
    struck = " ".join(_STRUCK.findall(text))
    order.cancelled = True
    if re.search(r"\w", left) is None:
        return struck
    if re.search(r"[^\W_].*\s", left.strip()) or _A_NUMBER.search(left):
        order.cancelled = False
        order.reasons.append(Reason.PARTLY_CANCELLED)
        return left
    return text.replace("~~", " ")


def _without_remarks(small: str, text: str, tokens: Sequence[Token], order: Order) -> list[Token]:
    """The tokens without bracketed remarks, which are kept as words."""
    kept: list[Token] = []
    opened: int | None = None
    for token in tokens:
        sign = small[token.start] if token.kind is Kind.SOFT else ""
        if sign == "(":
            opened = len(kept)
        elif sign == ")" and opened is not None:
            inside = kept[opened + 1 :]
            if _is_remark(inside):
                order.remarks.append(text[inside[0].start : inside[-1].end].strip())
                kept[opened + 1 :] = [
                    part for part in inside if part.kind in (Kind.DOUBT, Kind.CANCEL)
                ]
            opened = None
        kept.append(token)
    return kept


def _is_remark(inside: Sequence[Token]) -> bool:
    settled = _settled(inside)
    ordering = (Kind.OPTION, Kind.FOREIGN, Kind.DITTO)
    return any(token.kind is Kind.UNKNOWN for token in settled) and not any(
        token.kind in ordering for token in settled
    )


def _settled(tokens: Sequence[Token]) -> list[Token]:
    """Weak tokens that touch an unknown word are part of it: 黑 in 黑芝麻."""
    settled = list(tokens)
    for order in (range(1, len(settled)), range(len(settled) - 2, -1, -1)):
        step = 1 if order.step < 0 else -1
        for at in order:
            token, beside = settled[at], settled[at + step]
            touching = token.start == beside.end or token.end == beside.start
            owned = token.weak and token.kind in _PART_OF_A_WORD
            if owned and touching and beside.kind is Kind.UNKNOWN:
                settled[at] = Token(Kind.UNKNOWN, token.start, token.end)
    return settled


def _is_clean(tokens: Sequence[Token], words: Vocabulary) -> bool:
    settled = _settled(tokens)
    last = _last_ordering(settled)
    known = all(token.kind is not Kind.UNKNOWN for token in settled[:last])
    return known and assemble(settled, words).is_clean


def _last_ordering(tokens: Sequence[Token]) -> int:
    return next((at for at in range(len(tokens) - 1, -1, -1) if tokens[at].kind in ORDERING), -1)


def _known(text: str, tokens: Sequence[Token], order: Order) -> list[Token]:
    """The tokens that say something; unknown words at the end are kept as a remark."""
    tokens = _settled(tokens)
    last = _last_ordering(tokens)
    for before, words in _unknown_words(text, tokens, last):
        order.unread.append(words)
        if before or _A_NUMBER.search(words):
            order.reasons.append(Reason.UNKNOWN_WORDS)
        else:
            order.remarks.append(words)
            order.reasons.append(Reason.WORDS_LEFT)
    return [token for token in tokens if token.kind is not Kind.UNKNOWN]


def _unknown_words(text: str, tokens: Sequence[Token], last: int) -> Iterator[tuple[bool, str]]:
    """Runs of unknown words, each with whether something is ordered after it, or nothing at all."""
    at = 0
    while at < len(tokens):
        if tokens[at].kind is not Kind.UNKNOWN:
            at += 1
            continue
        first = at
        while at + 1 < len(tokens) and tokens[at + 1].kind in (Kind.UNKNOWN, Kind.SPACE):
            at += 1
        words = text[tokens[first].start : tokens[at].end].strip()
        yield first < last or last < 0 or _is_measure(tokens, first), words
        at += 1


def _is_measure(tokens: Sequence[Token], at: int) -> bool:
    """Whether an unknown word is glued to a quantity: 1对."""
    before = tokens[at - 1] if at else None
    return before is not None and before.kind is Kind.QUANTITY and before.end == tokens[at].start


def _cancel(order: Order) -> None:
    """Cancelled where the words say so, partly where more of an order follows them."""
    order.cancelled = True
    cancels = [at for at, token in enumerate(order.tokens) if token.kind is Kind.CANCEL]
    ordering = [at for at, token in enumerate(order.tokens) if token.kind in ORDERING]
    if ordering and cancels[0] < ordering[-1] and ordering[0] < cancels[-1]:
        order.cancelled = False
        order.reasons.append(Reason.PARTLY_CANCELLED)

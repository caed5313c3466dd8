"""Where the name of an entry ends: 王姐M黑两件, 小红 红S1, Jean Paul 2 medium."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from app.community.chat_list.tokens import ORDERING, Kind, Token

MASKED = re.compile(r"\s*([^\s~]\*{1,3}[^\s\d*:~]?)(?=[\s:]|$)")
"""小**, 陈*, A*y: a name of which most is hidden."""
_TITLED = re.compile(
    r"(?:[姐哥妈爸姨叔婶嫂爷奶婆公弟妹总]|麻麻|粑粑|老师|女士|先生|小姐|太太|阿姨|师傅|医生|同学|宝)$"
)
_GIVEN = frozenset("红白青蓝紫金银丹杏黄大小中一二三四五六七八九")
_NAMED_DIGITS = frozenset("一三四五六七八九十")
_NICKNAMED = frozenset("小阿老大")
_PUNCTUATION = frozenset(",、;&+。.:|/-~·()=!?\"'<>#@*^_%$\\")
_BREAKS = frozenset(':|/-~·()=!?"<>…#,;、。&+.')
_POLITE = re.compile(r"(?<=..)[要想订买拿]+$|(?<=[a-z])[要想订买拿]+$", re.IGNORECASE)
_LONGEST_GIVEN = 2
_LONGEST_SECOND_CHUNK = 3
_DIGITS_OF_A_DOOR = (3, 4)


class Split(NamedTuple):
    """The tokens of the order begin at `rest`; `sure` is False where the name may end elsewhere."""

    name: str
    rest: int
    sure: bool = True


IsClean = Callable[[Sequence[Token]], bool]


def split(text: str, tokens: Sequence[Token], is_clean: IsClean) -> Split:
    """The name `text` begins with; `is_clean` tells whether tokens make an order without doubt."""
    first = _skip(text, tokens, 0)
    end = _chunk_end(text, tokens, first)
    if first == end:
        return Split("", first)
    hard = next((at for at in range(first, end) if not _is_nameable(text, tokens[at])), end)
    if hard == first:
        return _begins_with_order(text, tokens, (first, end), is_clean)
    if all(token.kind is Kind.SOFT for token in tokens[first:end]) and end < len(tokens):
        further = split(text, tokens[end:], is_clean)
        if further.name:
            return further._replace(rest=further.rest + end)
    if hard == end and end < len(tokens) and _orders(tokens[end:]):
        return _whole_chunk(text, tokens, (first, end), is_clean)
    return _glued(text, tokens, (first, hard), is_clean)


def _skip(text: str, tokens: Sequence[Token], at: int) -> int:
    """The first token that is neither space nor punctuation; an emoji may be somebody's name."""
    while at < len(tokens) and (
        tokens[at].kind is Kind.SPACE or text[tokens[at].start : tokens[at].end] in _PUNCTUATION
    ):
        at += 1
    return at


def _chunk_end(text: str, tokens: Sequence[Token], at: int) -> int:
    while at < len(tokens):
        if tokens[at].kind is Kind.SPACE or text[tokens[at].start : tokens[at].end] in _BREAKS:
            break
        at += 1
    return at


def _is_nameable(text: str, token: Token) -> bool:
    """Whether a name may own it: an unknown word, a short Chinese one, an emoji."""
    if token.kind in (Kind.UNKNOWN, Kind.SOFT) or token.weak:
        return True
    return token.kind is Kind.AMOUNT and token.start > 0 and not text[token.start - 1].isspace()


def _orders(tokens: Sequence[Token]) -> bool:
    return any(token.kind in ORDERING for token in tokens)


def _begins_with_order(
    text: str, tokens: Sequence[Token], chunk: tuple[int, int], is_clean: IsClean
) -> Split:
    """M姐 is a name, 66 may be one, 301 before a name is a door, M黑 is none of them."""
    first, end = chunk
    head, tail, rest = tokens[first], tokens[first + 1 : end], tokens[end:]
    if head.kind is Kind.OPTION and tail and tail[0].kind is Kind.UNKNOWN:
        named = range(first + 1, end)
        stop = next((at for at in named if not _is_nameable(text, tokens[at])), end)
        sure = stop - first <= _LONGEST_SECOND_CHUNK
        return Split(_spelled(text, tokens, first, stop), stop, sure)
    written = text[head.start : head.end]
    places = {token.meaning.place for token in rest if token.meaning}
    if tail or not places:
        return Split("", first)
    if head.kind in (Kind.QUANTITY, Kind.AMOUNT) and written.isdigit():
        further = split(text, rest, is_clean) if len(written) in _DIGITS_OF_A_DOOR else None
        if further and further.name and further.rest:
            return further._replace(rest=further.rest + end)
        return Split(written, end, sure=False)
    if head.meaning and head.meaning.place in places and written[0].isupper():
        return Split(written, end)
    return Split("", first)


def _whole_chunk(
    text: str, tokens: Sequence[Token], chunk: tuple[int, int], is_clean: IsClean
) -> Split:
    """小红 M黑1: what stands alone before the order is the name, unless the order lacks its end."""
    first, end = chunk
    known = _last_unknown(tokens, first, end)
    whole = _spelled(text, tokens, first, end)
    if known == end or is_clean(tokens[end:]):
        sure = _is_alone(text, tokens, first, end)
        return _with_more_words(text, tokens, Split(whole, end, sure), first)
    if known == first and end - first == 1:
        is_order = tokens[first].kind is not Kind.REMARK
        return Split("", first) if is_order else Split(whole, end)
    if known > first and is_clean(tokens[known:]):
        base = _spelled(text, tokens, first, known)
        return Split(base, known, sure=_is_surely(base, text[tokens[known].start]))
    return Split(whole, end)


def _glued(text: str, tokens: Sequence[Token], chunk: tuple[int, int], is_clean: IsClean) -> Split:
    """王姐黑M2件: the name ends where the order begins, but 红 may be either."""
    first, hard = chunk
    known = _last_unknown(tokens, first, hard)
    whole = _spelled(text, tokens, first, hard)
    if known == hard:
        sure = _is_alone(text, tokens, first, hard)
        return _with_more_words(text, tokens, Split(whole, hard, sure), first)
    if known == first:
        return Split(whole, hard, sure=False) if hard - first > 1 else Split("", first)
    known = _past_numerals(text, tokens, known, hard)
    if known == hard:
        return Split(whole, hard, sure=hard < len(tokens))
    return _short_or_long(text, tokens, (first, known, hard), is_clean)


def _short_or_long(
    text: str, tokens: Sequence[Token], cuts: tuple[int, int, int], is_clean: IsClean
) -> Split:
    """王姐黑 is 王姐 and black, 周小红 a name: the reading that leaves an order behind wins."""
    first, known, hard = cuts
    base, whole = _spelled(text, tokens, first, known), _spelled(text, tokens, first, hard)
    if tokens[known].kind in (Kind.FILLER, Kind.SEPARATOR):
        return Split(base, known)
    short, long = is_clean(tokens[known:]), is_clean(tokens[hard:])
    if short and not long:
        return Split(base, known, sure=_is_surely(base, text[tokens[known].start]))
    if long and not short:
        foreign = tokens[known].kind is Kind.FOREIGN
        return Split(whole, hard, sure=not foreign or len(base) == 1)
    return Split(base, known, sure=False)


def _past_numerals(text: str, tokens: Sequence[Token], at: int, end: int) -> int:
    """阿七, 王三: a bare Chinese digit after a name, with no measure word, is part of it."""
    while at < end and _NAMED_DIGITS.issuperset(text[tokens[at].start : tokens[at].end]):
        at += 1
    return at


def _last_unknown(tokens: Sequence[Token], first: int, end: int) -> int:
    """Just after the last token of the stretch that nothing but a name can own."""
    owned = (Kind.UNKNOWN, Kind.SOFT, Kind.AMOUNT, Kind.REMARK)
    return next((at + 1 for at in range(end - 1, first - 1, -1) if tokens[at].kind in owned), first)


def _is_surely(base: str, following: str) -> bool:
    """Whether the sign after these words is an option rather than the end of a given name."""
    if _TITLED.search(base):
        return True
    if base in _NICKNAMED:
        return False
    return not (following in _GIVEN and len(base) <= _LONGEST_GIVEN)


def _is_alone(text: str, tokens: Sequence[Token], first: int, at: int) -> bool:
    """False for 小鱼2 M黑, 小鱼12 and 陈三个, whose number may belong to the name or not."""
    if text[tokens[at - 1].end - 1].isdigit():
        return any(token.kind in (Kind.QUANTITY, Kind.EACH) for token in tokens[at:])
    if at >= len(tokens) or tokens[at].kind is not Kind.QUANTITY:
        return True
    if tokens[at].start - tokens[first].start == 1 and text[tokens[at].start] in _NAMED_DIGITS:
        return False
    bare = tokens[at].end - tokens[at].start == 1
    follows_gap = at + 1 < len(tokens) and tokens[at + 1].kind is Kind.SPACE
    options_follow = any(token.kind is Kind.OPTION for token in tokens[at + 1 :])
    return not (bare and follows_gap and options_follow)


def _spelled(text: str, tokens: Sequence[Token], first: int, end: int) -> str:
    if first == end:
        return ""
    return _POLITE.sub("", text[tokens[first].start : tokens[end - 1].end])


def _with_more_words(text: str, tokens: Sequence[Token], found: Split, first: int) -> Split:
    """Jean Paul, Dr. Who, Ben 本: a name of several words begins with a Latin one."""
    end = found.rest
    start = tokens[first].start
    if not text[start].isascii():
        return found
    while True:
        begin = end
        while begin < len(tokens) and text[tokens[begin].start : tokens[begin].end] in (" ", "."):
            begin += 1
        stop = _chunk_end(text, tokens, begin)
        words = tokens[begin:stop]
        if begin == end or not words or any(token.kind is not Kind.UNKNOWN for token in words):
            break
        if not text[words[0].start].isascii() and len(words) > _LONGEST_SECOND_CHUNK:
            break
        end = stop
    return found._replace(name=text[start : tokens[end - 1].end], rest=end)

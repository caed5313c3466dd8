"""Where a text breaks into lines: between words, in both languages, and evenly."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from app.platform.fonts.faces import readable
from app.platform.fonts.lettering import Lettering, is_han

ELLIPSIS: Final = "…"
LONGEST: Final = 240
"""Characters of a text that are looked at before it is cut."""

_HAN: Final = "\u2e80-\u2fff\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS: Final = "，。、；：！？（）「」『』《》〈〉【】〔〕“”‘’…—～·＋％/"
_RUN: Final = re.compile(rf"[{_HAN}]+|\s+|[{_MARKS}]|[^\s{_HAN}{_MARKS}]+")
# No line begins with one of the first or ends with one of the second.
_CLOSING: Final = frozenset("，。、；：！？）」』》〉】〕”’…—～·％/!?,.;:)]}%")
_OPENING: Final = frozenset("（「『《〈【〔“‘＋/([{+#№¥$€£第")
_PAUSES: Final = "，。、；：！？）」·—,.;:!?) "
_LONGEST_UNIT: Final = 2
_UNEASE: Final = 0.25
"""What a break inside a clause costs, as a share of a line left empty."""


def whole(text: str, lettering: Lettering, width: float, *, most: int) -> tuple[str, ...] | None:
    """As few lines as hold the text, of about equal length; None when `most` do not.

    A Chinese word, a number with its unit and a Latin word stay whole where a line can hold them,
    so that no character is left alone.
    """
    return _balanced(_pieces(text, lettering, width), lettering, width, most)


def cut(text: str, lettering: Lettering, width: float, *, most: int) -> tuple[str, ...]:
    """The same in `most` lines, whatever does not fit replaced by an ellipsis."""
    pieces = _pieces(text, lettering, width)
    lines = _balanced(pieces, lettering, width, most)
    if lines is not None:
        return lines
    kept = bisect_right(
        range(1, len(pieces)),
        False,  # noqa: FBT003 - how many of the counts are not too many
        key=lambda count: _balanced(_first(pieces, count), lettering, width, most) is None,
    )
    return _balanced(_first(pieces, kept), lettering, width, most) or (ELLIPSIS,)


def _first(pieces: Sequence[str], count: int) -> list[str]:
    kept = "".join(pieces[:count]).rstrip(_PAUSES)
    return [*pieces[: count - 1], kept[len("".join(pieces[: count - 1])) :] + ELLIPSIS]


def _balanced(
    pieces: Sequence[str], lettering: Lettering, width: float, most: int
) -> tuple[str, ...] | None:
    """The fewest lines that hold all, and of those the most even; None when `most` do not."""
    text = "".join(pieces)
    at = list(accumulate(map(len, pieces), initial=0))
    ends = lettering.ends(text)
    begins = [ends[place] for place in at]
    stops = [ends[len(text[:place].rstrip())] for place in at]
    # For each line, the pieces it may end behind: at which cost, and where that line begins.
    lines: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    while len(pieces) not in lines[-1]:
        if len(lines) > most:
            return None
        lines.append(_next_line(lines[-1], pieces, [begins, stops], width))
    cuts = [len(pieces)]
    for line in reversed(lines[1:]):
        cuts.append(line[cuts[-1]][1])
    return tuple(text[at[first] : at[last]].strip() for first, last in pairwise(cuts[::-1]))


def _next_line(
    before: dict[int, tuple[float, int]],
    pieces: Sequence[str],
    measures: Sequence[Sequence[float]],
    width: float,
) -> dict[int, tuple[float, int]]:
    begins, stops = measures
    found: dict[int, tuple[float, int]] = {}
    for first, (cost, _first) in before.items():
        for last in range(first + 1, len(pieces) + 1):
            empty = 1 - (stops[last] - begins[first]) / width
            if empty < 0:
                break
            is_easy = last == len(pieces) or pieces[last - 1][-1] in _PAUSES
            total = cost + empty**2 + (0.0 if is_easy else _UNEASE**2)
            if last not in found or total < found[last][0]:
                found[last] = (total, first)
    return found


def _pieces(text: str, lettering: Lettering, width: float) -> list[str]:
    """What should not be broken, each with the spaces behind it; apart where no line holds it."""
    found: list[str] = []
    for word in _words(readable(text, lettering.role)[:LONGEST]):
        if found and _belong_together(found[-1], word):
            found[-1] += word
        else:
            found.append(word)
    return [
        part
        for piece in found
        for part in ([piece] if lettering.width(piece.rstrip()) <= width else _apart(piece))
    ]


def _apart(piece: str) -> list[str]:
    """Its characters, marks still with what they close or open."""
    found: list[str] = []
    for sign in piece:
        if found and (sign.isspace() or sign in _CLOSING or found[-1].rstrip() in _OPENING):
            found[-1] += sign
        else:
            found.append(sign)
    return found


def _words(text: str) -> Iterator[str]:
    """Chinese by the dictionary, the rest as it is spaced, Chinese marks on their own."""
    import rjieba

    for run in _RUN.findall(text):
        if is_han(run[0]):
            yield from rjieba.cut(run)
        else:
            yield run


def _belong_together(before: str, word: str) -> bool:
    last = before.rstrip()[-1:] or before[-1]
    if word.isspace() or word[0] in _CLOSING or last in _OPENING:
        return True
    return last.isdigit() and is_han(word[0]) and len(word) <= _LONGEST_UNIT

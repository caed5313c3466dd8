"""How wide text is, and where its lines break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from app.platform.fonts.faces import MISSING, Role, file_of, readable
from app.platform.fonts.tables import coverage
from app.platform.sheets.paper.marks import MM, Style
from app.platform.sheets.table import plain

MOST_CHARACTERS = 4000
ELLIPSIS = "…"
# A line breaks after blanks and around each Chinese character, not inside other words…
_PIECE = re.compile(r"[!-~\u00a1-\u2e7f]+|\s+|.")
# …and neither before what closes nor after what opens.
_CLOSING = frozenset("，。、；：！？）」』】》〉”’…—·％%℃,.;:!?)]}")
_OPENING = frozenset("（「『【《〈“‘￥¥$([{")


def role_of(text: str, style: Style) -> Role:
    """The face that letters the text: the strong one, where it has every character."""
    if style.is_strong and all(ord(sign) in coverage(file_of("sans-medium")) for sign in text):
        return "sans-medium"
    return "sans"


def width(text: str, style: Style) -> float:
    """Millimetres; of text that `lines` returned."""
    advances = _advances(role_of(text, style))
    return sum(map(advances.__getitem__, map(ord, text))) * style.size * MM


def lines(text: str, style: Style, limit: float, most: int) -> tuple[str, ...]:
    """At most so many lines no wider than the limit; an ellipsis says that there was more."""
    paragraphs = _shown(text)
    broken: list[str] = []
    for paragraph in paragraphs:
        broken += _broken(paragraph, style, limit)
        if len(broken) > most:
            broken[most - 1 :] = [_shortened(broken[most - 1], style, limit)]
            break
    return tuple(broken)


def natural(text: str, style: Style) -> float:
    """The width text takes when only its own line ends break it."""
    return max((width(each, style) for each in _shown(text)), default=0.0)


def one_line(text: str, style: Style, limit: float) -> str:
    return (lines(" ".join(_shown(text)), style, limit, 1) or ("",))[0]


@lru_cache(maxsize=8192)
def _shown(text: str) -> tuple[str, ...]:
    """The paragraphs of a text as the face can show them, without empty ones."""
    cut = plain(text[: MOST_CHARACTERS + 1])
    if len(cut) > MOST_CHARACTERS:
        cut = cut[:MOST_CHARACTERS] + ELLIPSIS
    paragraphs = (readable(each, "sans") for each in cut.split("\n"))
    return tuple(_lettered(each) for each in paragraphs if each)


def _lettered(text: str) -> str:
    """A PDF has one face for all of a line, where a picture may borrow from another."""
    known = coverage(file_of("sans"))
    return "".join(sign if ord(sign) in known else MISSING for sign in text)


def _broken(paragraph: str, style: Style, limit: float) -> Iterator[str]:
    if width(paragraph, style) <= limit:
        yield paragraph
        return
    line = ""
    for piece in _pieces(paragraph):
        for part in _narrow(piece, style, limit):
            if line and width((line + part).rstrip(), style) > limit:
                yield line.rstrip()
                line = ""
            line += part if line else part.lstrip()
    if line.strip():
        yield line.rstrip()


def _pieces(paragraph: str) -> list[str]:
    """The text in pieces that lines may break between."""
    pieces: list[str] = []
    for piece in _PIECE.findall(paragraph):
        if pieces and (piece[0] in _CLOSING or pieces[-1][-1] in _OPENING):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return pieces


def _narrow(piece: str, style: Style, limit: float) -> Iterator[str]:
    """The piece, in parts when it alone is too wide."""
    if width(piece.rstrip(), style) <= limit:
        yield piece
        return
    part = ""
    for sign in piece:
        if part and width(part + sign, style) > limit:
            yield part
            part = ""
        part += sign
    yield part


def _shortened(line: str, style: Style, limit: float) -> str:
    while line and width(line + ELLIPSIS, style) > limit:
        line = line[:-1]
    return line.rstrip(ELLIPSIS) + ELLIPSIS


@cache
def _advances(role: Role) -> Mapping[int, float]:
    """How far each character of a face moves on, in ems."""
    from fontTools.ttLib import TTFont

    with TTFont(file_of(role), lazy=True) as face:
        metrics, em = face["hmtx"].metrics, face["head"].unitsPerEm
        return {code: metrics[name][0] / em for code, name in face.getBestCmap().items()}

"""Where the parts stand: tall for chats, square for timelines, a card for links."""

from __future__ import annotations

from PIL import Image, ImageDraw

from app.community.posters import parts, words
from app.community.posters.blocks import Block, Space, height_of, stack
from app.community.posters.facts import PosterFacts
from app.community.posters.palette import INK, LINE, PAPER
from app.community.posters.photograph import draw_photograph
from app.community.posters.qr import SIDE, draw_qr

MARGIN = 56
TAB = (28, 0)
"""Tags hang from the edge where the whole garment is shown, to leave its collar free."""
TITLE_OF_TALL = ((76, 1), (66, 2), (54, 3), (46, 3))
TITLE_OF_SQUARE = ((54, 1), (48, 1), (54, 2), (46, 3), (40, 3), (36, 3), (32, 3))
TITLE_OF_CARD = ((62, 1), (54, 1), (62, 2), (54, 3), (46, 3), (40, 3))
_COLUMN_GAP = 44


def tall(facts: PosterFacts, size: tuple[int, int]) -> Image.Image:
    """Photograph, then what it is and how it stands, then who asks and the QR code."""
    width, height = size
    inner = width - 2 * MARGIN
    rule = height - SIDE - MARGIN - 2
    story: list[Block] = [
        Space(36),
        parts.fitted(facts.title, "serif", INK, inner, TITLE_OF_TALL),
        Space(4),
        *parts.price(facts, inner, 56),
        Space(14),
        *parts.progress(facts, inner, 34),
        *parts.promise(facts, inner, 30),
        Space(18),
    ]
    edge = round(rule - height_of(story))
    picture = _paper(facts, size, (width, edge))
    pen = ImageDraw.Draw(picture)
    parts.draw_tags(pen, facts, (MARGIN, MARGIN), width - MARGIN)
    stack(pen, story, MARGIN, edge)
    pen.rectangle((MARGIN, rule, width - MARGIN - 1, rule + 1), fill=LINE)
    _foot(picture, facts, rule + 18)
    return picture


def square(facts: PosterFacts, size: tuple[int, int]) -> Image.Image:
    """Photograph and story side by side, below them who asks and the QR code."""
    width, height = size
    rule = height - SIDE - MARGIN - 2
    photograph = (round(rule * 0.8), rule)
    left = photograph[0] + 40
    inner = width - MARGIN - left
    picture = _paper(facts, size, photograph)
    pen = ImageDraw.Draw(picture)
    story: list[Block] = [
        parts.fitted(facts.title, "serif", INK, inner, TITLE_OF_SQUARE),
        Space(14),
        *parts.price(facts, inner, 50),
        Space(10),
        *parts.promise(facts, inner, 28),
    ]
    standing = parts.progress(facts, inner, 30)
    parts.draw_tags(pen, facts, TAB, photograph[0] - TAB[0])
    stack(pen, story, left, MARGIN - 10)
    stack(pen, standing, left, rule - height_of(standing))
    _foot(picture, facts, rule + 26)
    return picture


def card(facts: PosterFacts, size: tuple[int, int]) -> Image.Image:
    """What a chat shows beside a link; the link is there, so no QR code."""
    width, height = size
    photograph = (round(height * 0.8), height)
    left = photograph[0] + 48
    inner = width - MARGIN - left
    picture = _paper(facts, size, photograph)
    pen = ImageDraw.Draw(picture)
    story: list[Block] = [
        parts.fitted(facts.title, "serif", INK, inner, TITLE_OF_CARD),
        Space(14),
        *parts.price(facts, inner, 50),
    ]
    foot = [*parts.progress(facts, inner, 30), Space(34), *parts.imprint(facts, inner, 26)]
    parts.draw_tags(pen, facts, TAB, photograph[0] - TAB[0])
    stack(pen, story, left, MARGIN - 16)
    stack(pen, foot, left, height - 40 - height_of(foot))
    return picture


def _paper(facts: PosterFacts, size: tuple[int, int], photograph: tuple[int, int]) -> Image.Image:
    picture = Image.new("RGB", size, PAPER)
    picture.paste(draw_photograph(facts.photograph, photograph), (0, 0))
    return picture


def _foot(picture: Image.Image, facts: PosterFacts, top: int) -> None:
    pen = ImageDraw.Draw(picture)
    left = picture.width - MARGIN - SIDE
    picture.paste(draw_qr(facts.link), (left, top))
    inner = left - _COLUMN_GAP - MARGIN
    signature = parts.signature(facts, inner, 28)
    end = top + SIDE - height_of(signature)
    heading: list[Block] = []
    if facts.invitation:
        steps = ((44, 1), (38, 1), (32, 2))
        heading = [parts.fitted(facts.invitation, "serif", INK, inner, steps), Space(4)]
    room = end - top - height_of(heading) - 12
    texts = (words.scanning(facts), facts.refund)
    stack(pen, [*heading, *parts.notes(texts, inner, room)], MARGIN, top)
    stack(pen, signature, MARGIN, end)

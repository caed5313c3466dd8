"""Share pictures, drawn from facts alone: the same facts give the same bytes.

    image = draw_poster(facts, "tall")
    content = encode(image, "jpeg")

Nothing here reads the database, the request or the clock.
"""

from __future__ import annotations

from typing import Literal

from PIL import Image

from app.community.posters import layouts
from app.community.posters.encoding import encode
from app.community.posters.facts import PosterFacts
from app.platform.i18n import speaking

__all__ = ["PosterFacts", "draw_card", "draw_poster", "draw_small", "encode"]

TALL = (1080, 1620)
SQUARE = (1080, 1080)
SMALL = (750, 1000)
CARD = (1200, 630)


def draw_poster(facts: PosterFacts, shape: Literal["tall", "square"] = "tall") -> Image.Image:
    """With QR code, for a chat (1080 by 1620) or a timeline (1080 by 1080)."""
    with speaking(facts.locale):
        if shape == "square":
            return layouts.square(facts, SQUARE)
        return layouts.tall(facts, TALL)


def draw_small(facts: PosterFacts) -> Image.Image:
    """With QR code, for whom the tall one is too much: 750 by 1000."""
    width = TALL[0]
    with speaking(facts.locale):
        large = layouts.tall(facts, (width, width * SMALL[1] // SMALL[0]))
    return large.resize(SMALL, Image.Resampling.LANCZOS)


def draw_card(facts: PosterFacts) -> Image.Image:
    """For previews of the link (Open Graph), 1200 by 630, without QR code."""
    with speaking(facts.locale):
        return layouts.card(facts, CARD)

"""The house's light colours, as `static/css/src/tokens.css` has them; a poster is never dark."""

from __future__ import annotations

from typing import Final

PAPER: Final = "#FAF6EE"
SURFACE: Final = "#FFFDF8"
SUNKEN: Final = "#F1EADC"
INK: Final = "#1F1B16"
INK_2: Final = "#5A5146"
INK_3: Final = "#6B6154"
LINE: Final = "#DDD2BF"
EDGE: Final = "#8C806E"
ACCENT: Final = "#9C3B1B"
ON_ACCENT: Final = "#FFFDF8"
WHITE: Final = "#FFFFFF"

"""The link as a square that phones read."""

from __future__ import annotations

import segno
from PIL import Image

from app.community.posters.palette import INK, WHITE

SIDE = 330
QUIET = 4


def draw_qr(link: str) -> Image.Image:
    """Ink on pure white, error level M or better, whole pixels per module, 330 pixels square."""
    code = segno.make_qr(link, error="m")
    rows = [bytes(row) for row in code.matrix_iter(border=QUIET)]
    modules = len(rows)
    small = Image.new("RGB", (modules, modules), WHITE)
    small.paste(INK, mask=Image.frombytes("L", small.size, b"".join(rows)).point([0] + [255] * 255))
    side = modules * max(1, SIDE // modules)
    panel = Image.new("RGB", (SIDE, SIDE), WHITE)
    margin = (SIDE - side) // 2
    panel.paste(small.resize((side, side), Image.Resampling.NEAREST), (margin, margin))
    return panel

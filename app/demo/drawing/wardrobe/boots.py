"""A pair of laced boots seen from the side."""

from collections.abc import Callable
from random import Random

from app.demo.drawing.geometry import Knot, Line, parallel, smooth
from app.demo.drawing.palette import BRASS
from app.demo.drawing.parts import Bar, Drawing, Fold, Part, Sewn, Stud

SIDE: tuple[Knot, ...] = (
    (176, 0, 1), (300, -14), (404, 6, 1), (414, 120), (448, 238), (560, 322), (660, 372),
    (716, 436), (716, 494, 1), (440, 500), (166, 500, 1), (150, 430), (178, 300), (196, 200),
)  # fmt: skip


def boots(drawing: Drawing, dice: Random, *, back: bool) -> None:
    for dx, dy in ((60, -230), (0, 0)):
        _boot(drawing, (170 + dx, 560 + dy), dice, flipped=back)
    for name, at in (
        ("toe", (820, 960)),
        ("front", (560, 700)),
        ("edge", (360, 1080)),
        ("collar", (480, 600)),
    ):
        drawing.place(name, (1080 - at[0] if back else at[0], at[1]))


def _boot(drawing: Drawing, at: tuple[float, float], _dice: Random, *, flipped: bool) -> None:
    def to(*knots: Knot) -> list[Knot]:
        placed: list[Knot] = []
        for x, y, *rest in knots:
            px, py = at[0] + x * 1.02, at[1] + y * 1.02
            placed.append((1080 - px if flipped else px, py, *rest))
        return placed

    def line(*knots: Knot) -> Line:
        return smooth(to(*knots), closed=False)

    sole = smooth(
        to(
            (140, 486, 1),
            (440, 492),
            (726, 474, 1),
            (736, 510),
            (700, 548, 1),
            (420, 556),
            (150, 562, 1),
        )
    )
    folds = [
        Fold(line((430, 230), (330, 280 + i * 26), (220, 270 + i * 30)), 22, d)
        for i, d in enumerate((-0.7, 0.6, -0.6, 0.5))
    ]
    folds += [
        Fold(line((560, 330), (520, 390), (500, 450)), 20, -0.5),
        Fold(line((600, 350), (640, 400), (690, 420)), 60, 0.8),
    ]
    folds.append(Fold(line((250, 20), (262, 120), (250, 220)), 60, 0.7))
    drawing.add(
        Part(
            smooth(to((210, -6, 1), (300, -40), (396, -6, 1), (300, 20))), "dark", puff=5, lift=0.0
        )
    )
    tongue = smooth(to((340, -60), (420, -50), (440, 40), (446, 200), (410, 200), (380, 20)))
    drawing.add(Part(tongue, tone=-0.12, puff=10, lift=0.3))
    drawing.add(Part(smooth(to(*SIDE)), puff=26, lift=0.5, crease=0.8, folds=tuple(folds)))
    quarter = smooth(
        to(
            (176, 0, 1),
            (300, -14),
            (404, 6, 1),
            (414, 120),
            (446, 236, 1),
            (470, 300),
            (430, 400),
            (420, 494, 1),
            (166, 500, 1),
            (150, 430),
            (178, 300),
            (196, 200),
        )
    )
    edge = line((404, 6), (414, 120), (446, 236), (470, 300), (430, 400), (420, 494))
    counter = line((186, 240), (300, 300), (330, 400), (322, 496))
    drawing.add(
        Part(
            quarter,
            puff=14,
            lift=0.5,
            crease=0.8,
            folds=tuple(folds[:4]),
            sewn=(
                Sewn(parallel(edge, 8 if not flipped else -8), "double"),
                Sewn(counter, "double"),
                Sewn(line((182, 22), (300, 8), (400, 26)), "thread"),
            ),
        )
    )
    loop = smooth(to((172, -34, 1), (190, -34, 1), (194, 60, 1), (176, 60, 1)))
    drawing.add(Part(loop, "sole", puff=5, lift=0.4))
    _lacing(drawing, to)
    drawing.add(
        Part(
            sole,
            "rubber",
            puff=9,
            lift=0.4,
            crease=0.1,
            sewn=(Sewn(line((146, 504), (440, 510), (726, 492)), "thread"),),
        )
    )


def _lacing(drawing: Drawing, to: Callable[..., list[Knot]]) -> None:
    points = [(388 + i * (3 if i < 5 else 9), 16 + i * 27) for i in range(9)]
    for index, (x, y) in enumerate(points):
        (sx, sy, *_) = to((x, y))[0]
        (ex, ey, *_) = to((x + 46, y - 4))[0]
        drawing.add(
            Stud((sx, sy), 8 if index < 4 else 7, "rivet" if index < 4 else "eyelet", BRASS)
        )
        drawing.add(
            Bar([(sx, sy), ((sx + ex) / 2, (sy + ey) / 2 - 4), (ex, ey)], 9, "lace", (92, 66, 44))
        )
    bow = [
        to(k)[0]
        for k in ((404, 4), (460, -40), (520, -10), (470, 26), (412, 10), (480, 60), (500, 110))
    ]
    drawing.add(Bar(smooth([(x, y) for x, y, *_ in bow], closed=False), 8, "lace", (92, 66, 44)))

"""The mending roll, open with its tools, or tied."""

from app.demo.drawing.garment import Shade
from app.demo.drawing.geometry import box, ellipse, smooth
from app.demo.drawing.palette import BRASS, SHADES, STEEL
from app.demo.drawing.parts import Bar, Drawing, Item, Part, Sewn, Stud
from app.demo.drawing.wardrobe.collars import edge_thread
from app.demo.drawing.wardrobe.torso import bent


def opened() -> Drawing:
    drawing = Drawing()
    sheet = smooth(
        [
            (150, 300, 1),
            (540, 292),
            (930, 302, 1),
            (936, 660),
            (926, 1056, 1),
            (540, 1064),
            (154, 1052, 1),
            (146, 660),
        ]
    )
    drawing.add(Part(sheet, puff=12, lift=0.4, crease=1.2, sewn=edge_thread(sheet, 12)))
    items: list[Item] = [*_scissors((300, 470)), *_spools(), *_needles(), *_comb()]
    drawing.add(*items)
    pocket = smooth(
        [(164, 720, 1), (540, 728), (916, 720, 1), (914, 1044, 1), (540, 1052), (166, 1042, 1)]
    )
    rows = [Sewn([(164, 742), (540, 750), (916, 742)], "thread")] + [
        Sewn([(x, 722), (x, 1046)], "double") for x in (410, 640, 780)
    ]
    drawing.add(Part(pocket, tone=0.05, puff=9, lift=0.55, crease=1.0, sewn=tuple(rows)))
    soap = smooth([(190, 860, 1), (372, 852, 1), (378, 986, 1), (196, 992, 1)])
    drawing.add(
        Part(
            soap,
            "paper",
            puff=10,
            lift=0.5,
            crease=0.2,
            sewn=(Sewn([(214, 900), (354, 894)], "ink"), Sewn([(240, 926), (330, 922)], "ink")),
        )
    )
    tie = smooth([(930, 640), (1000, 660), (1010, 760), (960, 880), (1000, 980)], closed=False)
    drawing.add(Bar(tie, 16, "lace", SHADES["tobacco"]))
    drawing.place("front", (520, 640))
    drawing.place("collar", (480, 640))
    drawing.place("front", (480, 640))
    return drawing


def _scissors(at: tuple[float, float]) -> list[Item]:
    x, y = at
    items: list[Item] = []
    for side in (-1, 1):
        blade = smooth(
            [
                (x + side * 4, y - 100, 1),
                (x + side * 16, y + 40),
                (x + side * 8, y + 110, 1),
                (x - side * 8, y + 110, 1),
            ]
        )
        items.append(Part(blade, "steel", puff=5, lift=0.4, crease=0.0))
        ring = [(x + side * 46 + px, y + 250 + py) for px, py in ellipse(0, 0, 36, 56, steps=28)]
        items.append(Bar([*ring, ring[0]], 14, "metal", (60, 58, 58)))
        items.append(
            Bar(
                smooth(
                    [(x, y + 100), (x + side * 12, y + 150), (x + side * 34, y + 204)], closed=False
                ),
                15,
                "metal",
                (60, 58, 58),
            )
        )
    items.append(Stud((x, y + 96), 11, "rivet", STEEL))
    return items


def _spools() -> list[Item]:
    items: list[Item] = []
    shades: tuple[Shade, ...] = ("brick", "indigo", "ecru", "moss")
    for index, shade in enumerate(shades):
        x = 470 + index * 52
        colour = SHADES[shade]
        items.append(Part(box(x - 22, 560, x + 22, 580, 4), "wood", puff=4, lift=0.5, crease=0.0))
        items.append(Part(box(x - 22, 690, x + 22, 710, 4), "wood", puff=4, lift=0.5, crease=0.0))
        items += [
            Bar([(x - 17, 584 + row * 8), (x + 17, 588 + row * 8)], 10, "cord", colour)
            for row in range(13)
        ]
    return items


def _needles() -> list[Item]:
    items: list[Item] = []
    for index in range(4):
        x = 706 + index * 26
        items.append(Bar([(x, 470 + index * 12), (x + 2, 780)], 6, "metal", STEEL))
        items.append(Stud((x, 476 + index * 12), 4, "eyelet", STEEL))
    items.append(
        Bar(
            smooth(
                [(706, 474), (660, 430), (700, 380), (780, 400), (820, 350), (880, 380)],
                closed=False,
            ),
            4,
            "cord",
            SHADES["brick"],
        )
    )
    return items


def _comb() -> list[Item]:
    items: list[Item] = [Part(box(826, 560, 896, 800, 8), "wood", puff=8, lift=0.5, crease=0.1)]
    items += [Bar([(812, 574 + i * 9), (834, 574 + i * 9)], 3.4, "metal", BRASS) for i in range(24)]
    return items


def tied() -> Drawing:
    drawing = Drawing()
    roll = smooth(
        [
            (380, 290, 1),
            (540, 276),
            (700, 290, 1),
            (716, 670),
            (700, 1066, 1),
            (540, 1080),
            (380, 1066, 1),
            (364, 670),
        ]
    )
    folds = (
        bent((430, 300), (424, 1060), -6, 80, 0.9),
        bent((640, 300), (646, 1060), 6, 70, -0.6),
        bent((560, 300), (566, 1060), 8, 30, 0.4),
    )
    drawing.add(Part(roll, puff=44, lift=0.4, folds=folds))
    drawing.add(
        Part(
            smooth([(604, 286, 1), (624, 282, 1), (632, 1070, 1), (610, 1074, 1)]),
            puff=8,
            lift=0.5,
            sewn=(Sewn([(610, 290), (618, 1066)], "thread"),),
        )
    )
    tie = SHADES["tobacco"]
    for y in (640, 690):
        drawing.add(Bar(smooth([(360, y), (540, y + 14), (720, y)], closed=False), 20, "lace", tie))
    drawing.add(
        Bar(
            smooth(
                [
                    (520, 664),
                    (430, 600),
                    (410, 700),
                    (520, 676),
                    (600, 590),
                    (690, 640),
                    (560, 680),
                    (600, 800),
                    (580, 900),
                ],
                closed=False,
            ),
            18,
            "lace",
            tie,
        )
    )
    drawing.add(Bar(smooth([(536, 676), (500, 790), (520, 880)], closed=False), 18, "lace", tie))
    drawing.place("front", (520, 660))
    return drawing

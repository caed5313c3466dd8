"""The inside of a garment with its woven label, size tab and care tag."""

from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.demo.drawing.cloth.dye import Dye, shaded
from app.demo.drawing.cloth.skins import leather
from app.demo.drawing.cloth.weaves import silk, weave
from app.demo.drawing.garment import Fabric, Garment
from app.demo.drawing.geometry import Knot, Line, Placement, box, smooth
from app.demo.drawing.ground import ground
from app.demo.drawing.lettering import fitted
from app.demo.drawing.noise import cloud, gain, generator, relief
from app.demo.drawing.palette import SHADES, Colour, brightness, darker, lighter
from app.demo.drawing.parts import Drawing, Fold, Part, Sewn
from app.demo.drawing.table import Table
from app.demo.drawing.wardrobe.cloths import bolts
from app.demo.drawing.wardrobe.torso import bent

SCALE = 2.6
MADE_OF: dict[Fabric, str] = {
    "denim": "HEAVY DENIM",
    "corduroy": "COTTON CORDUROY",
    "needlecord": "NEEDLECORD",
    "canvas": "STOUT CANVAS",
    "linen": "PURE LINEN",
    "twill": "COTTON TWILL",
    "wool": "ALL WOOL",
    "tweed": "HANDWOVEN TWEED",
    "herringbone": "ALL WOOL",
    "houndstooth": "ALL WOOL",
    "plaid": "COTTON FLANNEL",
    "tartan": "PURE NEW WOOL",
    "stripe": "PRESHRUNK",
    "breton": "PUR COTON",
    "floral": "EASY CARE",
    "dots": "SOIE",
    "cable": "HAND KNITTED",
    "rib": "LAMBSWOOL",
    "jersey": "KNITWEAR",
    "fairisle": "SHETLAND WOOL",
    "leather": "REAL LEATHER",
    "suede": "GENUINE SUEDE",
    "silk": "PURE SILK",
    "velvet": "COTTON VELVET",
    "straw": "HAND PLAITED",
    "quilted": "MACHINE WASHABLE",
}
LABELS: tuple[tuple[Colour, Colour], ...] = (
    ((232, 222, 198), (120, 44, 34)),
    ((36, 42, 58), (222, 208, 170)),
    ((120, 44, 38), (236, 222, 190)),
    ((228, 218, 196), (38, 50, 74)),
    ((40, 60, 50), (216, 190, 126)),
    ((38, 34, 32), (226, 216, 196)),
)


def draw_label(garment: Garment) -> Image.Image:
    """A close view of the label inside the garment."""
    dice = generator(garment.seed + 77)
    table = Table(ground(garment.backdrop), Placement(sway=garment.seed % 6 + 0.5), garment.seed)
    drawing = _inside(garment, dice)
    table.lay(drawing, bolts(garment, SCALE))
    turn = dice.uniform(-2.4, 2.4)
    if garment.kind in {"shoes", "bag"}:
        sheet = _stamped(garment)
        table.lay_sheet(sheet, (540, 640), turn)
        return table.develop()
    middle = 610 + dice.uniform(-14, 14)
    if garment.care:
        table.lay_sheet(_care_tag(dice), (744, middle + 232), turn + dice.uniform(2, 6))
    if garment.kind not in {"scarf", "socks"}:
        table.lay_sheet(
            _size_tab(garment, dice),
            (500 + dice.uniform(-20, 20), middle + 170),
            turn + dice.uniform(-3, 3),
        )
    table.lay_sheet(_woven(garment, dice), (540, middle), turn)
    return table.develop()


def _inside(garment: Garment, dice: Random) -> Drawing:
    """The inside of the back, with the outer cloth turning over the edge at the top."""
    drawing = Drawing()
    inside = (
        "lining"
        if garment.kind in {"coat", "hat", "bag", "shoes"} or garment.cut.style == "blazer"
        else "inside"
    )
    folds = [
        bent(
            (dice.uniform(60, 1020), dice.uniform(300, 500)),
            (dice.uniform(60, 1020), dice.uniform(1000, 1400)),
            dice.uniform(-60, 60),
            dice.uniform(70, 130),
            depth,
        )
        for depth in (0.5, -0.5, 0.45, -0.4)
    ]
    drawing.add(
        Part(box(-60, -60, 1140, 1410), inside, tone=-0.04, puff=4, lift=0.0, folds=tuple(folds))
    )
    edge: list[Knot] = [(-60, 250, 1), (250, 330), (540, 352), (830, 330), (1140, 250, 1)]
    lower = smooth(edge, closed=False)
    band: Line = [(-60, -60), (1140, -60), *reversed(lower)]
    row = [(x, y - 26) for x, y in lower]
    roll = Fold([(x, y - 130) for x, y in lower], 120, 0.5)
    drawing.add(
        Part(
            band,
            "main",
            puff=16,
            lift=0.7,
            folds=(roll,),
            sewn=(
                Sewn(row, "thread", width=1.7),
                Sewn([(x, y - 44) for x, y in row], "seam", width=1.4),
            ),
        )
    )
    return drawing


def _cloth_of(size: tuple[int, int], colour: Colour, seed: int) -> Image.Image:
    tile = weave(
        3,
        [colour],
        [lighter(colour, 0.1)],
        ("11110", "11011", "01111", "11101", "10111"),
        least=max(size),
    )
    shine = gain(cloud(seed, tile.size, (300, 3)), 0.12)
    return shaded(tile, shine).crop((0, 0, *size))


def _woven(garment: Garment, _dice: Random) -> Image.Image:
    """A damask label with the name, what it is made of, and four sides sewn down."""
    paper, ink = LABELS[garment.seed % len(LABELS)]
    size = (560, 226 if garment.seed % 2 else 196)
    sheet = _cloth_of(size, paper, garment.seed)
    italic = 0.22 if garment.seed % 3 == 0 else 0.0
    name = garment.label if italic else garment.label.upper()
    title = fitted(name, 78 if italic else 62, 460, spacing=0.02 if italic else 0.1, slant=italic)
    small = fitted(MADE_OF.get(garment.fabric, "WELL MADE"), 23, 380, spacing=0.26)
    words = Image.new("L", size)
    middle = size[1] // 2
    words.paste(title, ((size[0] - title.width) // 2, middle - 18 - title.height // 2))
    words.paste(small, ((size[0] - small.width) // 2, middle + 44))
    draw = ImageDraw.Draw(words)
    draw.rectangle((18, 16, size[0] - 19, size[1] - 17), outline=255, width=3)
    if garment.seed % 2:
        draw.rectangle((26, 24, size[0] - 27, size[1] - 25), outline=255, width=1)
        for x in (48, size[0] - 48):
            _sprig(draw, x, middle)
    _embroider(sheet, words, ink, garment.seed)
    _sewn_down(sheet, ink if brightness(paper) < 0.5 else darker(paper, 0.45))
    return sheet


def _sprig(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.line([(x, y - 40), (x, y + 40)], fill=255, width=2)
    for step in range(-2, 3):
        for side in (-1, 1):
            top = y + step * 15
            draw.line([(x, top), (x + side * 11, top - 11)], fill=255, width=3)


def _embroider(sheet: Image.Image, words: Image.Image, ink: Colour, seed: int) -> None:
    """Lay the words in raised thread."""
    threads = silk(Dye(ink, ink, 1.0, seed)).resize(sheet.size)
    ragged = ImageChops.multiply(words, gain(cloud(seed + 3, words.size, (5, 2)), 0.5, 108))
    sheet.paste(threads, (0, 0), ragged)
    lit = gain(relief(words.filter(ImageFilter.GaussianBlur(1.4)), 1, 3.0), 0.9)
    sheet.paste(shaded(sheet, lit))


def _sewn_down(sheet: Image.Image, thread: Colour) -> None:
    draw = ImageDraw.Draw(sheet)
    for left, right in ((8, 8), (sheet.width - 9, sheet.width - 9)):
        for y in range(8, sheet.height - 8, 15):
            draw.line([(left, y), (right, y + 10)], fill=thread, width=3)
    for y in (7, sheet.height - 8):
        for x in range(14, sheet.width - 14, 17):
            draw.line([(x, y), (x + 11, y)], fill=thread, width=3)


def _size_tab(garment: Garment, dice: Random) -> Image.Image:
    """A small folded tab with a size on it."""
    paper, ink = LABELS[garment.seed % len(LABELS)]
    sizes = {
        "knit": ("38", "40", "M"),
        "trousers": ("30", "32", "34"),
        "jeans": ("31", "32"),
        "dress": ("36", "38", "40"),
        "hat": ("57", "58"),
    }
    text = dice.choice(sizes.get(garment.kind, ("38", "40", "42", "M", "L")))
    sheet = _cloth_of((96, 84), paper, garment.seed + 1)
    words = Image.new("L", sheet.size)
    mask = fitted(text, 36, 70, spacing=0.04)
    words.paste(mask, ((96 - mask.width) // 2, 34))
    _embroider(sheet, words, ink, garment.seed)
    return sheet


def _care_tag(_dice: Random) -> Image.Image:
    """A satin tag with five washing symbols and three lines of small print."""
    size = (236, 330)
    sheet = (
        silk(Dye((238, 234, 224), (238, 234, 224), 2.0, 5)).resize((360, 360)).crop((0, 0, *size))
    )
    fine = Image.new("L", (size[0] * 2, size[1] * 2))
    draw = ImageDraw.Draw(fine)
    for index, symbol in enumerate((_tub, _triangle, _square, _iron, _circle)):
        x, y = 70 + index % 3 * 118, 270 + index // 3 * 118
        symbol(draw, x, y)
    for y, long in ((470, 330), (506, 290), (542, 310), (578, 200)):
        draw.line([(72, y), (72 + long, y)], fill=130, width=9)
    sheet.paste((70, 66, 64), (0, 0), fine.reduce(2))
    return sheet


def _tub(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.line(
        [(x, y), (x + 14, y + 62), (x + 76, y + 62), (x + 90, y)], fill=255, width=7, joint="curve"
    )
    draw.line(
        [(x + 4, y + 12), (x + 26, y + 20), (x + 46, y + 12), (x + 66, y + 20), (x + 86, y + 12)],
        fill=255,
        width=6,
        joint="curve",
    )


def _triangle(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.line(
        [(x + 45, y - 8), (x + 90, y + 64), (x, y + 64), (x + 45, y - 8)],
        fill=255,
        width=7,
        joint="curve",
    )
    draw.line([(x + 4, y - 4), (x + 86, y + 68)], fill=255, width=6)
    draw.line([(x + 86, y - 4), (x + 4, y + 68)], fill=255, width=6)


def _square(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.rectangle((x, y - 8, x + 84, y + 66), outline=255, width=7)
    draw.ellipse((x + 14, y + 2, x + 70, y + 58), outline=255, width=6)


def _iron(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.line(
        [(x, y + 60), (x + 20, y + 24), (x + 76, y + 24), (x + 92, y + 60), (x, y + 60)],
        fill=255,
        width=7,
        joint="curve",
    )
    draw.line(
        [(x + 24, y + 2), (x + 74, y + 2), (x + 80, y + 24)], fill=255, width=7, joint="curve"
    )
    draw.ellipse((x + 44, y + 38, x + 54, y + 48), fill=255)


def _circle(draw: ImageDraw.ImageDraw, x: int, y: int) -> None:
    draw.ellipse((x + 6, y - 8, x + 82, y + 68), outline=255, width=7)
    mask = fitted("P", 44, 50)
    draw.bitmap((x + 44 - mask.width // 2, y + 30 - mask.height // 2), mask, fill=255)


def _stamped(garment: Garment) -> Image.Image:
    """A leather patch or sock with the name pressed in gilt."""
    base = SHADES["tobacco"] if garment.kind == "bag" else (164, 126, 88)
    size = (560, 300)
    dye = Dye(base, base, SCALE, garment.seed % 7)
    sheet = leather(dye).resize((800, 800)).crop((0, 0, *size))
    words = Image.new("L", size)
    title = fitted(garment.label.upper(), 58, 440, spacing=0.12)
    small = fitted(MADE_OF.get(garment.fabric, "WELL MADE"), 22, 360, spacing=0.3)
    words.paste(title, ((size[0] - title.width) // 2, 118 - title.height // 2))
    words.paste(small, ((size[0] - small.width) // 2, 186))
    draw = ImageDraw.Draw(words)
    draw.line([(200, 158), (360, 158)], fill=255, width=3)
    worn = ImageChops.multiply(words, gain(cloud(garment.seed, size, (9, 9)), 0.9, 76))
    sheet.paste((206, 168, 98), (0, 0), worn)
    lit = gain(relief(ImageChops.invert(words).filter(ImageFilter.GaussianBlur(1.6)), 2, 2.6), 1.0)
    sheet = shaded(sheet, lit)
    _sewn_down(sheet, (226, 208, 172))
    return sheet

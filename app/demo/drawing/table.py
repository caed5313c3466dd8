"""The photographer's table: parts are laid down one after the other and lit together."""

from collections.abc import Mapping

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from app.demo.drawing.cloth.stuff import STUFFS, Bolt, cloth
from app.demo.drawing.geometry import Line, Placement
from app.demo.drawing.ground import window_light
from app.demo.drawing.hardware import band, sprite
from app.demo.drawing.lighting import creased, folded, rounded, shaded_beneath, softened
from app.demo.drawing.noise import wrinkles
from app.demo.drawing.palette import brightness, lighter
from app.demo.drawing.parts import Bar, Drawing, Part, Stud
from app.demo.drawing.sewing import sew

Box = tuple[int, int, int, int]


class Table:
    """Lay drawings on a backdrop, then `develop` the photograph."""

    def __init__(self, backdrop: Image.Image, placement: Placement | None = None, seed: int = 0):
        self.backdrop = backdrop
        self.placement = placement or Placement()
        self.seed = seed
        self.colour = Image.new("RGB", backdrop.size)
        self.cover = Image.new("L", backdrop.size)
        self.half = (backdrop.width // 2, backdrop.height // 2)
        self.shade = Image.new("L", self.half, 128)
        self.bolts: Mapping[str, Bolt] = {}
        self._creases: dict[float, Image.Image] = {}

    def lay(self, drawing: Drawing, bolts: Mapping[str, Bolt]) -> None:
        """Lay all items of a drawing, cut from the given cloths."""
        self.bolts = bolts
        for item in drawing.items:
            if isinstance(item, Part):
                self._lay_part(item)
            elif isinstance(item, Stud):
                self._lay_stud(item)
            else:
                self._lay_bar(item)
        for fade in drawing.fades:
            self._bleach(fade)

    def lay_sheet(self, sheet: Image.Image, at: tuple[float, float], angle: float) -> None:
        """Lay a ready-made flat thing, such as a label, its middle at a picture point."""
        turned_sheet = sheet.convert("RGBA").rotate(-angle, Image.Resampling.BICUBIC, expand=True)
        left = round(at[0] - turned_sheet.width / 2) // 2 * 2
        top = round(at[1] - turned_sheet.height / 2) // 2 * 2
        solid = turned_sheet.getchannel("A")
        margin = 24
        around = Image.new("L", (solid.width // 2 + margin, solid.height // 2 + margin))
        around.paste(solid.reduce(2), (margin // 2, margin // 2))
        x, y = left // 2 - margin // 2, top // 2 - margin // 2
        where = (x, y, x + around.width, y + around.height)
        under = self.shade.crop(where)
        self.shade.paste(shaded_beneath(under, around, 0.75, 2.0), where)
        self.colour.paste(turned_sheet, (left, top), solid)
        self.shade.paste(softened(rounded(around, 7, 1.0), 1.0, 0.6), where, around)

    def develop(self) -> Image.Image:
        """The finished picture: cloth lit from the upper left, its shadow on the backdrop."""
        picture = self._shadowed()
        box = self._covered()
        light = ImageChops.add(self.shade, window_light(self.half), 1, -128)
        half = (box[0] // 2, box[1] // 2, box[2] // 2, box[3] // 2)
        size = (box[2] - box[0], box[3] - box[1])
        full = light.resize(size, Image.Resampling.BILINEAR, box=half)
        lit = ImageChops.hard_light(self.colour.crop(box), _tinted(full))
        picture.paste(lit, box, self.cover.crop(box))
        return picture

    def _covered(self) -> Box:
        left, top, right, bottom = self.cover.getbbox() or (0, 0, *self.cover.size)
        return left // 2 * 2, top // 2 * 2, -(-right // 2) * 2, -(-bottom // 2) * 2

    def _shadowed(self) -> Image.Image:
        small = self.cover.reduce(4)
        scale = self.placement.scale
        wide = _cast(small, (round(5 * scale), round(8 * scale)), 9 * min(scale, 1.6), 0.34)
        near = _cast(small, (round(1.6 * scale), round(2.4 * scale)), 1.8 * scale, 0.42)
        dark = ImageChops.multiply(wide, near).resize(self.cover.size, Image.Resampling.BILINEAR)
        return ImageChops.multiply(self.backdrop, _warm(dark))

    def _box(self, line: Line, margin: float) -> Box | None:
        width, height = self.colour.size
        left = max(0, int(min(x for x, _ in line) - margin) // 4 * 4)
        top = max(0, int(min(y for _, y in line) - margin) // 4 * 4)
        right = min(width, (int(max(x for x, _ in line) + margin) // 4 + 1) * 4)
        bottom = min(height, (int(max(y for _, y in line) + margin) // 4 + 1) * 4)
        if right - left < 8 or bottom - top < 8:
            return None
        return left, top, right, bottom - (bottom - top) % 2

    def _lay_part(self, part: Part) -> None:
        outline = self.placement.line(part.outline)
        box = self._box(outline, (part.puff + 12) * self.placement.scale)
        if box is None:
            return
        mask = polygon(outline, box)
        bolt = self.bolts[part.cloth]
        texture = self._cut(part, bolt, box)
        sew(texture, part.sewn, bolt, self.placement, box)
        self.colour.paste(texture, box, mask)
        self.cover.paste(255, box, mask)
        self._light(part, bolt, box, mask.reduce(2))

    def _light(self, part: Part, bolt: Bolt, box: Box, half: Image.Image) -> None:
        scale, stuff = self.placement.scale, STUFFS[bolt.fabric]
        where = (box[0] // 2, box[1] // 2, box[0] // 2 + half.width, box[1] // 2 + half.height)
        if part.lift:
            under = self.shade.crop(where)
            self.shade.paste(shaded_beneath(under, half, part.lift, scale), where)
        lit = rounded(half, part.puff * stuff.loft * scale, stuff.shine)
        lit = folded(lit, part, self.placement, box)
        if part.crease:
            field = self._crease_field(stuff.crease * part.crease).crop(where)
            lit = ImageChops.add(lit, field, 1, -128)
        self.shade.paste(softened(lit, stuff.shine, brightness(bolt.dye.base)), where, half)

    def _crease_field(self, strength: float) -> Image.Image:
        if strength not in self._creases:
            field = wrinkles(self.seed % 5, self.half)
            self._creases[strength] = creased(field, strength, self.placement.scale)
        return self._creases[strength]

    def _cut(self, part: Part, bolt: Bolt, box: Box) -> Image.Image:
        tile = cloth(bolt.fabric, bolt.dye)
        anchor = self.placement.point((0, 0))
        turn = part.grain + self.placement.angle
        texture = (
            tiled(tile, box, anchor)
            if not turn
            else turned(tile, box, outline_start(part, self.placement), turn)
        )
        if part.tone:
            factor = 1 + part.tone
            texture = texture.point([min(255, round(v * factor)) for v in range(256)] * 3)
        return texture

    def _lay_stud(self, item: Stud) -> None:
        image = sprite(item, self.placement.scale)
        x, y = self.placement.point(item.at)
        left, top = round(x - image.width / 2), round(y - image.height / 2)
        if (
            left < -image.width
            or top < -image.height
            or left > self.colour.width
            or top > self.colour.height
        ):
            return
        self.colour.paste(image, (left, top), image)
        solid = image.getchannel("A").point([255 if v > 200 else 0 for v in range(256)])
        self.cover.paste(255, (left, top), solid)
        small = solid.reduce(2)
        self.shade.paste(136, (left // 2, top // 2), small)

    def _lay_bar(self, item: Bar) -> None:
        line = self.placement.line(item.line)
        width = item.width * self.placement.scale
        box = self._box(line, width + 12)
        if box is None:
            return
        image = band(item, line, width, box)
        solid = image.getchannel("A")
        half = solid.reduce(2)
        where = (box[0] // 2, box[1] // 2, box[0] // 2 + half.width, box[1] // 2 + half.height)
        under = self.shade.crop(where)
        if item.lift:
            reach = self.placement.scale * 0.7
            self.shade.paste(shaded_beneath(under, half, item.lift, reach), where)
        self.colour.paste(image, box, solid)
        self.cover.paste(255, box, solid)
        self.shade.paste(132, where, half)

    def _bleach(self, fade: tuple[float, float, float, float, float]) -> None:
        x, y, rx, ry, strength = fade
        scale = self.placement.scale
        at = self.placement.point((x, y))
        margin_x, margin_y = rx * scale * 1.6, ry * scale * 1.6
        ends: Line = [(at[0] - margin_x, at[1] - margin_y), (at[0] + margin_x, at[1] + margin_y)]
        box = self._box(ends, 0)
        if box is None:
            return
        mask = glow(at, (rx * scale, ry * scale), box, strength)
        mask = ImageChops.multiply(mask, self.cover.crop(box))
        bolt = self.bolts["main"]
        pale = Image.new("RGB", mask.size, lighter(bolt.dye.base, 0.6))
        region = self.colour.crop(box)
        washed = ImageChops.screen(region, pale.point([v // 2 for v in range(256)] * 3))
        self.colour.paste(washed, box, mask)


def outline_start(part: Part, placement: Placement) -> tuple[float, float]:
    """The point about which a part's weave is turned."""
    return placement.point(part.outline[0])


def polygon(outline: Line, box: Box) -> Image.Image:
    """The outline as a mask with soft edges, cropped to the box."""
    left, top, right, bottom = box
    big = Image.new("L", ((right - left) * 2, (bottom - top) * 2))
    ImageDraw.Draw(big).polygon([((x - left) * 2, (y - top) * 2) for x, y in outline], fill=255)
    return big.reduce(2)


def glow(
    at: tuple[float, float], radii: tuple[float, float], box: Box, strength: float
) -> Image.Image:
    """A soft ellipse as a mask, its middle at `strength` (0 to 1)."""
    left, top, right, bottom = box
    small = Image.new("L", (max(2, (right - left) // 8), max(2, (bottom - top) // 8)))
    x, y = (at[0] - left) / 8, (at[1] - top) / 8
    rx, ry = radii[0] / 8, radii[1] / 8
    ImageDraw.Draw(small).ellipse((x - rx, y - ry, x + rx, y + ry), fill=round(255 * strength))
    soft = small.filter(ImageFilter.GaussianBlur(min(rx, ry) * 0.45))
    return soft.resize((right - left, bottom - top), Image.Resampling.BICUBIC)


def tiled(tile: Image.Image, box: Box, anchor: tuple[float, float]) -> Image.Image:
    """The tile repeated over the box, starting from the anchor so that patterns meet."""
    left, top, right, bottom = box
    whole = Image.new("RGB", (right - left, bottom - top))
    start_x = (round(anchor[0]) - left) % tile.width - tile.width
    start_y = (round(anchor[1]) - top) % tile.height - tile.height
    for x in range(start_x, whole.width, tile.width):
        for y in range(start_y, whole.height, tile.height):
            whole.paste(tile, (x, y))
    return whole


def turned(tile: Image.Image, box: Box, pivot: tuple[float, float], angle: float) -> Image.Image:
    """The tile repeated over the box and turned about the pivot by an angle in degrees."""
    left, top, right, bottom = box
    turn = Placement(angle=-angle, focus=pivot, centre=pivot)
    corners = [turn.point((x, y)) for x in (left, right) for y in (top, bottom)]
    low_x, low_y = min(x for x, _ in corners) - 2, min(y for _, y in corners) - 2
    high_x, high_y = max(x for x, _ in corners) + 2, max(y for _, y in corners) + 2
    flat = tiled(tile, (int(low_x), int(low_y), int(high_x) + 1, int(high_y) + 1), (0, 0))
    origin, right_end, down_end = (
        turn.point((left, top)),
        turn.point((left + 1, top)),
        turn.point((left, top + 1)),
    )
    matrix = (
        right_end[0] - origin[0],
        down_end[0] - origin[0],
        origin[0] - int(low_x),
        right_end[1] - origin[1],
        down_end[1] - origin[1],
        origin[1] - int(low_y),
    )
    size = (right - left, bottom - top)
    return flat.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)


def _cast(small: Image.Image, offset: tuple[int, int], blur: float, strength: float) -> Image.Image:
    moved = Image.new("L", small.size)
    moved.paste(small, offset)
    soft = moved.filter(ImageFilter.GaussianBlur(blur))
    return soft.point([round(255 - v * strength) for v in range(256)])


def _warm(dark: Image.Image) -> Image.Image:
    bands = (
        dark.point([round(255 - (255 - v) * share) for v in range(256)])
        for share in (0.94, 1.0, 1.04)
    )
    return Image.merge("RGB", tuple(bands))


def _tinted(light: Image.Image) -> Image.Image:
    bands = (
        light.point(
            [
                min(255, max(0, round(128 + (v - 128) * (up if v > 128 else down))))
                for v in range(256)
            ]
        )
        for up, down in ((1.04, 0.96), (1.0, 1.0), (0.9, 1.02))
    )
    return Image.merge("RGB", tuple(bands))

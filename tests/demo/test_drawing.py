"""The demo shop's pictures: the same every time, the right size, and never empty."""

import pytest
from PIL import Image, ImageChops, ImageStat

from app.demo.copy.catalogue import PIECES, PRODUCTS
from app.demo.copy.shop import COLLECTIONS
from app.demo.copy.types import Piece, Product
from app.demo.drawing.cloth.dye import Dye
from app.demo.drawing.cloth.stuff import STUFFS, cloth
from app.demo.drawing.composition import COVERS, draw_collection_cover, draw_hero
from app.demo.drawing.garment import (
    FABRICS,
    KINDS,
    VIEWS,
    Backdrop,
    Cut,
    Fabric,
    Flaw,
    Garment,
    Kind,
    Mark,
    Place,
    View,
)
from app.demo.drawing.ground import ground
from app.demo.drawing.palette import BACKDROPS, SHADES
from app.demo.drawing.photograph import draw
from app.demo.drawing.wardrobe.patterns import PATTERNS
from tests.soaking import rarely

SIZE = (1080, 1350)
FLAWS: dict[Flaw, Place] = {
    "stain": "front",
    "darn": "elbow",
    "hole": "shoulder",
    "fray": "cuff",
    "fade": "back",
    "scuff": "pocket",
    "missing": "button",
    "patch": "elbow",
    "pull": "front",
    "pilling": "front",
    "tear": "hem",
    "crack": "collar",
}
EVERYTHING: tuple[Piece | Product, ...] = (*PIECES, *PRODUCTS)
EVERY_PICTURE = tuple(picture for item in EVERYTHING for picture in item.pictures)


def garment(kind: Kind, **changes: object) -> Garment:
    look: dict[str, object] = {"fabric": "twill", "colour": "indigo", "backdrop": "oat", "seed": 7}
    return Garment(kind=kind, label="Test Mill", **{**look, **changes})  # type: ignore[arg-type]


def liveliness(image: Image.Image) -> float:
    """How far the greys of a picture spread."""
    return ImageStat.Stat(image.convert("L")).stddev[0]


def difference(one: Image.Image, other: Image.Image) -> float:
    """The mean difference of two pictures, shrunk so that grain does not count."""
    small = [image.convert("L").resize((54, 68)).tobytes() for image in (one, other)]
    total: int = sum(abs(a - b) for a, b in zip(*small, strict=True))
    return total / len(small[0])


PAIRS = [
    (kind, view) if view != VIEWS[0] or n % len(VIEWS) == 0 else rarely(kind, view)
    for n, kind in enumerate(KINDS)
    for view in dict.fromkeys((VIEWS[0], VIEWS[n % len(VIEWS)]))
]
"""Every kind, every view of some kind, in long runs every kind from the front as well; each picture
takes a third of a second.
"""


@pytest.mark.parametrize(("kind", "view"), PAIRS)
def test_every_kind_and_every_view_is_drawn(kind: Kind, view: View):
    image = draw(garment(kind, mark=Mark("stain", "front")), view)

    assert image.size == SIZE
    assert image.mode == "RGB"
    assert liveliness(image) > 6
    assert difference(image, ground("oat")) > 3


@pytest.mark.parametrize("view", ["front", "fault"])
def test_the_same_garment_gives_the_same_pixels(view: View):
    subject = garment("jacket", wear=0.5, mark=Mark("fray", "cuff"), care=True)

    assert draw(subject, view).tobytes() == draw(subject, view).tobytes()


def test_pixels_do_not_depend_on_what_was_drawn_before():
    subject = garment("shirt", fabric="plaid", colour="rust")
    alone = draw(subject, "front").tobytes()
    cloth.cache_clear()
    ground.cache_clear()
    draw(garment("coat", fabric="tweed"), "back")

    assert draw(subject, "front").tobytes() == alone


def test_another_seed_lays_it_differently():
    one, other = (draw(garment("dress", seed=seed), "front") for seed in (1, 2))

    assert one.tobytes() != other.tobytes()


_drawn: set[bytes] = set()


@pytest.mark.parametrize(("flaw", "place"), list(FLAWS.items()))
def test_a_flaw_can_be_seen(flaw: Flaw, place: Place):
    marked = draw(garment("jacket", mark=Mark(flaw, place)), "fault")

    assert marked.size == SIZE
    assert marked.tobytes() not in _drawn
    _drawn.add(marked.tobytes())


def test_the_pin_is_amber_and_carries_its_number():
    first, second = (
        draw(garment("jacket", mark=Mark("stain", "front", n)), "fault") for n in (1, 2)
    )
    red, green, blue = first.getpixel((490 + 168 - 26, 700 - 150))  # type: ignore[misc]

    assert red > 170 > green > 100 > blue
    assert first.tobytes() != second.tobytes()


@pytest.mark.parametrize("fabric", FABRICS)
@pytest.mark.parametrize("scale", [1.0, 2.6])
def test_every_fabric_is_woven_seamlessly(fabric: Fabric, scale: float):
    tile = cloth(fabric, Dye(SHADES["brick"], SHADES["cream"], scale, 3))
    seam, *steps = _steps(tile)

    assert tile.mode == "RGB"
    assert min(tile.size) >= 64
    assert liveliness(tile) > 0.5
    assert seam <= max(steps) * 1.3 + 2


def _steps(tile: Image.Image) -> bytes:
    """The mean change of grey from each column to the one before; the first crosses the edge."""
    grey = tile.convert("L")
    change = ImageChops.difference(grey, ImageChops.offset(grey, 1, 0))
    return change.resize((grey.width, 1), Image.Resampling.BOX).tobytes()


def test_there_is_a_tile_a_pattern_and_a_backdrop_for_everything_named():
    assert set(STUFFS) == set(FABRICS)
    assert set(PATTERNS) == set(KINDS)
    assert all(ground(backdrop).size == SIZE for backdrop in BACKDROPS)


@pytest.mark.parametrize("backdrop", list(BACKDROPS))
def test_backdrops_stay_near_their_colour(backdrop: Backdrop):
    mean = ImageStat.Stat(ground(backdrop)).mean

    assert all(abs(a - b) < 22 for a, b in zip(mean, BACKDROPS[backdrop], strict=True))


def test_the_hero_and_the_covers_show_several_things():
    hero = draw_hero(1)

    assert hero.size == SIZE
    assert hero.tobytes() == draw_hero(1).tobytes()
    assert set(COVERS) == {collection.slug for collection in COLLECTIONS}
    assert all(liveliness(draw_collection_cover(slug)) > 20 for slug in COVERS)


def test_no_two_fronts_in_the_shop_are_alike():
    fronts = {picture.garment for picture in EVERY_PICTURE if picture.view == "front"}

    assert len({(g.kind, g.fabric, g.colour, g.cut) for g in fronts}) == len(fronts)


def test_cuts_name_styles_and_trims_that_exist():
    for picture in EVERY_PICTURE:
        assert picture.garment.cut.trim in {"", *SHADES}
        assert isinstance(picture.garment.cut, Cut)

"""Pictures of the promised size, weight and speed, whatever their facts are."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageColor, ImageDraw

from app.community.posters import draw_card, draw_poster, draw_small, encode, palette
from app.community.posters.blocks import Thread
from tests.community.posters.cast import facts, photograph_of

TOKENS = Path(__file__).parents[3] / "static/css/src/tokens.css"
SHAPES = {
    "tall": (draw_poster, (1080, 1620)),
    "square": (lambda told: draw_poster(told, "square"), (1080, 1080)),
    "small": (draw_small, (750, 1000)),
    "card": (draw_card, (1200, 630)),
}
shapes = pytest.mark.parametrize("shape", SHAPES)
locales = pytest.mark.parametrize("locale", ["en", "zh-Hans"])


def draw(shape, told):
    return SHAPES[shape][0](told)


def pixels(image, colour, box=None):
    """How many pixels of the picture have exactly that colour."""
    part = image.crop(box or (0, 0, *image.size))
    counted = part.getcolors(part.width * part.height) or []
    return sum(count for count, found in counted if found == ImageColor.getrgb(colour))


@shapes
@locales
def test_a_picture_has_its_size_on_the_houses_paper(shape, locale):
    image = draw(shape, facts(locale))

    assert image.size == SHAPES[shape][1]
    assert pixels(image, palette.PAPER) > image.width * image.height / 5


@shapes
def test_the_same_facts_give_the_same_bytes(shape):
    first, second = draw(shape, facts()), draw(shape, facts())

    assert encode(first, "png") == encode(second, "png")
    assert encode(first, "jpeg") == encode(second, "jpeg")


@shapes
def test_one_more_join_gives_another_picture(shape):
    assert draw(shape, facts()).tobytes() != draw(shape, facts(joined=84)).tobytes()


@shapes
@locales
def test_a_picture_is_drawn_within_the_second_somebody_waits(shape, locale):
    told = facts(locale, photograph=photograph_of((2400, 3000)))
    draw(shape, told)

    times = []
    for _turn in range(3):
        start = process_time()
        draw(shape, told)
        times.append(process_time() - start)

    assert min(times) < 0.8


@shapes
def test_a_jpeg_of_uneven_cloth_is_light(shape):
    content = encode(draw(shape, facts()), "jpeg")

    assert len(content) <= 200_000
    assert Image.open(BytesIO(content)).format == "JPEG"


@shapes
def test_a_photograph_may_be_a_file_and_may_be_missing(shape, tmp_path):
    path = tmp_path / "piece.jpg"
    photograph_of((900, 600)).save(path)

    assert draw(shape, facts(photograph=path)).size == SHAPES[shape][1]
    assert pixels(draw(shape, facts(photograph=None)), palette.SUNKEN) > 60_000


def test_a_transparent_photograph_lies_on_the_image_well():
    clear = Image.new("RGBA", (400, 500), (0, 0, 0, 0))

    assert pixels(draw_poster(facts(photograph=clear)), palette.SUNKEN) > 500_000


def test_a_photograph_that_is_none_is_an_error_of_the_caller(tmp_path):
    (tmp_path / "piece.jpg").write_text("not a picture")

    with pytest.raises(OSError, match="cannot identify"):
        draw_poster(facts(photograph=tmp_path / "piece.jpg"))


@pytest.mark.parametrize(("share", "sewn"), [(0, 0), (0.83, 0.83), (1, 1), (1.4, 1)])
def test_the_thread_is_sewn_as_far_as_people_have_joined(share, sewn):
    image = Image.new("RGB", (680, 24), palette.PAPER)

    Thread(680, share).draw(ImageDraw.Draw(image), 0, 0)

    stitched = pixels(image, palette.ACCENT)
    assert stitched == pytest.approx(sewn * 680 * 22 / 34 * 10, abs=22 * 10)
    assert bool(pixels(image, palette.LINE)) is (sewn < 1)


def test_the_goal_is_marked_on_the_way_to_the_cap():
    image = Image.new("RGB", (680, 24), palette.PAPER)

    Thread(680, 0.56, mark=0.5).draw(ImageDraw.Draw(image), 0, 0)

    assert pixels(image, palette.INK, (330, 0, 350, 24)) == 4 * 24


def test_a_single_piece_has_no_thread():
    one = draw_poster(facts(goal=None, cap=1, joined=0, badge="", price_note=""))
    forty = draw_poster(facts(goal=None, cap=40, joined=0, badge="", price_note=""))

    assert pixels(one, palette.LINE, (0, 900, 1080, 1225)) == 0
    assert pixels(forty, palette.LINE, (0, 900, 1080, 1225)) > 1000


def test_what_is_taken_has_an_ink_tag():
    corner = (0, 0, 540, 140)

    assert pixels(draw_poster(facts(cap=83)), palette.INK, corner) > 3000
    assert pixels(draw_poster(facts()), palette.INK, corner) < 2000


def test_tags_stay_on_the_photograph_of_a_card():
    card = draw_card(facts("en", badge="Presale, the second batch", cap=83))

    assert pixels(card, palette.PAPER, (504, 0, 552, 630)) == 48 * 630


@shapes
@given(
    texts=st.fixed_dictionaries(
        {
            name: st.text(max_size=90)
            for name in ("title", "price", "price_note", "badge", "promise", "refund")
        }
        | {name: st.text(max_size=90) for name in ("invitation", "code", "shop", "domain")}
    )
)
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_nothing_that_is_typed_can_break_a_picture(shape, texts):
    assert draw(shape, facts(photograph=None, **texts)).size == SHAPES[shape][1]


def test_the_palette_is_the_websites():
    light = TOKENS.read_text("utf-8").partition("[data-mode=dark]")[0]
    tokens = dict(re.findall(r"--s-([\w-]+):\s*(#[0-9A-F]{6})", light))
    named = {
        name.lower().replace("_", "-"): shade
        for name, shade in vars(palette).items()
        if isinstance(shade, str) and shade.startswith("#") and name != "WHITE"
    }

    assert named.items() <= tokens.items()
    assert len(named) > 8

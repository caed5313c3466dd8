"""A phone reads the poster after a chat app has made it small and coarse."""

from __future__ import annotations

from io import BytesIO

import pytest
import zxingcpp
from PIL import Image, ImageColor

from app.community.posters import draw_card, draw_poster, draw_small, encode
from app.community.posters.palette import INK, WHITE
from app.community.posters.qr import draw_qr
from tests.community.posters.cast import LINK, facts

LONG_LINK = "https://shop.a-rather-long-name-for-a-wardrobe.example/g/K7Q2XM3A?lang=zh-Hans&via=qr"


def forwarded(image: Image.Image, share: float, quality: int) -> Image.Image:
    """As it arrives after it was forwarded and shown small."""
    size = (round(image.width * share), round(image.height * share))
    file = BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(file, "JPEG", quality=quality)
    return Image.open(file)


def read(image: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(image)]


@pytest.mark.parametrize("locale", ["en", "zh-Hans"])
@pytest.mark.parametrize("link", [LINK, LONG_LINK], ids=["short", "long"])
@pytest.mark.parametrize("shape", ["tall", "square"])
def test_the_code_is_read_at_a_third_of_the_size_and_coarse(shape, link, locale):
    poster = draw_poster(facts(locale, link=link), shape)

    assert read(forwarded(poster, 0.33, 45)) == [link]


@pytest.mark.parametrize("link", [LINK, LONG_LINK], ids=["short", "long"])
def test_the_code_is_read_from_the_light_jpeg_made_small(link):
    sent = Image.open(BytesIO(encode(draw_poster(facts(link=link)), "jpeg")))

    assert read(forwarded(sent, 0.33, 45)) == [link]


def test_the_code_of_the_small_poster_is_read_at_half_its_size():
    assert read(forwarded(draw_small(facts()), 0.5, 45)) == [LINK]


def test_the_code_is_ink_on_white_in_a_quiet_zone_of_four_modules():
    panel = draw_qr(LINK)
    box = Image.eval(panel.convert("L"), lambda shade: 255 - shade).getbbox()

    assert panel.size == (330, 330)
    assert {colour for _count, colour in panel.getcolors() or []} == {
        ImageColor.getrgb(shade) for shade in (INK, WHITE)
    }
    # A code of this link is 29 modules wide, and each is 8 pixels here.
    assert box == (49, 49, 281, 281)
    assert box[0] >= 4 * 8


def test_a_card_beside_a_link_has_no_code():
    assert read(draw_card(facts())) == []

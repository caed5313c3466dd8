"""Every letter of the shop's two languages can be drawn, and none that is typed can break it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from app.platform.fonts.faces import MISSING, file_of, font, readable
from app.platform.fonts.lettering import Lettering
from app.platform.fonts.tables import coverage

ROLES = ("serif", "sans", "sans-medium")
GB2312 = "".join(
    bytes((row, cell)).decode("gb2312", errors="ignore")
    for row in range(0xB0, 0xF8)
    for cell in range(0xA1, 0xFF)
)


@pytest.mark.parametrize("role", ROLES)
def test_every_character_of_gb2312_has_its_own_face(role):
    assert len(GB2312) == 6763
    assert {ord(sign) for sign in GB2312} <= coverage(file_of(role))


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    "text",
    [
        "№ 0427 · ¥1,280.00",
        "陈喆 堃 㛃 镕",
        "陳小姐的裙子",
        "「订金」，全额退。",
        "Café — “naïve” 5½ €",
    ],
)
def test_what_shops_and_names_use_is_shown_as_it_is(role, text):
    assert readable(text, role) == text


def test_a_letter_that_no_face_has_is_a_visible_box():
    assert readable("กข 小鱼", "sans") == f"{MISSING}{MISSING} 小鱼"


@pytest.mark.parametrize(
    "name", ["小鱼🐟", "🌸小鱼", "小鱼👩‍👧", "小\u200b鱼", "小鱼\ufe0f", "小\x00鱼"]
)
def test_emoji_and_invisible_signs_are_left_out(name):
    assert readable(name, "serif") == "小鱼"


def test_line_ends_and_wide_spaces_become_one_space():
    assert readable(" 小鱼\n\t\u3000邀你 ", "sans") == "小鱼 邀你"


@given(text=st.text(max_size=40))
def test_nothing_typed_can_break_a_line(text):
    draw = ImageDraw.Draw(Image.new("RGB", (400, 60), "white"))
    line = Lettering("serif", 32)

    end = line.draw(draw, (10, 40), text, "black")

    assert end == pytest.approx(10 + line.width(text))


def test_chinese_and_figures_stand_an_eighth_apart_without_a_typed_space():
    line = Lettering("sans", 80)

    assert line.width("满20件") == pytest.approx(
        line.width("满") + line.width("20") + line.width("件") + 20
    )


def test_latin_letters_are_kerned():
    line = Lettering("serif", 80)

    assert line.width("AV") < line.width("A") + line.width("V") - 3


def test_quotes_are_full_width_among_chinese_only():
    line = Lettering("sans", 80)

    assert line.width("“鱼”") - line.width("鱼") > 150
    assert line.width("“fish”") - line.width("fish") < 90


def test_one_face_can_be_had_for_pillow():
    assert font("sans", 40).getlength("鱼") == 40

"""What fits: the rule as a list uses it and as a card says it are one."""

from __future__ import annotations

import pytest

from app.catalog.fitting import BODY_OF, EASE, Body, bodies, fits, wanted


@pytest.mark.parametrize(
    ("garment", "measurements", "body", "is_fit"),
    [
        ("top", {"chest": 1040}, Body(chest=960), True),
        ("top", {"chest": 1040}, Body(chest=1021), False),
        ("top", {"chest": 1040}, Body(waist=740), False),
        ("dress", {"chest": 960, "waist": 740, "hip": 1000}, Body(chest=900, waist=700), True),
        ("dress", {"chest": 960, "waist": 690}, Body(chest=900, waist=700), False),
        ("dress", {"chest": 960}, Body(chest=900, waist=700), True),
        ("trousers", {"waist": 730, "hip": 980}, Body(waist=740, hip=920), True),
        ("shoes", {"insole": 262}, Body(foot=250), True),
        ("shoes", {"insole": 249}, Body(foot=250), False),
        ("bag", {"length": 300}, Body(chest=900), False),
        ("top", {}, Body(chest=900), False),
    ],
)
def test_a_piece_fits_where_both_were_measured(garment, measurements, body, is_fit):
    assert fits(body, bodies(garment, measurements)) == is_fit


def test_a_list_and_a_card_say_the_same_at_every_edge():
    for garment, parts in EASE.items():
        for part in parts:
            for size in range(880, 1121):
                piece = {part: 1000}
                body = Body(**{BODY_OF[part]: size})
                least, most = wanted(body)[garment][part]

                assert fits(body, bodies(garment, piece)) == (least <= 1000 <= most)


@pytest.mark.parametrize("text", ["", "chest", "chest-9", "chest-96000", "arm-300", "a-1.b-2", "…"])
def test_what_no_body_is_made_of_is_left_out(text):
    assert not Body.parse(text).is_known


def test_a_body_is_read_as_it_was_kept():
    body = Body(chest=960, foot=253)

    assert Body.parse(str(body)) == body == Body.parse(f"{body}.chest-1.x-200")

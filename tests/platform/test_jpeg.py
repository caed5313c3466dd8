"""Pictures that are kept byte for byte have nothing in them but the picture."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from app.platform.errors import Invalid
from app.platform.images import from_image, read_original
from app.platform.jpeg import is_bare


def picture(**options):
    buffer = BytesIO()
    Image.effect_noise((90, 60), 80).convert("RGB").save(buffer, "JPEG", **options)
    return buffer.getvalue()


def with_gps():
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0)}
    return picture(exif=exif.tobytes())


KEPT = from_image(Image.effect_noise((90, 60), 80)).jpeg
SAYING_MORE = {
    "where it was taken": with_gps(),
    "a comment": picture(comment=b"for my eyes only"),
    "a profile": picture(icc_profile=b"profile" * 40),
    "something after it": KEPT + b"PK\x03\x04 a file of its own",
    "two pictures": KEPT + KEPT,
    "half of it": KEPT[: len(KEPT) // 2],
    "a thumbnail's length": KEPT.replace(b"\xff\xe0\x00\x10", b"\xff\xe0\x00\x20", 1),
}


@pytest.mark.parametrize("content", [KEPT, picture(), picture(progressive=True, quality=95)])
def test_a_bare_picture_is_kept_byte_for_byte(content):
    assert is_bare(content)
    assert read_original(content).jpeg == content


@pytest.mark.parametrize("kind", SAYING_MORE)
def test_whatever_else_a_file_says_is_not_kept(kind):
    content = SAYING_MORE[kind]

    assert not is_bare(content)
    try:
        kept = read_original(content).jpeg
    except Invalid:
        return
    assert kept != content
    assert is_bare(kept)


def test_what_is_larger_than_pictures_are_kept_is_made_smaller():
    buffer = BytesIO()
    Image.new("RGB", (4000, 40)).save(buffer, "JPEG")

    assert read_original(buffer.getvalue()).image.width == 3200


@given(content=st.binary(max_size=200), cut=st.integers(0, len(KEPT)))
def test_any_bytes_are_looked_through_to_their_end(content, cut):
    assert not is_bare(content)
    assert not is_bare(KEPT[:cut] + content) or content == KEPT[cut:]

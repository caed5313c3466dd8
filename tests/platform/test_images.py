"""Pictures from strangers: upright, bare of everything else, or refused with a reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ExifTags, Image
from PIL.PngImagePlugin import PngInfo

from app.platform.decoding import FORMATS, LONGEST_SIDE
from app.platform.errors import Invalid
from app.platform.images import (
    MOST_BYTES,
    Upright,
    from_image,
    read_upload,
    write_once,
)

RED, GREEN = (200, 30, 30), (30, 160, 30)
BEFORE = {
    1: (),
    2: (Image.Transpose.FLIP_LEFT_RIGHT,),
    3: (Image.Transpose.ROTATE_180,),
    4: (Image.Transpose.FLIP_TOP_BOTTOM,),
    5: (Image.Transpose.TRANSPOSE,),
    6: (Image.Transpose.ROTATE_90,),
    7: (Image.Transpose.TRANSVERSE,),
    8: (Image.Transpose.ROTATE_270,),
}
"""How a camera stores an upright picture under each orientation of EXIF, its tag 0x0112."""


def flag() -> Image.Image:
    """A green picture, 60 by 40, whose upper left quarter is red."""
    image = Image.new("RGB", (60, 40), GREEN)
    image.paste(RED, (0, 0, 30, 20))
    return image


def written(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def uploaded(content: bytes) -> Upright:
    return read_upload(BytesIO(content))


def refusal(content: bytes) -> str:
    """The sentence with which an upload is refused."""
    with pytest.raises(Invalid) as refused:
        uploaded(content)
    assert set(refused.value.errors) == {"picture"}
    return refused.value.errors["picture"]


def is_near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 40 for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("orientation", list(BEFORE))
def test_a_picture_is_turned_upright_as_its_camera_says(orientation):
    stored = flag()
    for step in BEFORE[orientation]:
        stored = stored.transpose(step)
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation

    image = uploaded(written(stored, exif=exif, quality=95)).image

    assert image.size == (60, 40)
    corners = [image.getpixel(place) for place in ((5, 5), (55, 5), (5, 35), (55, 35))]
    assert [is_near(pixel, RED) for pixel in corners] == [True, False, False, False]


def test_place_owner_and_comment_are_gone():
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "SECRET garden"
    exif[ExifTags.Base.Artist] = "SECRET Ada"
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (30.0, 15.0, 36.0),
            ExifTags.GPS.GPSAreaInformation: "SECRET place",
        }
    )
    content = written(flag(), exif=exif, comment=b"SECRET comment", xmp=b"<x>SECRET</x>")

    kept = uploaded(content).jpeg

    with Image.open(BytesIO(kept)) as opened:
        assert not opened.getexif()
        assert {"exif", "comment", "xmp", "icc_profile"}.isdisjoint(opened.info)
    assert b"SECRET" in content
    assert b"SECRET" not in kept


def test_words_in_a_png_are_gone():
    words = PngInfo()
    words.add_itxt("Comment", "SECRET words")

    kept = uploaded(written(flag(), "PNG", pnginfo=words)).jpeg

    assert b"SECRET" not in kept


def test_what_hangs_behind_the_picture_is_gone():
    kept = uploaded(written(flag()) + b"<script>SECRET</script>").jpeg

    assert b"SECRET" not in kept


@pytest.mark.parametrize("kind", FORMATS)
def test_every_usual_kind_is_read_and_kept_as_jpeg(kind):
    upright = uploaded(written(flag(), kind))

    with Image.open(BytesIO(upright.jpeg)) as opened:
        assert (opened.format, opened.mode, opened.size) == ("JPEG", "RGB", (60, 40))
    assert is_near(upright.image.getpixel((5, 5)), RED)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "RGBA", "LA"])
def test_every_way_to_write_colours_is_read(mode):
    kind = "JPEG" if mode == "CMYK" else "PNG"

    assert uploaded(written(flag().convert(mode), kind)).image.mode == "RGB"


def test_of_a_moving_picture_the_first_is_kept():
    moving = written(flag(), "GIF", save_all=True, append_images=[Image.new("RGB", (60, 40))])

    assert is_near(uploaded(moving).image.getpixel((5, 5)), RED)


def test_what_is_transparent_becomes_white():
    glass = written(Image.new("RGBA", (60, 40), (0, 0, 0, 0)), "PNG")

    assert uploaded(glass).image.getpixel((5, 5)) == (255, 255, 255)


def test_a_large_picture_is_made_smaller_in_proportion():
    upright = uploaded(written(Image.new("RGB", (6400, 1600))))

    assert upright.image.size == (LONGEST_SIDE, LONGEST_SIDE // 4)


def test_fifty_megapixels_are_taken():
    content = written(Image.new("1", (10_000, 5_000)), "PNG")

    assert uploaded(content).image.size == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize("size", [(10_000, 5_001), (12_000, 12_000), (30_000, 30_000)])
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_more_than_fifty_megapixels_are_refused_before_they_are_unpacked(size, monkeypatch):
    small = written(Image.new("1", (8, 8)), "PNG")
    announced = b"".join(side.to_bytes(4) for side in size)
    head = small.index(b"IHDR")
    content = bytearray(small)
    content[head + 4 : head + 12] = announced
    content[head + 17 : head + 21] = _checksum(bytes(content[head : head + 17]))
    monkeypatch.setattr(Image.Image, "load", lambda _image: pytest.fail("unpacked"))

    assert "50 megapixels" in refusal(bytes(content))


def _checksum(chunk: bytes) -> bytes:
    from zlib import crc32

    return crc32(chunk).to_bytes(4)


def test_of_a_file_that_is_too_large_no_more_is_read():
    class Endless:
        asked = 0

        def read(self, size: int) -> bytes:
            self.asked += size
            return bytes(size)

    file = Endless()

    with pytest.raises(Invalid) as refused:
        read_upload(file)  # type: ignore[arg-type]

    assert "30 MB" in refused.value.errors["picture"]
    assert file.asked <= MOST_BYTES + 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<!doctype html><script>alert(1)</script>",
        b"%PDF-1.7\n",
        b"\xff\xd8\xff\xe0" + b"not a picture" * 20,
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
    ],
    ids=["empty", "zeros", "svg", "html", "pdf", "only-a-head", "postscript"],
)
def test_what_is_no_picture_is_refused(content):
    assert "cannot be read" in refusal(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "BMP", "TIFF"])
def test_half_a_picture_is_refused(kind):
    content = written(Image.effect_noise((200, 200), 90).convert("RGB"), kind)

    assert "cannot be read" in refusal(content[: len(content) // 2])


SAMPLES = {kind: written(flag(), kind) for kind in FORMATS}


@given(
    kind=st.sampled_from(FORMATS),
    places=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), max_size=8),
    end=st.integers(0, 4000),
)
@pytest.mark.filterwarnings("ignore")
def test_a_damaged_file_is_read_or_refused_and_never_a_fault_of_ours(kind, places, end):
    content = bytearray(SAMPLES[kind])
    for place, value in places:
        content[place % len(content)] = value

    with suppress(Invalid):
        assert uploaded(bytes(content[: max(end, 1)])).image.mode == "RGB"


def test_the_same_picture_has_the_same_name():
    assert uploaded(written(flag())).sha256 == uploaded(written(flag())).sha256


def test_a_picture_knows_its_mean_colour():
    assert from_image(Image.new("RGB", (30, 30), (16, 32, 255))).dominant == "#1020ff"


def test_a_file_is_written_whole_once(tmp_path: Path):
    path = tmp_path / "ab" / "picture.jpg"

    write_once(path, b"first")
    write_once(path, b"second")

    assert path.read_bytes() == b"first"
    assert list(path.parent.iterdir()) == [path]


def test_writers_at_once_leave_one_whole_file(tmp_path: Path):
    path = tmp_path / "picture.jpg"
    content = b"x" * 1_000_000

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _turn: write_once(path, content), range(32)))

    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]

"""Photographs from outside: upright, without traces, once, and refused with a reason."""

from __future__ import annotations

from io import BytesIO

import pillow_heif
import pytest
from PIL import Image, ImageDraw
from PIL.ExifTags import GPS, IFD, Base
from sqlalchemy import func, select

from app.catalog.commands import media
from app.catalog.models import Media, MediaState
from app.platform.configuration import settings
from app.platform.db import db
from app.platform.errors import Invalid
from app.platform.images import MOST_BYTES, read_upload

RED, BLUE = (200, 30, 30), (30, 30, 200)


def phone_photograph(orientation: int, size: tuple[int, int] = (800, 600)) -> bytes:
    """A red upper half over a blue lower one, as a phone stores it: turned, with place and time."""
    upright = Image.new("RGB", size, BLUE)
    ImageDraw.Draw(upright).rectangle((0, 0, size[0], size[1] // 2), fill=RED)
    turned = {
        1: None,
        3: Image.Transpose.ROTATE_180,
        6: Image.Transpose.ROTATE_90,
        8: Image.Transpose.ROTATE_270,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
    }[orientation]
    stored = upright.transpose(turned) if turned is not None else upright
    exif = Image.Exif()
    exif[Base.Orientation] = orientation
    exif[Base.Make] = "Testphone"
    exif[Base.DateTime] = "2026:11:20 10:00:00"
    exif.get_ifd(IFD.GPSInfo).update(
        {
            GPS.GPSLatitudeRef: "N",
            GPS.GPSLatitude: (30.0, 15.0, 36.0),
            GPS.GPSLongitudeRef: "E",
            GPS.GPSLongitude: (120.0, 9.0, 0.0),
        }
    )
    buffer = BytesIO()
    stored.save(buffer, "JPEG", exif=exif, comment=b"shot at home")
    return buffer.getvalue()


def near(pixel, colour) -> bool:
    return all(abs(a - b) < 25 for a, b in zip(pixel, colour, strict=True))


def kept(content: bytes, now) -> Media:
    id_ = media.keep(read_upload(BytesIO(content)), now=now)
    return db.session.get_one(Media, id_, populate_existing=True)


def original(row: Media) -> Image.Image:
    return Image.open(settings().media_dir / row.sources["original"])


@pytest.mark.parametrize("orientation", [1, 2, 3, 6, 8])
def test_a_phones_photograph_stands_upright(app, clock, orientation):
    row = kept(phone_photograph(orientation), clock.now)

    picture = original(row).convert("RGB")
    assert picture.size == (row.width, row.height) == (800, 600)
    assert near(picture.getpixel((400, 60)), RED)
    assert near(picture.getpixel((400, 540)), BLUE)


def test_where_and_when_it_was_taken_is_gone(app, clock):
    content = phone_photograph(6)
    assert Image.open(BytesIO(content)).getexif().get_ifd(IFD.GPSInfo)

    row = kept(content, clock.now)
    media.derive(row.id)

    db.session.refresh(row)
    assert row.state == MediaState.READY
    paths = [row.sources["original"], *(file["path"] for file in row.sources["files"])]
    for path in paths:
        stored = (settings().media_dir / path).read_bytes()
        assert not dict(Image.open(BytesIO(stored)).getexif())
        for trace in (b"Testphone", b"2026:11:20", b"shot at home", b"Exif"):
            assert trace not in stored, path


def test_the_same_bytes_are_kept_once(app, clock):
    first = kept(phone_photograph(6), clock.now)

    again = kept(phone_photograph(6), clock.now)

    assert first.id == again.id
    assert db.session.scalar(select(func.count()).select_from(Media)) == 1


def test_smaller_files_are_listed_once_they_exist(app, clock):
    row = kept(phone_photograph(1, (2000, 1500)), clock.now)
    assert row.sources["files"] == []

    media.derive(row.id)
    media.derive(row.id)

    db.session.refresh(row)
    sizes = {(file["format"], file["width"]) for file in row.sources["files"]}
    assert sizes == {(kind, w) for kind in ("avif", "jpeg") for w in (360, 720, 1080, 1600)}
    assert all((settings().media_dir / file["path"]).exists() for file in row.sources["files"])


def test_a_lost_original_is_a_failed_picture_not_a_broken_worker(app, clock):
    row = kept(phone_photograph(1), clock.now)
    (settings().media_dir / row.sources["original"]).unlink()

    media.derive(row.id)

    db.session.refresh(row)
    assert (row.state, row.reason) == (MediaState.FAILED, "FileNotFoundError")


def test_a_cut_out_lies_on_white_paper(app, clock):
    cut_out = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(cut_out).rectangle((50, 50, 150, 150), fill=(*RED, 255))
    buffer = BytesIO()
    cut_out.save(buffer, "PNG")

    picture = original(kept(buffer.getvalue(), clock.now)).convert("RGB")

    assert near(picture.getpixel((5, 5)), (255, 255, 255))
    assert near(picture.getpixel((100, 100)), RED)


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "AVIF", "GIF", "BMP", "TIFF"])
def test_every_usual_format_is_read(app, clock, kind):
    buffer = BytesIO()
    Image.new("RGB", (120, 150), RED).save(buffer, kind)

    row = kept(buffer.getvalue(), clock.now)

    assert (row.mime, row.width, row.height) == ("image/jpeg", 120, 150)


def heic(picture: Image.Image, exif: Image.Exif | None = None) -> bytes:
    buffer = BytesIO()
    told = {"exif": exif.tobytes()} if exif else {}
    picture.info.clear()
    pillow_heif.from_pillow(picture).save(buffer, quality=60, **told)
    return buffer.getvalue()


def test_an_iphones_heic_stands_upright_without_place_and_time(app, clock):
    stored = Image.open(BytesIO(phone_photograph(6)))
    content = heic(stored.convert("RGB"), stored.getexif())
    assert b"Testphone" in content

    row = kept(content, clock.now)

    picture = original(row).convert("RGB")
    assert (row.mime, picture.size) == ("image/jpeg", (800, 600))
    assert near(picture.getpixel((400, 60)), RED)
    assert near(picture.getpixel((400, 540)), BLUE)
    assert near(tuple(bytes.fromhex(row.dominant[1:])), (115, 30, 115))
    kept_bytes = (settings().media_dir / row.sources["original"]).read_bytes()
    assert b"Testphone" not in kept_bytes
    assert b"Exif" not in kept_bytes


def test_a_large_photograph_is_made_smaller(app, clock):
    row = kept(phone_photograph(1, (4000, 3000)), clock.now)

    assert (row.width, row.height) == (3200, 2400)


def pixels(width: int, height: int) -> bytes:
    buffer = BytesIO()
    Image.new("1", (width, height)).save(buffer, "PNG")
    return buffer.getvalue()


def test_of_a_picture_that_is_gone_nothing_is_made(app):
    media.derive(404)

    assert db.session.scalar(select(func.count()).select_from(Media)) == 0


REFUSED = {
    "a bomb of 81 megapixels in a few kilobytes": (pixels(9000, 9000), "50 megapixels"),
    "just over fifty megapixels": (pixels(10_000, 5_001), "50 megapixels"),
    "nothing": (b"", "cannot be read"),
    "a HEIC of which half arrived": (heic(Image.new("RGB", (640, 480)))[:400], "cannot be read"),
    "a HEIC that is none": (
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" * 9,
        "cannot be read",
    ),
    "a large photograph that ends": (pixels(6000, 4000)[:-900], "cannot be read"),
    "a page": (b"<html></html>", "cannot be read"),
    "a drawing with a script": (
        b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>',
        "cannot be read",
    ),
    "half a photograph": (phone_photograph(1)[:2000], "cannot be read"),
    "a program called a photograph": (b"MZ" + b"\x00" * 5000, "cannot be read"),
    "more than thirty megabytes": (b"\xff\xd8\xff" + b"\x00" * MOST_BYTES, "larger than 30 MB"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_taken_is_refused_in_words(app, name):
    content, sentence = REFUSED[name]

    with pytest.raises(Invalid) as refused:
        read_upload(BytesIO(content))

    assert sentence in refused.value.errors["picture"]


def test_fifty_megapixels_are_taken(app):
    assert read_upload(BytesIO(pixels(10_000, 5_000))).image.size == (3200, 1600)

"""Out of what was written about a piece, the few words that lists can be narrowed by."""

from __future__ import annotations

import pytest

from app.catalog.decades import decade_of
from app.catalog.materials import materials_in
from app.catalog.sizing import BANDS, band_for, size_of


@pytest.mark.parametrize(
    ("era", "year", "decade"),
    [
        ("1970s", None, "1970s"),
        ("early 1970s", None, "1970s"),
        ("1970年代末", None, "1970s"),
        ("made in 1974", None, "1970s"),
        ("seventies", 1974, "1970s"),
        ("2000s", None, "2000s"),
        ("Edwardian", None, "Edwardian"),
        ("", None, ""),
    ],
)
def test_every_spelling_of_an_era_is_one_decade(era, year, decade):
    assert decade_of(era, year) == decade


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["Cotton canvas, saddle leather"], ("cotton", "canvas", "leather")),
        (["纯棉帆布，马鞍皮"], ("cotton", "canvas", "leather")),
        (["Goat suede, viscose lining", "山羊麂皮，粘胶里衬"], ("suede", "viscose")),
        (["棉丝绒"], ("cotton", "velvet")),
        (["人造丝绉"], ("viscose",)),
        (["Linenfold"], ()),
        ([], ()),
    ],
)
def test_materials_are_read_in_both_languages_and_never_by_halves(texts, found):
    assert materials_in(texts) == found


def test_a_piece_is_in_the_band_of_what_matters_of_it():
    assert size_of("top", {"chest": 960, "waist": 700}) == "chest-96-104"
    assert size_of("top", {"chest": 959}) == "chest-88-96"
    assert size_of("skirt", {"waist": 600}) == "waist--66"
    assert size_of("shoes", {"insole": 270}) == "insole-27-"
    assert (
        size_of("bag", {"length": 400}) == size_of("top", {}) == size_of("top", {"chest": 0}) == ""
    )


def test_bands_of_a_part_lie_side_by_side():
    for part in ("chest", "waist", "insole"):
        found = [band_for(part, millimetres) for millimetres in range(1, 2000, 7)]

        assert None not in found
        assert list(dict.fromkeys(found)) == [band for band in BANDS.values() if band.part == part]

"""Shopify's product export as shops have it: the sample is read whole."""

from __future__ import annotations

import csv
import io

import pytest

from app.catalog.importing.columns import NAMES
from app.catalog.importing.records import (
    ImportedStatus,
)
from app.platform.money import Money
from tests.catalog.shopify import DATA, SAMPLE, read, read_sample


@pytest.fixture(scope="module")
def sample():
    return read_sample()


def test_the_sample_is_as_awkward_as_shops_are():
    raw = SAMPLE.read_bytes()

    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\n") > len(list(csv.reader(io.StringIO(raw.decode("utf-8-sig")))))


def test_every_product_of_the_sample_is_read_once(sample):
    assert list(sample) == [
        "levis-type-iii-1974",
        "worker-trousers",
        "fu-gu-xiu-hua-shan",
        "brogue-1960",
        "sold-raincoat",
        "mending-service",
        "gift-card",
        "shetland-crew",
        "silk-scarf",
    ]
    assert sum(len(product.variants) for product in sample.values()) == 18


def test_a_single_piece_keeps_its_facts(sample):
    piece = sample["levis-type-iii-1974"]
    (variant,) = piece.variants

    assert piece.title == 'Levi\'s "Type III" trucker jacket, 1974'
    assert piece.tags == ("1970s", "denim", "made in USA", "selvedge")
    assert (piece.options, variant.options) == ((), ())
    assert variant.price == Money(128000, "CNY")
    assert variant.compare_at == Money(148000, "CNY")
    assert variant.cost == Money(42000, "CNY")
    assert variant.barcode == "0194856001234"
    assert (variant.weight_grams, variant.quantity) == (950, 1)


def test_rows_with_only_a_picture_add_pictures(sample):
    pictures = sample["levis-type-iii-1974"].images

    assert [picture.position for picture in pictures] == [1, 2, 3]
    assert pictures[2].alt == 'Fault: frayed cuff, 2 cm, "left"'
    assert not any(picture.source.is_local for picture in pictures)


def test_three_options_make_their_combinations(sample):
    trousers = sample["worker-trousers"]

    assert trousers.options == ("Size", "Colour", "Length")
    assert [variant.options for variant in trousers.variants][3] == (
        "M",
        "Ecru, undyed",
        "Regular",
    )
    assert [variant.sku_is_derived for variant in trousers.variants] == [
        *(False, True, False),
        *(True, False, True),
    ]
    assert len({variant.sku for variant in trousers.variants}) == 6


def test_local_pictures_lie_beside_the_file(sample):
    pictures = sample["worker-trousers"].images

    assert [picture.source.text for picture in pictures] == [
        "images/worker-indigo.jpg",
        "images/worker-ecru.jpg",
    ]
    assert all(picture.source.is_local for picture in pictures)
    assert all((DATA / picture.source.text).is_file() for picture in pictures)


def test_rows_of_a_handle_need_not_stand_together(sample):
    crew = sample["shetland-crew"]

    assert crew.row == 11
    assert [variant.options for variant in crew.variants] == [("M",), ("L",), ("XL",)]
    assert [variant.row for variant in crew.variants] == [11, 18, 19]
    assert len(crew.images) == 2


def test_status_and_publication_are_kept_apart(sample):
    assert sample["brogue-1960"].status is ImportedStatus.DRAFT
    assert sample["sold-raincoat"].status is ImportedStatus.ARCHIVED
    assert sample["silk-scarf"].status is ImportedStatus.ACTIVE
    assert not sample["sold-raincoat"].is_published


def test_stock_that_is_not_counted_is_not_nought(sample):
    (hour,) = sample["mending-service"].variants
    (coat,) = sample["sold-raincoat"].variants

    assert (hour.quantity, hour.may_oversell, hour.needs_shipping) == (None, True, False)
    assert coat.quantity == 0
    assert sample["gift-card"].is_gift_card


def test_a_picture_only_a_variant_names_is_kept(sample):
    scarf = sample["silk-scarf"]

    assert [picture.source for picture in scarf.images] == [
        variant.image for variant in scarf.variants
    ]


def test_reading_twice_gives_the_same(sample):
    with SAMPLE.open("rb") as stream:
        again, _errors = read(stream)

    assert again == list(sample.values())


def test_windows_line_ends_and_no_bom_make_no_difference(sample):
    text = SAMPLE.read_bytes().decode("utf-8-sig")
    rewritten = io.StringIO(newline="")
    csv.writer(rewritten, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(
        csv.reader(io.StringIO(text, newline=""))
    )

    products, errors = read(io.BytesIO(rewritten.getvalue().encode()))

    assert errors == []
    assert products == list(sample.values())


def test_the_newer_template_is_read_under_its_names(sample):
    newer = {column.value: name for name, column in NAMES.items() if name != column.value.lower()}
    text = SAMPLE.read_bytes().decode("utf-8-sig")
    records = list(csv.reader(io.StringIO(text, newline="")))
    records[0] = [newer.get(name, name).capitalize() for name in records[0]]
    out = io.StringIO(newline="")
    csv.writer(out).writerows(records)

    products, errors = read(io.BytesIO(out.getvalue().encode()))

    assert errors == []
    assert [product.handle for product in products] == list(sample)
    assert products == list(sample.values())
